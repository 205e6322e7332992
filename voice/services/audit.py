"""Who did what to what, and when; never anybody's words."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice.models import AuditEntry, Officer


def record(
    session: Session, officer: Officer | None, action: str, subject: UUID | str, *, now: datetime
) -> None:
    """Write down that `officer` (None: the service itself) did `action` to `subject`, a key."""
    officer_id = officer.id if officer is not None else None
    session.add(AuditEntry(at=now, officer_id=officer_id, action=action, subject=str(subject)))


def latest(session: Session, *, limit: int = 100) -> list[AuditEntry]:
    """Return the newest entries, newest first."""
    return list(session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)))
