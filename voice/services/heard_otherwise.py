"""A child heard before a conference in another way than by the link, as an officer says (B1)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from voice.clock import in_london
from voice.models import ChildView, Conference, Consultation, HeardBy, Officer
from voice.services import audit, conferences

WAYS = tuple(way for way in HeardBy if way is not HeardBy.LINK)


def days_that_count(conference: Conference, *, now: datetime) -> tuple[date, date]:
    """Return the first and the last day on which being heard counts, as far as days have come."""
    first = conference.held_on - conferences.WINDOW
    return first, min(conference.held_on, in_london(now).date())


def note(
    session: Session,
    consultation: Consultation,
    officer: Officer,
    conference_id: UUID,
    *,
    heard: tuple[HeardBy, date],
    now: datetime,
) -> None:
    """Write down that the child was heard: in one of `WAYS`, on a day that counts.

    Raises:
        NotFoundError: if there is no such conference in the consultation.
        ValueError: if the way ("how") or the day ("day") is none of those.
    """
    conference = conferences.get(session, consultation, conference_id)
    way, day = heard
    first, last = days_that_count(conference, now=now)
    if way not in WAYS:
        raise ValueError("how")
    if not first <= day <= last:
        raise ValueError("day")
    conferences.keep_view(session, conference, way, day)
    audit.record(session, officer, f"child heard: {way.value}", conference_id, now=now)


def undo(
    session: Session,
    consultation: Consultation,
    officer: Officer,
    conference_id: UUID,
    *,
    now: datetime,
) -> None:
    """Take back what officers wrote down of this child in the weeks of this conference.

    What came by the link or its code stays.

    Raises:
        NotFoundError: if there is no such conference in the consultation.
    """
    conference = conferences.get(session, consultation, conference_id)
    session.execute(
        delete(ChildView).where(
            ChildView.consultation_id == conference.consultation_id,
            ChildView.child_hash == conference.child_hash,
            ChildView.heard_by != HeardBy.LINK,
            ChildView.given_on.between(conference.held_on - conferences.WINDOW, conference.held_on),
        )
    )
    audit.record(session, officer, "child heard: taken back", conference_id, now=now)
