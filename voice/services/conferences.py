"""Conferences: whose view was gained in the five weeks before, and whose is missing (B1).

Source: from 1 July 2017 views must be gained for every child protection review conference "at a
statutory child protection visit during the 5 weeks before the conference".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from surveys.dates import Precision, read_date
from voice.clock import in_london
from voice.errors import NotFoundError
from voice.models import ChildView, Conference, Consultation, HeardBy, Officer, Response
from voice.services import audit, keys, responses, sealing, suppressions
from voice.services.pasted import read_cells

WINDOW = timedelta(days=35)  # the day of the conference and the 35 before it
MAX_REFERENCE_CHARS = 40
MAX_LINES = 2000
LISTED_FOR = timedelta(days=90)  # after the conference
_HEADINGS = frozenset({"reference", "child", "case", "id"})


class Standing(StrEnum):
    """What is known of the child's view before one conference."""

    MISSING = "missing"
    HEARD = "heard"
    NOT_YET = "not_yet"  # the five weeks have not begun
    NOT_TO_BE_ASKED = "not_to_be_asked"


@dataclass(frozen=True, slots=True)
class Planned:
    """One line of a list: a child's reference, and the day of the conference."""

    reference: str
    held_on: date


@dataclass(frozen=True, slots=True)
class Line:
    """One conference as an officer reads it. `days_left` is below 0 once it was held."""

    id: UUID
    reference: str
    held_on: date
    opens_on: date  # from this day on a view counts for it
    days_left: int
    standing: Standing  # never the day: beside responses by day it would say whose is whose
    heard_by: tuple[HeardBy, ...] = ()  # in the order of the list of ways


def read_planned(text: str) -> list[Planned]:
    """Return the conferences in lines pasted from a spreadsheet or a CSV file: reference, day.

    A reference holds a digit, so that no name is taken for one. A line of headings is passed over.

    Raises:
        ValueError: if a line is none (its message is the line's number), or there are none (0).
    """
    found: dict[Planned, None] = {}
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        cells = read_cells(line, number)
        cells = [cell.strip() for cell in cells if cell.strip()]
        if not cells or (number == 1 and cells[0].casefold() in _HEADINGS):
            continue
        found[_planned(cells, number)] = None
    if not found or len(found) > MAX_LINES:
        raise ValueError(0)
    return list(found)


def _planned(cells: list[str], number: int) -> Planned:
    reference, typed = cells[0], " ".join(cells[1:])
    day = read_date(typed, Precision.DAY) if typed else None
    is_reference = len(reference) <= MAX_REFERENCE_CHARS and any(map(str.isdigit, reference))
    if day is None or not is_reference:
        raise ValueError(number)
    return Planned(reference, date.fromisoformat(day))


def add_conferences(
    session: Session,
    consultation: Consultation,
    officer: Officer,
    planned: Sequence[Planned],
    *,
    secret: str,
    now: datetime,
) -> int:
    """Keep conferences, and return how many were new; one child's on one day is kept once."""
    known = {
        (each.child_hash, each.held_on)
        for each in session.scalars(
            select(Conference).where(Conference.consultation_id == consultation.id)
        )
    }
    count = 0
    for each in planned:
        child = _hash(secret, each.reference)
        if (child, each.held_on) in known:
            continue
        known.add((child, each.held_on))
        session.add(_conference(consultation, each, child, secret=secret, now=now))
        count += 1
    session.flush()
    audit.record(session, officer, "conferences added", consultation.id, now=now)
    return count


def _conference(
    consultation: Consultation, planned: Planned, child: str, *, secret: str, now: datetime
) -> Conference:
    key = uuid4()
    return Conference(
        id=key,
        consultation_id=consultation.id,
        child_hash=child,
        child_sealed=sealing.seal(secret, planned.reference),
        held_on=planned.held_on,
        code_hash=keys.hash_code(code_of(key, secret=secret)),
        added_at=now,
    )


def code_of(conference_id: UUID, *, secret: str) -> str:
    """Return what stands in the link before this conference; only `secret` makes it."""
    return keys.code_from(secret, f"conference {conference_id}")


def remove(
    session: Session,
    consultation: Consultation,
    officer: Officer,
    conference_id: UUID,
    *,
    now: datetime,
) -> None:
    """Take a conference off the list, such as one that is not held.

    Raises:
        NotFoundError: if there is none with this id in the consultation.
    """
    session.delete(get(session, consultation, conference_id))
    session.flush()
    audit.record(session, officer, "conference removed", conference_id, now=now)


def get_by_code(session: Session, code: str, *, now: datetime) -> tuple[Conference, Consultation]:
    """Return the conference whose link this is, and the consultation that has opened for it.

    Raises:
        NotFoundError: if there is none, or it has not opened.
    """
    found = _find_by_code(session, code)
    consultation = session.get(Consultation, found.consultation_id) if found else None
    if found is None or consultation is None or not consultation.has_begun(now):
        raise NotFoundError("conference")
    return found, consultation


def code_in(typed: str) -> str:
    """Return the code of a link before a conference, typed alone or with the whole address."""
    return typed.strip().rstrip("/").rpartition("/")[2]


def has_any(session: Session, consultation: Consultation) -> bool:
    """Return whether conferences are listed here, so that pages ask for the code of a link."""
    found = exists().where(Conference.consultation_id == consultation.id)
    return session.scalar(select(found)) or False


def is_code_of(session: Session, consultation: Consultation, code: str) -> bool:
    """Return whether this is the code of a link before a conference of this consultation."""
    found = _find_by_code(session, code)
    return found is not None and found.consultation_id == consultation.id


def get(session: Session, consultation: Consultation, conference_id: UUID) -> Conference:
    """Return a conference of this consultation.

    Raises:
        NotFoundError: if there is none with this id in it.
    """
    found = session.get(Conference, conference_id)
    if found is None or found.consultation_id != consultation.id:
        raise NotFoundError("conference")
    return found


def note_view(session: Session, code: str, response: Response, *, now: datetime) -> None:
    """Note that the child of this link gave a view on this day; nothing joins it to the words.

    All of it skipped is no view. That they chose not to say, or were not asked and why, is one.
    """
    found = _find_by_code(session, code)
    if found is None or found.consultation_id != response.consultation_id:
        return
    if response.submitted_at is None or not responses.says_something(response):
        return
    keep_view(session, found, HeardBy.LINK, in_london(now).date())


def keep_view(session: Session, conference: Conference, heard_by: HeardBy, day: date) -> None:
    """Keep that the child of a conference was heard in this way on this day, once."""
    view = {
        "consultation_id": conference.consultation_id,
        "child_hash": conference.child_hash,
        "given_on": day,
        "heard_by": heard_by,
    }
    if session.scalars(select(ChildView).filter_by(**view).limit(1)).first() is None:
        session.add(ChildView(**view))
        session.flush()


def list_conferences(
    session: Session, consultation: Consultation, *, secret: str, now: datetime
) -> list[Line]:
    """Return the conferences to come, and those of the last three months, the next one first.

    Those who must not be asked are said so, whatever their window.
    """
    today = in_london(now).date()
    rows = session.scalars(
        select(Conference)
        .where(
            Conference.consultation_id == consultation.id,
            Conference.held_on >= today - LISTED_FOR,
        )
        .order_by(Conference.held_on, Conference.id)
    ).all()
    named = {each.id: sealing.unseal(secret, each.child_sealed) or "unknown" for each in rows}
    silent = suppressions.suppressed_among(session, set(named.values()), secret=secret)
    views = _views(session, consultation)
    return [
        _line(each, named[each.id], views.get(each.child_hash, []), today=today, silent=silent)
        for each in rows
    ]


def _line(
    row: Conference,
    reference: str,
    views: list[tuple[HeardBy, date]],
    *,
    today: date,
    silent: set[str],
) -> Line:
    opens_on = row.held_on - WINDOW
    ways = {way for way, day in views if opens_on <= day <= row.held_on}
    if reference in silent:
        standing = Standing.NOT_TO_BE_ASKED
    elif ways:
        standing = Standing.HEARD
    else:
        standing = Standing.MISSING if opens_on <= today else Standing.NOT_YET
    return Line(
        id=row.id,
        reference=reference,
        held_on=row.held_on,
        opens_on=opens_on,
        days_left=(row.held_on - today).days,
        standing=standing,
        heard_by=tuple(way for way in HeardBy if way in ways),
    )


def _views(session: Session, consultation: Consultation) -> dict[str, list[tuple[HeardBy, date]]]:
    """Return how and on what day each child was heard, by the child's hash."""
    found = select(ChildView).where(ChildView.consultation_id == consultation.id)
    given: dict[str, list[tuple[HeardBy, date]]] = {}
    for view in session.scalars(found):
        given.setdefault(view.child_hash, []).append((view.heard_by, view.given_on))
    return given


def _find_by_code(session: Session, code: str) -> Conference | None:
    return session.scalar(select(Conference).where(Conference.code_hash == keys.hash_code(code)))


def _hash(secret: str, reference: str) -> str:
    return keys.keyed_hash(secret, "child", suppressions.plain(reference))
