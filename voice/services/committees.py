"""Committees: bodies that take questions from the public, each seen to by one team."""

import re
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice.errors import NotFoundError
from voice.models import Committee, Officer, Role
from voice.services import audit, officers

MAX_NAME_CHARS = 120


def add(session: Session, officer: Officer, name: str, *, now: datetime) -> Committee:
    """Let a committee take questions; one of this name is opened again if it was closed.

    Raises:
        ValueError: if the name is empty, too long, or another team's.
    """
    officers.check_may_change(officer)
    called, slug = " ".join(name.split()), _slug(name)
    if not slug or len(called) > MAX_NAME_CHARS:
        raise ValueError("name")
    found = session.scalar(select(Committee).where(Committee.slug == slug))
    if found is None:
        found = Committee(slug=slug, name=called, team=officer.team, made_at=now)
        session.add(found)
    elif not officers.may_see_team(officer, found.team):
        raise ValueError("name")
    found.closed_at = None
    session.flush()
    audit.record(session, officer, "committee opened", found.id, now=now)
    return found


def close(session: Session, officer: Officer, committee_id: UUID, *, now: datetime) -> None:
    """Let a committee take no more questions; those that came are still answered.

    Raises:
        NotFoundError: if there is none with this id, or it is another team's.
    """
    officers.check_may_change(officer)
    found = session.get(Committee, committee_id)
    if found is None:
        raise NotFoundError("committee")
    officers.check_team(officer, found.team)
    found.closed_at = now
    session.flush()
    audit.record(session, officer, "committee closed", found.id, now=now)


def list_of_team(session: Session, officer: Officer) -> Sequence[Committee]:
    """Return the committees that take questions and that the officer's team sees to, by name."""
    found = select(Committee).where(Committee.closed_at.is_(None))
    if officer.role is not Role.ADMIN:
        found = found.where(Committee.team == officer.team)
    return session.scalars(found.order_by(Committee.name, Committee.id)).all()


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:60]
