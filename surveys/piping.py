"""Earlier answers in the words of later questions: `{answer:name}`, or `{answer:name|you}`.

The second form says what stands there while the question is not answered. Words are put in once:
an answer that looks like such a placeholder is shown as it was given.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from operator import attrgetter
from typing import TypeVar

from surveys.answers import Answer
from surveys.catalogue import say
from surveys.dates import date_in_words
from surveys.engine import Answers, Survey, on_path_only
from surveys.placeholders import NOTHING, PLACEHOLDER
from surveys.questions import (
    AnyQuestion,
    Choice,
    Date,
    Faces,
    Number,
    OneOf,
    Question,
    Scale,
    Several,
    ShortText,
    Time,
)
from surveys.times import time_in_words

LEFT_OVER = re.compile(r"\{ ?/?answers?\b[^}]{0,60}\}?", re.IGNORECASE)
FIELDS = ("text", "intro", "hint")  # of a question, and of its wording in a variant
_texts_of = attrgetter(*FIELDS)
Asked = TypeVar("Asked", bound=Question)
MOST_CHARS = 80  # of a short text; a longer one is no part of another sentence
_Short = Choice | Several | Scale | Faces | ShortText | Number | Date | Time


def filled(question: Asked, survey: Survey, answers: Answers) -> Asked:
    """Return the question as somebody with these answers is asked it."""
    if not codes_in(question):
        return question
    heard = on_path_only(survey, answers)

    def said(code: str) -> str:
        asked, answer = survey.question(code), heard.get(code)
        return short_words(asked, answer, survey.language) if asked and answer else ""

    return _with_words(question, said)


def unfilled(question: Asked) -> Asked:
    """Return the question as it is asked of nobody yet: on paper, and over everybody's answers."""
    return _with_words(question, lambda code: "")


def short_words(question: AnyQuestion, answer: Answer, language: str = "en") -> str:
    """Return an answer that fits into a sentence; empty if it was skipped or is too long."""
    if answer.is_skipped or not isinstance(question, _Short):
        return ""
    match question:
        case OneOf():
            chosen = [each for each in question.options if each.code in answer.values]
            labels = [each.label for each in chosen if not each.specify]
            return f" {say(language, 'and')} ".join(
                filter(None, (", ".join(labels[:-1]), *labels[-1:]))
            )
        case Date():
            return date_in_words(answer.text, language)
        case Time():
            return time_in_words(answer.text, language)
        case _:
            words = " ".join(answer.text.split())
            return words if len(words) <= MOST_CHARS else ""


def codes_in(question: Question) -> frozenset[str]:
    """Return the codes of the questions whose answers stand in this one's words."""
    return _codes_in(_texts_of(question))


@lru_cache(maxsize=4_096)
def _codes_in(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(found[1] for text in texts for found in PLACEHOLDER.finditer(text))


def piping_faults(survey: Survey) -> Iterator[tuple[int, str]]:
    """Give (place of the question, what to mend) for each answer that cannot be put there."""
    before: dict[str, AnyQuestion] = {}
    for place, question in enumerate(survey.questions):
        for code in sorted(_codes_in_every_wording(survey, question)):
            if survey.question(code) is None:
                yield place, f"{{answer:{code}}} is no question here; check its spelling"
            elif code not in before:
                yield place, f"{{answer:{code}}} is not asked before it; move {code} up"
            elif not isinstance(before[code], _Short) or before[code].equality:
                yield place, f"{{answer:{code}}} has no short answer that may be shown; take it out"
        before[question.code] = question


def _codes_in_every_wording(survey: Survey, question: AnyQuestion) -> set[str]:
    reworded = [variant.questions.get(question.code) for variant in survey.variants]
    reworded_too = (*reworded, question.on_screen)
    texts = (getattr(words, name) or "" for words in reworded_too if words for name in FIELDS)
    codes = {found[1] for text in texts for found in PLACEHOLDER.finditer(text)}
    return codes | codes_in(question)


def _with_words(question: Asked, said: Callable[[str], str]) -> Asked:
    def put(found: re.Match[str]) -> str:
        return said(found[1]) or found[2] or NOTHING

    texts = {name: getattr(question, name) for name in FIELDS}
    changed = {name: PLACEHOLDER.sub(put, text) for name, text in texts.items()}
    return question.model_copy(update=changed) if changed != texts else question
