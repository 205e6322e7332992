"""Answers as lines of a file, for those who may have them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from surveys.answers import Answer
from surveys.engine import Survey
from surveys.questions import CardSort, OneOf, Several
from voice.errors import NotFoundError
from voice.models import Consultation, Response
from voice.services.responses import answers_of, survey_for

_AT_ONCE = 500


def stored_answers(session: Session, survey: str) -> Iterator[dict[str, Any]]:
    """Give every stored answer to a survey, by its code or by a consultation's slug.

    Each has `respondent` (a pseudonym), `question`, `value` (an option's code or the words, a list
    where several may be chosen, None when skipped), `channel`, and what is needed to count it:
    `consultation`, `label`, `other`, `submitted`, `counted` (on the path, and of a response that
    counts). No moment is given, and the order is that of the random pseudonyms (PRI-2).

    Raises:
        NotFoundError: if no consultation has this slug or asks this survey.
    """
    asked = or_(Consultation.survey_code == survey, Consultation.slug == survey)
    if session.scalar(select(Consultation.id).where(asked).limit(1)) is None:
        raise NotFoundError(survey)
    found = (
        select(Response)
        .join(Response.consultation)
        .where(asked)
        .order_by(Response.respondent, Response.id)
        .options(
            joinedload(Response.consultation),
            joinedload(Response.version),
            selectinload(Response.answers),
        )
        .execution_options(yield_per=_AT_ONCE)
    )
    for response in session.scalars(found):
        yield from _answers_in(response)


def _answers_in(response: Response) -> Iterator[dict[str, Any]]:
    survey = survey_for(response)
    answers = answers_of(response)
    for question in survey.questions:
        if question.code not in answers:
            continue
        answer = answers[question.code]
        yield {
            "respondent": response.respondent,
            "consultation": response.consultation.slug,
            "question": question.code,
            "value": _value(survey, answer),
            "label": _label(survey, answer),
            "other": answer.other,
            "channel": response.channel.value,
            "submitted": response.submitted_at is not None,
            "counted": response.submitted_at is not None
            and response.counts
            and response.answers[question.code].is_on_path,
        }


def _value(survey: Survey, answer: Answer) -> str | list[str] | None:
    if isinstance(survey.question(answer.question), Several | CardSort):
        return list(answer.values) or None
    return answer.values[0] if answer.values else None


def _label(survey: Survey, answer: Answer) -> str | list[str] | None:
    question = survey.question(answer.question)
    if isinstance(question, CardSort):
        return question.in_words(answer.values) or None
    if not isinstance(question, OneOf) or answer.is_skipped:
        return None
    labels = [option.label for option in question.options if option.code in answer.values]
    return labels if isinstance(question, Several) else labels[0]
