"""Who did what to what, and when; never anybody's words. Each entry is bound to the one before.

An entry gets its place in the chain just before the commit, when all else of the transaction is
done: whoever reads a long export holds no other officer up, and no two wait for one another.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from voice.models import AuditEntry, AuditHead, Officer

BEFORE_THE_FIRST = "0" * 64  # the hash before that of entry 1
_WAITS = "audit"  # in a session's info: something was written down that has no place yet
_ROWS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look at the whole chain found: where it ends, and the first entry that is wrong.

    `broken` is the number at which the chain breaks, with the reason in `wrong`; None if whole.
    """

    number: int
    hash: str
    broken: int | None = None
    wrong: str = ""


def record(
    session: Session, officer: Officer | None, action: str, subject: UUID | str, *, now: datetime
) -> None:
    """Write down that `officer` (None: the service itself) did `action` to `subject`, a key."""
    officer_id = officer.id if officer is not None else None
    session.add(AuditEntry(at=now, officer_id=officer_id, action=action, subject=str(subject)))
    session.info[_WAITS] = True


def latest(session: Session, *, limit: int = 100) -> list[AuditEntry]:
    """Return the newest entries, newest first."""
    return list(session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)))


def check(session: Session, *, noted: tuple[int, str] | None = None) -> Checked:
    """Read the whole chain and say whether any entry was changed, deleted, added or moved.

    `noted` is a number with its hash as somebody wrote it down earlier, outside the store: by it
    a chain that was made anew from its beginning is found as well. It may grow meanwhile: what
    comes after the end that it had is left for the next look.
    """
    longest = session.scalar(select(func.max(AuditEntry.number))) or 0
    head = session.get_one(AuditHead, 1)
    number, before = 0, BEFORE_THE_FIRST
    placed = select(AuditEntry).where(AuditEntry.number <= head.number).order_by(AuditEntry.number)
    with session.scalars(placed.execution_options(yield_per=_ROWS_AT_ONCE)) as entries:
        for number, entry in enumerate(entries, 1):
            wrong = _wrong_with(entry, number, before, noted)
            if wrong:
                return Checked(head.number, head.hash, number, wrong)
            before = str(entry.hash)
    if (number, before) != (head.number, head.hash):
        return Checked(head.number, head.hash, number + 1, "the last entries are missing")
    if noted is not None and noted[0] > number:
        return Checked(head.number, head.hash, number + 1, "it once was longer")
    if longest > number:
        return Checked(head.number, head.hash, number + 1, "an entry was put in after the last")
    unplaced = session.scalar(select(AuditEntry.id).where(AuditEntry.number.is_(None)).limit(1))
    if unplaced is not None:
        return Checked(head.number, head.hash, number + 1, "an entry was put in beside the chain")
    return Checked(head.number, head.hash)


def _wrong_with(
    entry: AuditEntry, number: int, before: str, noted: tuple[int, str] | None
) -> str | None:
    """Return what is wrong with the entry that stands at this place; None if nothing is."""
    if entry.number != number:
        return "an entry is missing"
    if entry.hash != _hash_of(entry, number, before):
        return "the entry was changed, or the one before it"
    if noted is not None and noted[0] == number and noted[1] != entry.hash:
        return "it is not the entry that was noted"
    return None


def _hash_of(entry: AuditEntry, number: int, before: str) -> str:
    """Return the hash of an entry at this place, over its own fields and the hash before."""
    who = entry.officer_id.hex if entry.officer_id is not None else ""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    fields = [before, number, at, who, entry.action, entry.subject]
    return hashlib.sha256(json.dumps(fields).encode()).hexdigest()


@event.listens_for(Session, "before_commit")
def _give_places(session: Session) -> None:
    """Give each new entry its place: one transaction at a time, for the head's row is held."""
    if not session.info.get(_WAITS) or session.in_nested_transaction():
        return
    session.flush()
    head = session.get_one(AuditHead, 1, with_for_update=True, populate_existing=True)
    new = select(AuditEntry).where(AuditEntry.number.is_(None)).order_by(AuditEntry.id)
    for entry in session.scalars(new):
        number = head.number + 1
        entry.number, entry.hash = number, _hash_of(entry, number, head.hash)
        head.number, head.hash = number, entry.hash
    session.info.pop(_WAITS)
