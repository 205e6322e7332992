"""A whole form at once, as it lies on a desk: every question on it, answered or left empty."""

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.answers import Answer, AnswerRefusedError, Refusal, read_answer
from surveys.conditions import is_met
from surveys.engine import Survey, is_declined


@dataclass(frozen=True, slots=True)
class Written:
    """What stands beside one question of the form, exactly as it was typed in."""

    values: tuple[str, ...] = ()
    other: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands there."""
        return not any(each.strip() for each in self.values)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The answers of a form, and why those that are not among them were refused, by question."""

    answers: dict[str, Answer]
    refusals: dict[str, Refusal]


def read_sheet(survey: Survey, written: Mapping[str, Written]) -> Sheet:
    """Read every question of a form as `read_answer` does.

    One on the path that was left empty is skipped; one off the path that was left empty was
    never asked, even when it is required. What stands beside one off the path is kept. A form
    whose required consent was not given may not be kept.
    """
    answers: dict[str, Answer] = {}
    refusals: dict[str, Refusal] = {}
    heard: dict[str, Answer] = {}
    for question in survey.questions:
        if not question.takes_answer:
            continue
        is_asked = question.ask_if is None or is_met(question.ask_if, heard)
        given = written.get(question.code, Written())
        if given.is_blank and not is_asked:
            continue
        try:
            answer = read_answer(question, given.values, other=given.other)
        except AnswerRefusedError as refused:
            refusals[question.code] = refused.refusal
            continue
        answers[question.code] = answer
        if is_declined(question, answers):
            refusals[question.code] = Refusal.NOT_AGREED
        if is_asked:
            heard[question.code] = answer
    return Sheet(answers, refusals)
