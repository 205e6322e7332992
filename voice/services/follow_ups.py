"""Follow-ups: three months after a course some who came are asked again, and their managers (E8).

Who is asked is drawn at random, with a seed that is kept, so that anybody can draw it again.
"""

import secrets
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from voice.clock import date_in_words, in_london
from voice.config import Settings
from voice.errors import NotFoundError
from voice.models import Consultation, Delegate, FollowUp, Invitee, Officer
from voice.services import audit, following_letters, invitees, officers, suppressions
from voice.services.invitees import Person
from voice.services.pasted import read_cells

MONTHS_LATER = 3
MAX_DELEGATES = 2000
MAX_CELL_CHARS = 200
MAX_YEARS_AHEAD = 5  # a course that is planned
_HEADINGS = frozenset({"name", "delegate", "names", "delegates"})


@dataclass(frozen=True, slots=True)
class Attended:
    """Somebody who came, and who their line manager is; an empty name: nobody knows."""

    delegate: Person
    manager: Person


@dataclass(frozen=True, slots=True)
class NewFollowUp:
    """What is asked after one course, and of how many; without a name it is called by its day."""

    held_on: date
    sample_size: int
    delegates_asked: Consultation
    managers_asked: Consultation
    attended: Sequence[Attended]
    course: str = ""


@dataclass(frozen=True, slots=True)
class Returns:
    """How many were asked, and how many of them did not return it."""

    asked: int
    missing: int


def read_attended(text: str) -> list[Attended]:
    """Return those who came, from lines pasted from a spreadsheet or a CSV file.

    A line is a name, how to reach them, their line manager, how to reach the manager.

    Raises:
        ValueError: if a line is none (its message is the line's number), or there are none (0).
    """
    found: dict[Attended, None] = {}
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        cells = read_cells(line, number)
        cells = [cell.strip() for cell in cells]
        if not any(cells) or (number == 1 and cells[0].casefold() in _HEADINGS):
            continue
        name, reach, manager, manager_reach = (*cells, "", "", "", "")[:4]
        if not name or max(map(len, cells)) > MAX_CELL_CHARS or any(cells[4:]):
            raise ValueError(number)
        found[Attended(Person(name, reach), Person(manager, manager_reach))] = None
    if not found or len(found) > MAX_DELEGATES:
        raise ValueError(0)
    return list(found)


def three_months_after(day: date) -> date:
    """Return the same day of the month three months later, or that month's last."""
    years, month = divmod(day.month - 1 + MONTHS_LATER, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def plan(
    session: Session,
    consultation: Consultation,
    officer: Officer,
    new: NewFollowUp,
    *,
    press_key: str,
    now: datetime,
) -> FollowUp:
    """Write down whom to ask in three months; the same press writes it once.

    Raises:
        ValueError: if nobody or more than came are to be asked ("size"), or the course is too far
            ahead ("held").
    """
    officers.check_may_change(officer)
    before = session.scalar(select(FollowUp).where(FollowUp.press_key == press_key))
    if before is not None:
        return before
    if not 1 <= new.sample_size <= len(new.attended):
        raise ValueError("size")
    if new.held_on.year > now.year + MAX_YEARS_AHEAD:
        raise ValueError("held")
    follow_up = FollowUp(
        consultation_id=consultation.id,
        delegates_asked_id=new.delegates_asked.id,
        managers_asked_id=new.managers_asked.id,
        held_on=new.held_on,
        wave=new.course or f"Course of {date_in_words(new.held_on)}",
        due_on=three_months_after(new.held_on),
        sample_size=new.sample_size,
        seed=secrets.token_hex(8),
        made_at=now,
        press_key=press_key,
        delegates=[_delegate(place, each) for place, each in enumerate(new.attended, start=1)],
    )
    session.add(follow_up)
    session.flush()
    audit.record(session, officer, "follow-up planned", follow_up.id, now=now)
    return follow_up


def _delegate(place: int, each: Attended) -> Delegate:
    return Delegate(
        place=place,
        name=each.delegate.name,
        reach=each.delegate.reach,
        manager_name=each.manager.name,
        manager_reach=each.manager.reach,
    )


def draw_sample(places: Sequence[int], size: int, *, seed: str) -> list[int]:
    """Return `size` of `places`, in the order of the list, drawn by `seed` alone.

    Those whose SHA-256 of "seed:place" comes first, so that it can be checked with any tool.
    """
    by_chance = sorted(places, key=lambda place: sha256(f"{seed}:{place}".encode()).hexdigest())
    return sorted(by_chance[:size])


def list_due(session: Session, *, now: datetime) -> list[UUID]:
    """Return the follow-ups to draw: their day has come, and both of their surveys are open."""
    waiting = select(FollowUp).where(
        FollowUp.drawn_at.is_(None), FollowUp.due_on <= in_london(now).date()
    )
    found = session.scalars(waiting.order_by(FollowUp.due_on, FollowUp.id)).all()
    return [one.id for one in found if all(each.is_open(now) for each in _asked(session, one))]


def draw(session: Session, settings: Settings, follow_up_id: UUID, *, now: datetime) -> None:
    """Draw and invite for one follow-up, once; in few statements, however many came."""
    waiting = select(FollowUp).where(FollowUp.id == follow_up_id, FollowUp.drawn_at.is_(None))
    follow_up = session.scalar(waiting.with_for_update(skip_locked=True))
    if follow_up is None:
        return
    asked, secret = _asked(session, follow_up), settings.secret_key
    words = {word for each in follow_up.delegates for word in _words(each)}
    silent = suppressions.suppressed_among(session, words, secret=secret)
    askable = {
        each.place: each for each in follow_up.delegates if not {each.name, each.reach} & silent
    }
    sample = draw_sample(list(askable), follow_up.sample_size, seed=follow_up.seed)
    drawn = [askable[place] for place in sample]
    for each in drawn:
        _invite_both(each, asked, silent, secret=secret, now=now, course=follow_up.wave)
    session.flush()
    following_letters.write_to_drawn(session, settings, follow_up, drawn, asked=asked, now=now)
    follow_up.drawn_at = now
    session.flush()
    audit.record(session, None, "follow-up drawn", follow_up.id, now=now)


def _words(delegate: Delegate) -> tuple[str, str, str, str]:
    return delegate.name, delegate.reach, delegate.manager_name, delegate.manager_reach


def _invite_both(
    delegate: Delegate,
    asked: tuple[Consultation, Consultation],
    silent: set[str],
    *,
    secret: str,
    now: datetime,
    course: str,
) -> None:
    to_delegates, to_superiors = asked
    person = Person(delegate.name, delegate.reach)
    delegate.invitee = invitees.new_invitee(
        to_delegates, person, secret=secret, now=now, course=course
    )
    _invite_superior(delegate, to_superiors, silent, secret=secret, now=now, course=course)


def _invite_superior(
    delegate: Delegate,
    asked: Consultation,
    silent: set[str],
    *,
    secret: str,
    now: datetime,
    course: str,
) -> None:
    """Invite the line manager, if one is known and may be asked."""
    name, reach = delegate.manager_name, delegate.manager_reach
    if name and not {name, reach} & silent:
        person = Person(name, reach)
        delegate.manager_invitee = invitees.new_invitee(
            asked, person, secret=secret, now=now, course=course
        )


def replace_superior(
    session: Session,
    settings: Settings,
    delegate: Delegate,
    officer: Officer,
    superior: Person,
    *,
    now: datetime,
) -> None:
    """Let somebody else answer as line manager; the one before is asked no more.

    If the sample is drawn, the new one is invited at once, and the old one's link ends, with the
    letter if it still waits. The same person again, such as by a second press, changes nothing.

    Raises:
        ValueError: if the name is empty or too long ("name"), or the one before has replied
            already ("replied").
    """
    officers.check_may_change(officer)
    if not superior.name.strip() or max(len(superior.name), len(superior.reach)) > MAX_CELL_CHARS:
        raise ValueError("name")
    session.refresh(delegate, with_for_update=True)
    name, reach = superior.name.strip(), superior.reach.strip()
    if (name, reach) == (delegate.manager_name, delegate.manager_reach):
        return
    _ask_no_more(session, delegate)
    delegate.managers_before += 1 if delegate.manager_name else 0
    delegate.manager_name, delegate.manager_reach = name, reach
    if delegate.invitee is not None:
        _invite_in_place(session, settings, delegate, now=now)
    session.flush()
    audit.record(session, officer, "line manager replaced", delegate.id, now=now)


def _invite_in_place(
    session: Session, settings: Settings, delegate: Delegate, *, now: datetime
) -> None:
    """Invite, and write to, a line manager who takes another's place after the draw."""
    follow_up = session.get_one(FollowUp, delegate.follow_up_id)
    _, asked = _asked(session, follow_up)
    secret, course = settings.secret_key, follow_up.wave
    words = {delegate.manager_name, delegate.manager_reach}
    silent = suppressions.suppressed_among(session, words, secret=secret)
    _invite_superior(delegate, asked, silent, secret=secret, now=now, course=course)
    session.flush()
    following_letters.write_to_superior(
        session, settings, follow_up, delegate, asked=asked, now=now
    )


def _ask_no_more(session: Session, delegate: Delegate) -> None:
    """Take back the line manager's invitation, if there is one and no reply came."""
    before = delegate.manager_invitee
    if before is None:
        return
    if before.replied_on is not None:
        raise ValueError("replied")
    delegate.manager_invitee = None
    session.flush()
    following_letters.withdraw(session, before)
    session.delete(before)


def list_follow_ups(session: Session, consultation: Consultation) -> Sequence[FollowUp]:
    """Return the follow-ups of a consultation, the latest course first, with those who came."""
    people = selectinload(FollowUp.delegates)
    found = select(FollowUp).where(FollowUp.consultation_id == consultation.id)
    found = found.options(
        people.options(joinedload(Delegate.invitee), joinedload(Delegate.manager_invitee))
    )
    return session.scalars(found.order_by(FollowUp.held_on.desc(), FollowUp.made_at)).all()


def get_delegate(session: Session, consultation: Consultation, delegate_id: UUID) -> Delegate:
    """Return somebody who came.

    Raises:
        NotFoundError: if there is none with this id in a follow-up of the consultation.
    """
    found = session.get(Delegate, delegate_id)
    follow_up = session.get(FollowUp, found.follow_up_id) if found is not None else None
    if found is None or follow_up is None or follow_up.consultation_id != consultation.id:
        raise NotFoundError("delegate")
    return found


def count_delegates(follow_up: FollowUp) -> Returns:
    """Return how many delegates were drawn, and how many of them did not return it."""
    return _returns([each.invitee for each in follow_up.delegates])


def count_superiors(follow_up: FollowUp) -> Returns:
    """Return how many line managers are asked now, and how many of them did not return it."""
    return _returns([each.manager_invitee for each in follow_up.delegates])


def _returns(asked: Sequence[Invitee | None]) -> Returns:
    there = [each for each in asked if each is not None]
    return Returns(len(there), sum(each.replied_on is None for each in there))


def _asked(session: Session, follow_up: FollowUp) -> tuple[Consultation, Consultation]:
    """Return what delegates are asked, and what managers are."""
    return (
        session.get_one(Consultation, follow_up.delegates_asked_id),
        session.get_one(Consultation, follow_up.managers_asked_id),
    )
