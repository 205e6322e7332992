"""Readers: the officers named as those who alone may open a consultation, such as of leavers."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from voice.models import Consultation, Officer, Reader, Role
from voice.services import audit, officers

_NEVER = frozenset({Role.SAFEGUARDING, Role.COMMITTEE})  # read no consultation


def list_candidates(session: Session, consultation: Consultation) -> list[Officer]:
    """Return the officers who could open it if it were restricted to nobody, by name."""
    working = officers.list_officers(session)
    ours = [each for each in working if officers.may_see_team(each, consultation.team)]
    return [each for each in ours if each.role not in _NEVER]


def list_readers(session: Session, consultation: Consultation) -> set[UUID]:
    """Return the keys of the officers who are named."""
    found = select(Reader.officer_id).where(Reader.consultation_id == consultation.id)
    return set(session.scalars(found))


def restrict(
    session: Session,
    consultation: Consultation,
    officer: Officer,
    named: Collection[UUID],
    *,
    now: datetime,
) -> None:
    """Let only the officers `named` open it, its answers, themes and files; for all, name nobody.

    Raises:
        ValueError: if `officer` would shut themselves out, or somebody named could not open it.
    """
    candidates = {each.id for each in list_candidates(session, consultation)}
    if named and (officer.id not in named or not candidates.issuperset(named)):
        raise ValueError("whoever restricts a consultation stays one of its readers")
    session.execute(delete(Reader).where(Reader.consultation_id == consultation.id))
    session.add_all(Reader(consultation_id=consultation.id, officer_id=each) for each in named)
    consultation.is_restricted = bool(named)
    session.flush()
    action = "consultation restricted" if named else "consultation opened to its team"
    audit.record(session, officer, action, consultation.id, now=now)
