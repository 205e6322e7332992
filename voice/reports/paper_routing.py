"""The way through a survey in words, for a form on which nothing hides by itself."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from surveys.answers import Answer
from surveys.catalogue import in_language
from surveys.condition_words import Telling, condition_in_words
from surveys.conditions import (
    AllOf,
    AnyOf,
    Condition,
    NotThis,
    OnSetting,
    is_met,
    mentioned,
)
from surveys.engine import Survey
from surveys.numbering import numbers_on_paper
from surveys.questions import AnyQuestion, OneOf, Several

FINISHED = "you have finished"
_ENGLISH = re.compile(r"\byou (?:answer(?:ed)?|did|chose|were)\b|\bit is not so\b")
_LEFT_EMPTY = ""  # stands for no option in the place of an option's code


def _label(survey: Survey, code: str, value: str) -> str:
    question = survey.question(code)
    option = question.option(value) if isinstance(question, OneOf) else None
    return f"‘{option.label if option else value}’"


def only_if(survey: Survey, place: int) -> str:
    """Return for whom the questions from `place` on are; empty where nothing changes there."""
    question = survey.questions[place]
    before = survey.questions[place - 1].ask_if if place else None
    if question.ask_if is None or question.ask_if == before:
        return ""
    on_paper = numbers_on_paper(survey)
    numbers = [on_paper[each.code] for each in _block(survey, place) if each.takes_answer]
    if not numbers:
        return ""
    which = "question {number}" if len(numbers) == 1 else "questions {first} to {last}"
    which = which.format(number=numbers[0], first=numbers[0], last=numbers[-1])
    told = Telling("you", _by_number(survey), survey.language)
    words = condition_in_words(question.ask_if, survey, told)
    language = "en" if _ENGLISH.search(words) else survey.language
    if language == "en":  # a condition that we cannot say in theirs is said in one language
        words = condition_in_words(question.ask_if, survey, Telling("you", _by_number(survey)))
    return in_language(f"Answer {which} only if {words}.", language)


def _by_number(survey: Survey) -> Callable[[str], str]:
    numbers = numbers_on_paper(survey)
    return lambda code: f"question {numbers[code]}"


def _block(survey: Survey, place: int) -> Iterator[AnyQuestion]:
    for question in survey.questions[place:]:
        if question.ask_if != survey.questions[place].ask_if:
            return
        yield question


def go_to(survey: Survey, place: int) -> tuple[str, ...]:
    """Return where to go on after the question at `place`; nothing where everybody just goes on.

    Said only where one question with one answer decides; `only_if` speaks everywhere.
    """
    after = tuple(each for each in survey.questions[place + 1 :] if each.takes_answer)
    here = survey.questions[place].ask_if
    next_one = after[0].ask_if if after else None
    decided_by = {code for each in (here, next_one) for code, _ in mentioned(each)}
    deciding = survey.question(next(iter(decided_by))) if len(decided_by) == 1 else None
    if here == next_one or not isinstance(deciding, OneOf) or isinstance(deciding, Several):
        return ()
    targets = _targets(deciding, here, after)
    if set(targets.values()) <= {after[0].code if after else None}:
        return ()
    return tuple(_in_words(survey, place, deciding, targets=targets))


def _targets(
    deciding: OneOf, here: Condition | None, after: Sequence[AnyQuestion]
) -> dict[str, str | None]:
    """Return the next question (None: the end) by each answer that can stand here."""
    answers = [option.code for option in deciding.options]
    answers += [] if deciding.required else [_LEFT_EMPTY]
    return {
        answer: next(
            (
                each.code
                for each in after
                if _verdict(each.ask_if, deciding.code, answer) is not False
            ),
            None,
        )
        for answer in answers
        if _verdict(here, deciding.code, answer) is not False
    }


def _in_words(
    survey: Survey, place: int, deciding: OneOf, *, targets: Mapping[str, str | None]
) -> Iterator[str]:
    numbers = numbers_on_paper(survey)
    is_here = survey.questions[place].code == deciding.code
    for target in dict.fromkeys(targets.values()):
        chosen = [answer for answer, at in targets.items() if at == target]
        language = survey.language
        between = f" {in_language('or', language)} "
        said = between.join(_label(survey, deciding.code, one) for one in chosen if one)
        which = "" if is_here else f" to question {numbers[deciding.code]}"
        ways = [f"answered {said}{which}"] if said else []
        ways += ["left it empty"] if _LEFT_EMPTY in chosen else []
        where = FINISHED if target is None else f"go to question {numbers[target]}"
        yield in_language(f"If you {' or '.join(ways)}, {where}.", language)


def _verdict(condition: Condition | None, code: str, answer: str) -> bool | None:
    """Return whether a condition holds when `code` has this answer; None: others decide too."""
    match condition:
        case None:
            return True
        case OnSetting():
            return None
        case AllOf(all=conditions):
            verdicts = [_verdict(each, code, answer) for each in conditions]
            return False if False in verdicts else None if None in verdicts else True
        case AnyOf(any=conditions):
            verdicts = [_verdict(each, code, answer) for each in conditions]
            return True if True in verdicts else None if None in verdicts else False
        case NotThis(not_=inner):
            verdict = _verdict(inner, code, answer)
            return None if verdict is None else not verdict
        case _:
            heard = {code: Answer(code, (answer,) if answer != _LEFT_EMPTY else ())}
            return is_met(condition, heard) if condition.question == code else None
