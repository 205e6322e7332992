"""Reading the audit trail, by who, what, to what and when. Who looked is in the trail as well."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from voice.clock import in_london
from voice.models import AuditEntry, Consultation, Officer

PAGE_ENTRIES = 50
THE_SERVICE = "service"  # who did it, where nobody did


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; an empty field leaves nothing out."""

    who: UUID | str | None = None  # an officer, or THE_SERVICE
    action: str = ""
    subject: str = ""  # any part of it
    since: datetime | None = None
    until: datetime | None = None  # and not at that moment itself


@dataclass(frozen=True, slots=True)
class Line:
    """One entry, as it is read; `when` is UK time."""

    when: str
    who: str
    action: str
    subject: str


def read_page(session: Session, wanted: Wanted, *, page: int) -> tuple[list[Line], bool]:
    """Return one page of what is wanted, newest first, and whether there is more."""
    found = _filtered(session, wanted).order_by(AuditEntry.id.desc())
    people = list_people(session)
    names: dict[UUID | None, str] = {each.id: each.name for each in people}
    first = (page - 1) * PAGE_ENTRIES
    entries = session.scalars(found.offset(first).limit(PAGE_ENTRIES + 1)).all()
    known = _called(session, entries) | {str(each.id): each.email for each in people}
    lines = [
        Line(
            f"{in_london(each.at):%-d %b %Y, %H:%M:%S}",
            names.get(each.officer_id, ""),
            each.action,
            known.get(each.subject, _subject(each)),
        )
        for each in entries[:PAGE_ENTRIES]
    ]
    return lines, len(entries) > PAGE_ENTRIES


def list_people(session: Session) -> list[Officer]:
    """Return everybody who ever worked here, by name."""
    return list(session.scalars(select(Officer).order_by(Officer.name, Officer.email)))


def list_actions(session: Session) -> list[str]:
    """Return everything that was ever done, by name."""
    return list(session.scalars(select(AuditEntry.action).distinct().order_by(AuditEntry.action)))


def _called(session: Session, entries: Sequence[AuditEntry]) -> dict[str, str]:
    """Return the address of each consultation that something was done to, by its key."""
    subjects = {each.subject for each in entries}
    listed = session.execute(select(Consultation.id, Consultation.slug))
    return {str(key): slug for key, slug in listed if str(key) in subjects}


def _filtered(session: Session, wanted: Wanted) -> Select[AuditEntry]:
    found = select(AuditEntry)
    if wanted.who == THE_SERVICE:
        found = found.where(AuditEntry.officer_id.is_(None))
    elif wanted.who is not None:
        found = found.where(AuditEntry.officer_id == wanted.who)
    if wanted.action:
        found = found.where(AuditEntry.action == wanted.action)
    if wanted.subject:
        called = select(Consultation.id).where(Consultation.slug == wanted.subject)
        keys = [str(each) for each in session.scalars(called)]
        part = _subject_contains(wanted.subject)
        found = found.where(or_(part, AuditEntry.subject.in_(keys)))
    if wanted.since is not None:
        found = found.where(AuditEntry.at >= wanted.since)
    return found if wanted.until is None else found.where(AuditEntry.at < wanted.until)


def _subject_contains(words: str) -> ColumnElement[bool]:
    """Match what `_subject` shows: nothing of a concern can be searched for behind its colon."""
    is_concern = AuditEntry.action.startswith("concern")
    part = AuditEntry.subject.contains(words, autoescape=True)
    if ":" in words:
        return and_(~is_concern, part)
    return or_(and_(~is_concern, part), AuditEntry.subject.startswith(words, autoescape=True))


def _subject(entry: AuditEntry) -> str:
    """Return what it was done to, without what the safeguarding lead wrote of a concern (SAF-8)."""
    if not entry.action.startswith("concern"):
        return entry.subject
    return entry.subject.partition(":")[0]
