"""The answers that people are asked to code: fifty to check, or an audit's, each in its place."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from voice.models import AuditSample, ChosenAnswer, Consultation


def audited(session: Session, consultation: Consultation, code: str) -> frozenset[UUID]:
    """Return the responses of every audit of a question: nothing is learnt from them."""
    found = select(ChosenAnswer.response_id).where(
        ChosenAnswer.consultation_id == consultation.id,
        ChosenAnswer.question == code,
        ChosenAnswer.sample_id.is_not(None),
    )
    return frozenset(session.scalars(found))


def places(
    session: Session, consultation: Consultation, code: str, *, sample: AuditSample | None = None
) -> dict[int, UUID]:
    """Return whose answer stands in which place, of an audit or (without one) to be checked.

    A response that is gone leaves its place empty.
    """
    found = select(ChosenAnswer.place, ChosenAnswer.response_id).where(
        ChosenAnswer.consultation_id == consultation.id,
        ChosenAnswer.question == code,
        ChosenAnswer.sample_id == (sample.id if sample is not None else None),
    )
    return {place: one for place, one in session.execute(found.order_by(ChosenAnswer.place))}


def chosen_at(session: Session, consultation: Consultation, code: str) -> datetime | None:
    """Return when the answers to check were chosen; None if none were."""
    return session.scalar(
        select(ChosenAnswer.chosen_at)
        .where(
            ChosenAnswer.consultation_id == consultation.id,
            ChosenAnswer.question == code,
            ChosenAnswer.sample_id.is_(None),
        )
        .limit(1)
    )


def put(
    session: Session,
    consultation: Consultation,
    code: str,
    responses: Sequence[UUID],
    *,
    sample: AuditSample | None = None,
    now: datetime,
) -> None:
    """Put these answers in their places; those to check take the place of the last ones."""
    if sample is None:
        session.execute(
            delete(ChosenAnswer).where(
                ChosenAnswer.consultation_id == consultation.id,
                ChosenAnswer.question == code,
                ChosenAnswer.sample_id.is_(None),
            )
        )
    session.add_all(
        ChosenAnswer(
            consultation_id=consultation.id,
            question=code,
            response_id=response,
            sample_id=sample.id if sample is not None else None,
            place=place,
            chosen_at=now,
        )
        for place, response in enumerate(responses, start=1)
    )
    session.flush()
