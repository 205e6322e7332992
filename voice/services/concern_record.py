"""The record of a concern: each step, its moment and who took it; only ever added to (SAF-7)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice.errors import NotFoundError
from voice.models import Concern, ConcernEntry, Officer, Role
from voice.services import audit, concerns
from voice.services.concern_clocks import Step

ASSIGNED = "assigned"
DECIDED = "decided"
ABOUT_STAFF = "said to be about somebody who works with children"
NOT_ABOUT_STAFF = "said not to be about somebody who works with children"
REFUSED = "the e-mail was refused"
MAX_REFERRAL_CHARS = 200


def note(
    session: Session,
    concern: Concern,
    step: str,
    *,
    officer: Officer | None,
    now: datetime,
    words: str = "",
) -> None:
    """Add a line to the record of `concern`; `officer` is None where the service itself acted."""
    who = officer.id if officer is not None else None
    line = ConcernEntry(concern_id=concern.id, at=now, officer_id=who, step=step, words=words)
    session.add(line)
    session.flush()


def note_refused(session: Session, reference: str, *, now: datetime) -> None:
    """Say in the record of each concern of an e-mail that its mail server refused it for good."""
    _, step_name, first_id, to = reference.split(":", 3)
    told = ConcernEntry.step == Step[step_name]
    written = select(ConcernEntry.at).where(told, ConcernEntry.concern_id == UUID(first_id))
    found = select(ConcernEntry.concern_id).where(
        told, ConcernEntry.at == written.limit(1).scalar_subquery()
    )
    for each in session.scalars(found).all():
        session.add(ConcernEntry(concern_id=each, at=now, step=REFUSED, words=to))


def list_entries(session: Session, concern: Concern) -> Sequence[tuple[ConcernEntry, str | None]]:
    """Return the lines of a record, oldest first, each with the name of its officer."""
    found = (
        select(ConcernEntry, Officer.name)
        .outerjoin(Officer, Officer.id == ConcernEntry.officer_id)
        .where(ConcernEntry.concern_id == concern.id)
        .order_by(ConcernEntry.id)
    )
    return [(entry, name) for entry, name in session.execute(found)]


def list_takers(session: Session) -> Sequence[Officer]:
    """Return the officers who may be given a concern, by name."""
    found = select(Officer).where(Officer.role == Role.SAFEGUARDING, Officer.left_at.is_(None))
    return session.scalars(found.order_by(Officer.name, Officer.email)).all()


def assign(
    session: Session, concern: Concern, officer: Officer, email: str, *, now: datetime
) -> None:
    """Give a concern to one of those who may read it; it counts as read by who gives it.

    Raises:
        NotFoundError: if nobody who may read concerns has this e-mail.
    """
    taker = next((each for each in list_takers(session) if each.email == email), None)
    if taker is None:
        raise NotFoundError("officer")
    concerns.acknowledge(session, concern, officer, now=now)
    if concern.assigned_to != taker.id:
        concern.assigned_to = taker.id
        note(session, concern, ASSIGNED, officer=officer, words=taker.name, now=now)
        audit.record(session, officer, "concern assigned", concern.id, now=now)


def mark_about_staff(
    session: Session, concern: Concern, officer: Officer, *, is_about_staff: bool, now: datetime
) -> None:
    """Say whether a concern is an allegation against somebody who works with children (SAF-13)."""
    if concern.is_about_staff != is_about_staff:
        concern.is_about_staff = is_about_staff
        step = ABOUT_STAFF if is_about_staff else NOT_ABOUT_STAFF
        note(session, concern, step, officer=officer, now=now)
        audit.record(session, officer, f"concern {step}", concern.id, now=now)
