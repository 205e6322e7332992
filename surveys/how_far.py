"""How far along somebody is, told so that the number of questions never grows on their way.

Where answers open further questions, the total is the most that may still come, and is called so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from surveys.answers import Answer
from surveys.checking.paths import answers_worth_trying
from surveys.conditions import (
    AllOf,
    AnyOf,
    Condition,
    NotThis,
    OnSetting,
    is_met,
    parts_of,
)
from surveys.engine import MOST_SURVEYS, Answers, Survey, places_for_all
from surveys.once import once_for_each
from surveys.questions import AnyQuestion

ONE, ONE_AT_MOST = "Question {number} of {total}", "Question {number} of up to {total}"
SEVERAL = "Questions {first} to {last} of {total}"
SEVERAL_AT_MOST = "Questions {first} to {last} of up to {total}"
NONE = "Please read this"


class Length(NamedTuple):
    """The most questions that somebody is asked; certain if no answer of theirs changes it."""

    total: int
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page or a question is: `first` to `last` of `total`, on the path as it looks now.

    A page that asks nothing has a `last` below its `first`.
    """

    first: int
    last: int
    total: int
    is_certain: bool = True

    @property
    def asks_nothing(self) -> bool:
        """Whether there is no question on the page, so that it has no number."""
        return self.last < self.first

    @property
    def sentence(self) -> str:
        """The place as it is told, in English, with brackets for its numbers."""
        if self.asks_nothing:
            return NONE
        if self.last > self.first:
            return SEVERAL if self.is_certain else SEVERAL_AT_MOST
        return ONE if self.is_certain else ONE_AT_MOST

    @property
    def numbers(self) -> dict[str, int]:
        """What stands in the brackets of the sentence."""
        return {
            "number": self.first, "first": self.first, "last": self.last, "total": self.total
        }  # fmt: skip

    @property
    def in_words(self) -> str:
        """The place as it is told, in English."""
        return self.sentence.format(**self.numbers)


def told_at(survey: Survey, answers: Answers, code: str) -> str:
    """Return in words how far along the question with this code is."""
    told = _told_to_all(survey.questions)
    if told is not None and code in told:
        return told[code]
    return progress_at(survey, answers, code).in_words


@once_for_each(MOST_SURVEYS)
def _told_to_all(questions: tuple[AnyQuestion, ...]) -> Mapping[str, str] | None:
    """Return what is told at each question if everybody is asked them all; None if it depends."""
    places = places_for_all(questions)
    if places is None:
        return None
    return {code: Place(at, at, len(places)).in_words for code, at in places.items()}


def progress_at(survey: Survey, answers: Answers, code: str) -> Place:
    """Return how far along the question with this code is; the end, if it is not on the path."""
    places = places_for_all(survey.questions)
    if places is not None and code in places:
        return Place(places[code], places[code], len(places))
    codes = [question.code for question in survey.path(answers) if question.takes_answer]
    number = codes.index(code) + 1 if code in codes else len(codes)
    return Place(number, number, *length_of(survey, answers))


def length_of(survey: Survey, answers: Answers) -> Length:
    """Return the most questions that somebody with these answers is asked.

    What one answer opens is weighed against what the others to the same question would open. Each
    further answer leaves it as it is or makes it smaller.
    """
    places = places_for_all(survey.questions)
    if places is not None:
        return Length(len(places), is_certain=True)
    seen = _Seen(answers)
    for question in survey.questions:
        seen.pass_by(question)
    most = sum(_most_opened(survey, code, opened) for code, opened in seen.opened_by.items())
    is_certain = not seen.opened_by and not seen.perhaps
    return Length(seen.certain + seen.perhaps + most, is_certain)


@dataclass(slots=True)
class _Seen:
    """What is known of the questions so far, in their order."""

    answers: Answers
    heard: dict[str, Answer] = field(default_factory=dict)
    waited_for: set[str] = field(default_factory=set)  # their answers may still decide something
    certain: int = 0
    perhaps: int = 0  # asked or not by more than one answer
    opened_by: dict[str, list[AnyQuestion]] = field(default_factory=dict)

    def pass_by(self, question: AnyQuestion) -> None:
        """Count a question as asked, as not asked, or as one that may still be."""
        condition = question.ask_if
        may_be = condition is None or self._may_be(condition, True)
        must_be = may_be and (condition is None or not self._may_be(condition, False))
        if must_be and question.code in self.answers:
            self.heard[question.code] = self.answers[question.code]
        elif may_be:
            self.waited_for.add(question.code)
        if must_be:
            self.certain += question.takes_answer
        elif may_be and condition is not None and question.takes_answer:
            asked = "" if parts_of(condition) else getattr(condition, "question", "")
            if asked:
                self.opened_by.setdefault(asked, []).append(question)
            else:
                self.perhaps += 1

    def _may_be(self, condition: Condition, wanted: bool) -> bool:
        """Return whether a condition may still turn out as `wanted`."""
        match condition:
            case NotThis(not_=inner):
                return self._may_be(inner, not wanted)
            case AllOf(all=parts) | AnyOf(any=parts):
                each = (self._may_be(part, wanted) for part in parts)
                return all(each) if isinstance(condition, AllOf) is wanted else any(each)
            case OnSetting():
                return wanted
            case _:
                is_open = condition.question in self.waited_for
                return is_open or is_met(condition, self.heard) is wanted


def _most_opened(survey: Survey, code: str, opened: list[AnyQuestion]) -> int:
    """Return how many of these questions one answer to the question with this code opens."""
    return max(_opened(opened, heard) for heard in _ways_to_answer(survey, code))


def _opened(questions: list[AnyQuestion], heard: Answers) -> int:
    return sum(each.ask_if is not None and is_met(each.ask_if, heard) for each in questions)


def _ways_to_answer(survey: Survey, code: str) -> Iterator[Answers]:
    question = survey.question(code)
    if question is not None:
        for answer in answers_worth_trying(survey, question):
            yield {code: answer} if answer is not None else {}
