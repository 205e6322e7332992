"""Outcomes: "You said, we did"."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from voice.models import Outcome


def list_published(session: Session) -> Sequence[Outcome]:
    """Return every outcome that the public may read, newest first."""
    return session.scalars(
        select(Outcome)
        .where(Outcome.published_at.is_not(None), Outcome.withdrawn_at.is_(None))
        .options(joinedload(Outcome.consultation))
        .order_by(Outcome.published_at.desc(), Outcome.id)
    ).all()
