"""Invitees: who was asked by name, whether a reply came, and reminders for those who owe one.

What somebody answered stays apart from their name, unless the consultation asks for named replies.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session, selectinload

from voice.clock import in_london
from voice.errors import ConsultationClosedError, NotFoundError
from voice.models import Consultation, Invitee, NamedReply, Officer, Reminder, Response
from voice.services import audit, keys, mail
from voice.services.pasted import read_cells
from voice.services.pasted_dates import read_dates

MAX_INVITEES = 2000
MAX_NAME_CHARS = 200
_HEADINGS = frozenset({"name", "names", "member", "reference"})


class Standing(StrEnum):
    """What is known of one invitee."""

    REPLIED = "replied"
    DECLINED = "declined"
    WAITED_FOR = "not_replied"


@dataclass(frozen=True, slots=True)
class Person:
    """One line of a list that an officer brings: a name or reference, and how to reach them."""

    name: str
    reach: str = ""
    review_on: date | None = None
    happened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """The reminders of one press: when they were made, and for whom."""

    number: int
    made_at: datetime
    invitees: tuple[Invitee, ...]


@dataclass(frozen=True, slots=True)
class DayOfReturns:
    """How many replies came on a day, and how many had come by its end, of all who were asked."""

    day: date
    came: int
    so_far: int
    asked: int


def read_people(text: str) -> list[Person]:
    """Return the people in lines pasted from a spreadsheet or a CSV file: a name, then a reach.

    A day among the rest is that of their review, and a day with a time is when something happened
    to them, from which 72 hours count. A line of headings is passed over, and so is a line that
    says the same as one before.

    Raises:
        WrongDateError: if a date in a line is none; its message is the number of the line.
        ValueError: if a line has no name or is too long (its message is the number of the line),
            or there are no people (0).
    """
    lines = [line.strip() for line in text.lstrip("\ufeff").splitlines()]
    found: dict[Person, None] = {}
    for number, line in enumerate(lines, start=1):
        if not line:
            continue
        cells = read_cells(line, number)
        name, rest, dates = cells[0].strip(), *read_dates(cells[1:], number)
        reach = ", ".join(each.strip() for each in rest if each)
        if number == 1 and name.casefold() in _HEADINGS:
            continue
        if not name or max(len(name), len(reach)) > MAX_NAME_CHARS:
            raise ValueError(number)
        found[Person(name, reach, *dates)] = None
    if not found:
        raise ValueError(0)
    return list(found)


def add_people(
    session: Session,
    consultation: Consultation,
    officer: Officer,
    people: Sequence[Person],
    *,
    secret: str,
    now: datetime,
) -> int:
    """Put people on the list and return how many were new; whoever is on it stays as they are.

    Only a date of theirs that is said anew takes the place of the one before.

    Raises:
        ValueError: if the list would hold more than `MAX_INVITEES`.
    """
    listed = list_invitees(session, consultation)
    known = {(each.name, each.reach): each for each in listed}
    new = [each for each in people if (each.name, each.reach) not in known]
    if len(listed) + len(new) > MAX_INVITEES:
        raise ValueError(MAX_INVITEES)
    for each in people:
        if (before := known.get((each.name, each.reach))) is not None:
            before.review_on = each.review_on or before.review_on
            before.happened_at = each.happened_at or before.happened_at
    session.add_all(new_invitee(consultation, each, secret=secret, now=now) for each in new)
    session.flush()
    audit.record(session, officer, "invitees added", consultation.id, now=now)
    return len(new)


def new_invitee(
    consultation: Consultation, person: Person, *, secret: str, now: datetime, course: str = ""
) -> Invitee:
    """Return somebody to be put on the list, with a link of their own and their course, if any."""
    key = uuid4()
    return Invitee(
        id=key,
        consultation_id=consultation.id,
        name=person.name,
        reach=person.reach,
        code_hash=keys.hash_code(_code(secret, key)),
        added_at=now,
        wave=course,
        review_on=person.review_on,
        happened_at=person.happened_at,
    )


def ask_by_name(session: Session, consultation: Consultation, *, named: bool) -> None:
    """Say whether replies stand under names. Only before anybody is on the list, who was told.

    Raises:
        ValueError: if somebody is on the list and it would change.
    """
    if consultation.named_replies == named:
        return
    if list_invitees(session, consultation):
        raise ValueError("named replies are chosen with the first list")
    consultation.named_replies = named


def code_of(invitee: Invitee, *, secret: str) -> str:
    """Return what stands in this invitee's own link; nobody can make it without `secret`."""
    return _code(secret, invitee.id)


def _code(secret: str, key: UUID) -> str:
    return keys.code_from(secret, f"invitee {key}")


def list_invitees(session: Session, consultation: Consultation) -> Sequence[Invitee]:
    """Return everybody on the list, by name."""
    found = select(Invitee).where(Invitee.consultation_id == consultation.id)
    found = found.options(selectinload(Invitee.reminders))
    return session.scalars(found.order_by(Invitee.name, Invitee.id)).all()


def standing_of(invitee: Invitee) -> Standing:
    """Return what is known of this invitee; a reply counts before a refusal."""
    if invitee.replied_on is not None:
        return Standing.REPLIED
    return Standing.WAITED_FOR if invitee.is_waited_for else Standing.DECLINED


def find_by_code(session: Session, code: str) -> Invitee | None:
    """Return the invitee whose link this is, however it was typed, or None."""
    return session.scalar(select(Invitee).where(Invitee.code_hash == keys.hash_code(code)))


def get_by_code(session: Session, code: str, *, now: datetime) -> tuple[Invitee, Consultation]:
    """Return the invitee whose link this is, and the consultation that has opened for them.

    Raises:
        NotFoundError: if there is none, or it has not opened.
    """
    invitee = find_by_code(session, code)
    consultation = session.get(Consultation, invitee.consultation_id) if invitee else None
    if invitee is None or consultation is None or not consultation.has_begun(now):
        raise NotFoundError("invitee")
    return invitee, consultation


def decline(invitee: Invitee, *, now: datetime) -> None:
    """Note that this person does not want to reply, so that nobody reminds them."""
    if invitee.is_waited_for:
        invitee.declined_on = in_london(now).date()
        _remind_no_more(invitee)


def note_reply(
    session: Session, code: str, response: Response, *, now: datetime, with_name: bool = True
) -> None:
    """Note that a reply came by this code, once it is sent in; whose it was only if named.

    Nor is it named without `with_name`: whoever did not read that it would be.
    The reply is counted with the course that they were asked after, whatever link they used before.
    Nothing changes if the code is nobody's here, or a reply of theirs is in already.
    """
    invitee = find_by_code(session, code)
    if invitee is None or invitee.consultation_id != response.consultation_id:
        return
    if response.submitted_at is None or invitee.replied_on is not None:
        return
    invitee.replied_on = in_london(now).date()
    response.wave = invitee.wave or response.wave
    _remind_no_more(invitee)
    if response.consultation.named_replies and with_name:
        session.add(NamedReply(invitee_id=invitee.id, response_id=response.id))


def _remind_no_more(invitee: Invitee) -> None:
    """Send no reminder that waits in the outbox; one that is only planned is dropped when due."""
    session = object_session(invitee)
    for reminder in tuple(invitee.reminders):
        waiting = (reminder.reference, reminder.chat_reference)
        if session is not None and any(mail.withdraw(session, each) for each in waiting):
            invitee.reminders.remove(reminder)


def references_by_invitee(session: Session, consultation: Consultation) -> dict[UUID, str]:
    """Return the references of the named replies; empty where replies are not named."""
    found = select(NamedReply.invitee_id, Response.reference).join(
        Response, NamedReply.response_id == Response.id
    )
    found = found.where(Response.consultation_id == consultation.id)
    return {key: reference for key, reference in session.execute(found)}


def change_standing(
    session: Session,
    invitee: Invitee,
    officer: Officer,
    standing: Standing | None,
    *,
    now: datetime,
) -> None:
    """Write down what somebody told the council another way; None takes them off the list."""
    if standing is not Standing.WAITED_FOR:
        _remind_no_more(invitee)
    if standing is None:
        session.delete(invitee)
    else:
        today = in_london(now).date()
        invitee.replied_on = today if standing is Standing.REPLIED else None
        invitee.declined_on = today if standing is Standing.DECLINED else None
    session.flush()
    audit.record(session, officer, "invitee changed", invitee.id, now=now)


def make_reminders(
    session: Session,
    consultation: Consultation,
    officer: Officer,
    *,
    press_key: str,
    now: datetime,
    but_by_mail: bool = False,
) -> int:
    """Make a reminder for each who neither replied nor declined, and return how many there are.

    The same press makes them once. Nothing is sent from here: an officer sends them. With
    `but_by_mail` only for those without an e-mail address, for the others get an e-mail.

    Raises:
        ConsultationClosedError: if a reply could not be given any more.
    """
    if not consultation.is_open(now):
        raise ConsultationClosedError(consultation.slug)
    listed = list_invitees(session, consultation)
    made = [each for each in listed for one in each.reminders if one.press_key == press_key]
    if made:
        return len(made)
    waited_for = list_by_hand(listed, but_by_mail=but_by_mail)
    for invitee in waited_for:
        invitee.reminders.append(Reminder(press_key=press_key, made_at=now))
    session.flush()
    audit.record(session, officer, "reminders made", consultation.id, now=now)
    return len(waited_for)


def list_by_hand(invitees: Sequence[Invitee], *, but_by_mail: bool) -> list[Invitee]:
    """Return those who owe a reply and get a letter by hand."""
    return [
        each
        for each in invitees
        if each.is_waited_for and not (but_by_mail and mail.is_address(each.reach))
    ]


def list_batches(invitees: Sequence[Invitee]) -> list[Batch]:
    """Return the letters by hand made so far, oldest first, each time with its people."""
    made: dict[tuple[datetime, str], list[Invitee]] = {}
    for invitee in invitees:
        for reminder in (one for one in invitee.reminders if not one.by_mail):
            made.setdefault((reminder.made_at, reminder.press_key), []).append(invitee)
    return [
        Batch(number, moment, tuple(people))
        for number, ((moment, _), people) in enumerate(
            sorted(made.items(), key=lambda each: each[0]), start=1
        )
    ]


def returns_by_day(invitees: Sequence[Invitee]) -> list[DayOfReturns]:
    """Return the replies of each day on which one came, with how many had come by then (H7)."""
    days = sorted(each.replied_on for each in invitees if each.replied_on is not None)
    return [
        DayOfReturns(day, days.count(day), sum(each <= day for each in days), len(invitees))
        for day in dict.fromkeys(days)
    ]
