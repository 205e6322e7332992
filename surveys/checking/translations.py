"""Texts that are not translated, and translations that lost a part on the way."""

import re
from collections.abc import Iterator

from surveys.checking.findings import Finding, must, should
from surveys.engine import Survey
from surveys.places import texts_of, untranslated
from surveys.questions import FreeText, ShortText
from surveys.translations import ENGLISH_NAMES

_PLACEHOLDER = re.compile(r"\{([a-z0-9_.:]+)(?:\|[^{}]*)?\}")
_MOST_CHARS_SHOWN = 50
SCREENED = frozenset(("cy", "pl", "ur"))  # beside English


def check_translations(survey: Survey) -> Iterator[Finding]:
    """Find each text that a language lacks, and placeholders that a translation lost."""
    texts = texts_of(survey)
    for translation in survey.translations:
        language = ENGLISH_NAMES.get(translation.language, translation.language)
        for place, text in untranslated(survey, translation.language).items():
            yield must(
                question_in(place),
                f"“{_shown(text)}” is not translated into {language}; add a text for `{place}`",
            )
        for place, said in translation.texts.items():
            if set(_PLACEHOLDER.findall(texts.get(place, ""))) != set(_PLACEHOLDER.findall(said)):
                yield must(
                    question_in(place),
                    f"the {language} text for `{place}` must have the same words in curly "
                    "brackets as the text that it translates",
                )


def check_screening(survey: Survey) -> Iterator[Finding]:
    """Say how far words in another language are checked for danger: not, or unreviewed."""
    if not any(isinstance(each, FreeText | ShortText) for each in survey.questions):
        return
    foreign = [code for code in survey.languages if code != "en"]
    unchecked = [code for code in foreign if code not in SCREENED]
    checked = [code for code in foreign if code in SCREENED]
    if unchecked:
        yield should(
            "",
            f"what people write in {_named(unchecked)} is not checked for danger; let somebody "
            "who reads it read every such answer each day, or leave it out",
        )
    if checked:
        yield should(
            "",
            f"what people write in {_named(checked)} is checked for danger, but no native speaker "
            "has reviewed the words that the check knows, and it misses more than in English; let "
            "somebody who reads it read every such answer each day",
        )


def _named(codes: list[str]) -> str:
    *others, last = [ENGLISH_NAMES.get(code, code) for code in codes]
    return f"{', '.join(others)} or {last}" if others else last


def question_in(place: str) -> str:
    """Return the code of the question that a place belongs to; empty if it belongs to none."""
    parts = place.split(".")
    return parts[parts.index("questions") + 1] if "questions" in parts[:-1] else ""


def _shown(text: str) -> str:
    return text if len(text) <= _MOST_CHARS_SHOWN else f"{text[:_MOST_CHARS_SHOWN]}…"
