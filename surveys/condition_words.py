"""A condition in words: for the paper form, and for the base of a figure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from surveys.catalogue import in_language
from surveys.conditions import (
    AllOf,
    Answered,
    AnyOf,
    Compares,
    Condition,
    Includes,
    Is,
    NotThis,
    OnSetting,
    Skipped,
)
from surveys.dates import date_in_words
from surveys.engine import Survey
from surveys.questions import Date, OneOf, Time
from surveys.setting_names import name_of
from surveys.times import time_in_words

_ANSWER = {"variant": "in the way", "capacity": "as", "channel": "through"}
_OF_NUMBERS = {
    "at_least": "{} or more",
    "at_most": "{} or less",
    "more_than": "more than {}",
    "less_than": "less than {}",
    "equals": "{}",
}
_OF_MOMENTS = {
    "at_least": "{} or later",
    "at_most": "{} or earlier",
    "more_than": "later than {}",
    "less_than": "earlier than {}",
    "equals": "{}",
}


@dataclass(frozen=True, slots=True)
class Telling:
    """How a condition is told: of whom ("you", "who"), and how a question is called."""

    subject: str
    called: Callable[[str], str]
    language: str = "en"  # what we cannot say in it stays English

    def said(self, english: str) -> str:
        """Return words of ours in its language."""
        return in_language(english, self.language)


def condition_in_words(
    condition: Condition, survey: Survey, telling: Telling, *, inside: bool = False
) -> str:
    """Return what must be so, such as "you answered ‘Yes’ to question 3"."""
    match condition:
        case AllOf(all=conditions):
            return _joined(conditions, survey, telling, word="and", inside=inside)
        case AnyOf(any=conditions):
            return _joined(conditions, survey, telling, word="or", inside=inside)
        case NotThis(not_=inner):
            return _turned_round(inner, survey, telling)
        case OnSetting(wanted=wanted):
            return f"{telling.subject} answer {_setting_in_words(wanted, survey)}"
        case _:
            called = telling.called(condition.question)
            return telling.said(
                f"{telling.subject} {_said(condition, survey, telling.language)} {called}"
            )


def asked_of(condition: Condition | None, survey: Survey) -> str:
    """Return for whom a question is, such as "people who answered ‘Yes’ to “Did you go?”".

    Empty for a question that everybody is asked.
    """
    if condition is None:
        return ""

    def called(code: str) -> str:
        question = survey.question(code)
        return f"“{question.plain_text if question is not None else code}”"

    return f"people {condition_in_words(condition, survey, Telling('who', called))}"


def _turned_round(inner: Condition, survey: Survey, telling: Telling) -> str:
    """Say the opposite in its own words where it has them."""
    called = telling.called
    match inner:
        case Answered(question=code, answered=wanted):
            said = "did not answer" if wanted else "answered"
            return telling.said(f"{telling.subject} {said} {called(code)}")
        case Is(question=code, is_=value):
            label = _label(survey, code, value)
            return telling.said(f"{telling.subject} did not answer {label} to {called(code)}")
        case Includes(question=code, includes=value):
            label = _label(survey, code, value)
            return telling.said(f"{telling.subject} did not choose {label} in {called(code)}")
        case OnSetting(wanted=wanted) if len(wanted) == 1:
            return f"{telling.subject} do not answer {_setting_in_words(wanted, survey)}"
        case _:
            words = condition_in_words(inner, survey, telling, inside=True)
            return f"for {'whom' if telling.subject == 'who' else 'you'} it is not so that {words}"


def _setting_in_words(wanted: Mapping[str, Sequence[str]], survey: Survey) -> str:
    """Return how somebody answers, such as "through ‘Paper’ or ‘Phone’"."""
    ways = {each.code: each.name for each in survey.variants}
    told = []
    for key, values in wanted.items():
        names = (f"‘{name_of(key, value, variants=ways)}’" for value in values)
        told.append(f"{_ANSWER[key]} {' or '.join(names)}")
    return " and ".join(told)


def _said(
    condition: Is | Includes | Answered | Skipped | Compares, survey: Survey, language: str
) -> str:
    match condition:
        case Is(question=code, is_=value):
            return f"answered {_label(survey, code, value)} to"
        case Includes(question=code, includes=value):
            return f"chose {_label(survey, code, value)} in"
        case Answered(answered=wanted):
            return "answered" if wanted else "did not answer"
        case Skipped(skipped=wanted):
            return "were asked and left out" if wanted else "did not leave out"
        case Compares():
            return f"answered {_bounds_in_words(condition, survey, language)} to"


def _bounds_in_words(condition: Compares, survey: Survey, language: str) -> str:
    question = survey.question(condition.question)
    words = _OF_MOMENTS if isinstance(question, Date | Time) else _OF_NUMBERS
    told = []
    for key, bound in condition.bounds.items():
        match question:
            case Date():
                said = date_in_words(str(bound), language)
            case Time():
                said = time_in_words(str(bound), language)
            case _:
                said = str(bound)
        told.append(in_language(words[key].format(said), language))
    return f" {in_language('and', language)} ".join(told)


def _joined(
    conditions: Sequence[Condition], survey: Survey, telling: Telling, *, word: str, inside: bool
) -> str:
    between = f" {telling.said(word)} "
    words = between.join(
        condition_in_words(each, survey, telling, inside=True) for each in conditions
    )
    return f"({words})" if inside and len(conditions) > 1 else words


def _label(survey: Survey, code: str, value: str) -> str:
    question = survey.question(code)
    option = question.option(value) if isinstance(question, OneOf) else None
    return f"‘{option.label if option else value}’"
