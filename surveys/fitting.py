"""A survey fitted to whoever answers it: in their wording, with only the questions meant for them.

Everything after this sees a plain survey. Answers are coded alike however they were asked for.
"""

from dataclasses import dataclass

from surveys.engine import Survey
from surveys.questions import AnyQuestion
from surveys.settling import settled


@dataclass(frozen=True, slots=True)
class Setting:
    """Who answers, and how. Empty means the usual: the first variant, the survey's language."""

    channel: str = ""
    capacity: str = ""
    variant: str = ""
    language: str = ""


def fit(survey: Survey, setting: Setting) -> Survey:
    """Return `survey` as somebody in `setting` is asked it.

    Conditions that look at who answers are settled, so that those that are left look at answers
    only; a question that is never asked of them is gone. Their wording is put in place.
    """
    known = {
        "channel": setting.channel,
        "capacity": setting.capacity,
        "variant": setting.variant,
    }
    questions = [_settle(question, known) for question in survey.questions]
    asked = tuple(question for question in questions if question is not None)
    return survey.model_copy(update={"questions": asked})


def _settle(question: AnyQuestion, known: dict[str, str]) -> AnyQuestion | None:
    """Return the question with what is left of its condition, or None if it is never asked."""
    if question.ask_if is None:
        return question
    left = settled(question.ask_if, known)
    if left is False:
        return None
    return question.model_copy(update={"ask_if": None if left is True else left})
