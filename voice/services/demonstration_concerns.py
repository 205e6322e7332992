"""Concerns of answers that the demonstration made up, screened as the present software does."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice.analysis import safeguarding
from voice.analysis.safeguarding import Tier
from voice.models import Concern, Consultation, Response


def screen_again(session: Session) -> int:
    """Screen again what nobody has read; return how many raise nothing now, and are gone.

    Only answers that were loaded with the demonstration: words of a visitor to it stay as they
    were noticed, since those were somebody's.
    """
    made_up = (
        select(Concern)
        .join(Response, Concern.response_id == Response.id)
        .join(Consultation, Concern.consultation_id == Consultation.id)
        .where(
            Consultation.demonstration != "",
            Response.wave != "",
            Concern.raised_at == Response.started_at,
            Concern.acknowledged_at.is_(None),
            Concern.detector != Concern.category,
            Concern.detector != safeguarding.detector_version(),
        )
    )
    return sum(_is_gone(session, each) for each in session.scalars(made_up).all())


def _is_gone(session: Session, concern: Concern) -> bool:
    found = safeguarding.screen(concern.words)
    if found.tier is Tier.NONE or found.category is None:
        session.delete(concern)
        return True
    concern.category, concern.tier = found.category.value, found.tier.value
    concern.urgency, concern.sentence = found.urgency.value, found.sentence
    concern.detector = found.version
    return False
