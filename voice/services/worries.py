"""Worries: how many chose an option that means somebody may need help, and what they said next.

Counts alone: who they are is not known. Each of them was shown help at once, and is in the queue
of the safeguarding role.
"""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.conditions import mentioned
from surveys.engine import Survey
from surveys.questions import AnyQuestion, OneOf, Option
from voice.analysis.suppression import ShownCount, show_officers
from voice.models import AnswerRow, Consultation, Response
from voice.services.consultations import current_survey
from voice.services.results import counting_in

NOT_ANSWERED = "Did not answer"
Given = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Worry:
    """One option that says somebody may need help, how many chose it, and what they said next."""

    question: str
    option: str
    count: ShownCount
    next_answers: tuple[tuple[str, tuple[tuple[str, ShownCount], ...]], ...]


def worries_in(session: Session, consultation: Consultation) -> tuple[Worry, ...]:
    """Return every such option of the survey in its order, chosen or not."""
    survey = current_survey(consultation)
    given = _given(session, consultation)
    return tuple(
        _read(survey, question, option, given)
        for question in survey.questions
        if isinstance(question, OneOf)
        for option in question.options
        if option.worry
    )


def _given(session: Session, consultation: Consultation) -> list[Given]:
    """Return the answers of every response that counts."""
    rows = session.execute(
        select(AnswerRow.response_id, AnswerRow.question, AnswerRow.values)
        .join(Response, Response.id == AnswerRow.response_id)
        .where(counting_in(consultation), AnswerRow.is_on_path)
    )
    responses: dict[object, Given] = {}
    for response_id, question, values in rows:
        responses.setdefault(response_id, {})[question] = tuple(values)
    return list(responses.values())


def _read(survey: Survey, question: OneOf, option: Option, given: list[Given]) -> Worry:
    worried = [each for each in given if option.code in each.get(question.code, ())]
    answered = sum(bool(each.get(question.code)) for each in given)
    next_answers = tuple(
        (asked.text, _breakdown(asked, worried))
        for asked in survey.questions
        if isinstance(asked, OneOf) and _depends_on(asked, question)
    )
    return Worry(
        question.plain_text, option.label, show_officers(len(worried), answered), next_answers
    )


def _depends_on(asked: AnyQuestion, question: OneOf) -> bool:
    return any(code == question.code for code, _ in mentioned(asked.ask_if))


def _breakdown(asked: OneOf, worried: list[Given]) -> tuple[tuple[str, ShownCount], ...]:
    counts = Counter(code for each in worried for code in each.get(asked.code, ()))
    silent = sum(not each.get(asked.code) for each in worried)
    rows = [(option.label, counts[option.code]) for option in asked.options]
    return tuple(
        (label, show_officers(count, len(worried)))
        for label, count in (*rows, (NOT_ANSWERED, silent))
    )
