"""Saying something: whether a response says anything, or only that all of it was skipped.

To agree to take part, or to say who one is, says nothing yet of what is asked.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, String, and_, cast, exists, or_, select, tuple_
from sqlalchemy.orm import Session

from surveys.answers import Answer
from surveys.engine import Survey
from surveys.questions import AnyQuestion, FreeText, ShortText
from surveys.statements import Consent
from voice.models import AnswerRow, Consultation, Hearing, Response, SurveyVersion, WorkerNote
from voice.services.consultations import survey_of


def asks_for_words(question: AnyQuestion) -> bool:
    """Return whether it asks for words, which could be the person's or a worker's (B7)."""
    return isinstance(question, FreeText | ShortText)


def is_unaccounted_for(response: Response, question: AnyQuestion) -> bool:
    """Return whether a worker who helped says nothing of a question that asks for words."""
    is_asked = bool(response.helped_by) and asks_for_words(question)
    return is_asked and question.code not in response.notes


def asked_for_a_view(survey: Survey, answers: Mapping[str, Answer]) -> list[AnyQuestion]:
    """Return the questions on the path whose answer says something."""
    asked = (each for each in survey.path(answers) if each.takes_answer and not each.equality)
    return [each for each in asked if not isinstance(each, Consent)]


def says_something(
    survey: Survey, answers: Mapping[str, Answer], notes: Mapping[str, WorkerNote]
) -> bool:
    """Return whether anything is answered; or a worker says that they chose not to, or why not."""
    asked = {each.code for each in asked_for_a_view(survey, answers)}
    is_said = any(answers[code].values or answers[code].other for code in asked & answers.keys())
    return is_said or any(notes[code].hearing != Hearing.OWN_WORDS for code in asked & notes.keys())


def is_said_in(session: Session, consultations: Sequence[Consultation]) -> ColumnElement[bool]:
    """Return the same as a condition on responses of these that were sent in."""
    versions = session.scalars(
        select(SurveyVersion).where(
            SurveyVersion.consultation_id.in_([each.id for each in consultations])
        )
    )
    consents = [
        (version.id, each.code)
        for version in versions
        for each in survey_of(version).questions
        if isinstance(each, Consent)
    ]
    answered = exists().where(
        AnswerRow.response_id == Response.id,
        AnswerRow.is_on_path,
        or_(cast(AnswerRow.values, String) != "[]", AnswerRow.other != ""),
        tuple_(Response.survey_version_id, AnswerRow.question).not_in(consents),
    )
    explained = exists().where(
        and_(WorkerNote.response_id == Response.id, WorkerNote.hearing != Hearing.OWN_WORDS)
    )
    return or_(answered, explained)
