"""Reminders by e-mail to those asked by name who owe a reply: planned, called off, sent when due.

Nobody gets more than `MOST_REMINDERS`, none leaves in quiet hours, and whoever has no e-mail
address gets a letter by hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice.clock import moment_in_words
from voice.config import Settings
from voice.errors import ConsultationClosedError
from voice.models import Channel, Consultation, Delivery, DeliveryStatus, Invitee, Officer, Reminder
from voice.services import audit, invitees, mail, reminders_in_chat, suppressions
from voice.services.quiet_hours import next_polite

MOST_REMINDERS = 2
PAUSE = timedelta(minutes=30)  # in which an officer may think again


class Left(StrEnum):
    """Why somebody who owes a reply gets no e-mail."""

    NO_ADDRESS = "has no e-mail address here: send a letter"
    NOT_TO_BE_ASKED = "is on the list of those not to be asked"
    ENOUGH = "was reminded twice"
    WAITS = "has a reminder already that waits to leave"


@dataclass(frozen=True, slots=True)
class Plan:
    """Who would get a reminder by e-mail now, and who not, each by name, with the reason."""

    going: tuple[Invitee, ...]
    left: tuple[tuple[Invitee, Left], ...]
    leaves_at: datetime


@dataclass(frozen=True, slots=True)
class MailBatch:
    """The e-mails of one press: how many wait, have left, or came to an address that took none."""

    press_key: str
    made_at: datetime
    due_at: datetime
    waiting: int
    sent: int
    refused: int
    is_on_its_way: bool  # in the outbox: what waits, waits for the mail server


def sends_mail(settings: Settings) -> bool:
    """Return whether reminders can leave by e-mail, with a link that leads here."""
    return bool(settings.mail_server and settings.council.address)


def plan(
    session: Session, settings: Settings, consultation: Consultation, *, now: datetime
) -> Plan:
    """Return who would be reminded by e-mail and when it would leave; nothing is written down."""
    owing = [each for each in invitees.list_invitees(session, consultation) if each.is_waited_for]
    words = {word for each in owing for word in (each.name, each.reach)}
    silent = suppressions.suppressed_among(session, words, secret=settings.secret_key)
    states = _states(session, owing)
    reasons = [(each, _why_not(each, silent, states)) for each in owing]
    return Plan(
        going=tuple(each for each, reason in reasons if reason is None),
        left=tuple((each, reason) for each, reason in reasons if reason is not None),
        leaves_at=next_polite(now + PAUSE, settings.council.message_hours),
    )


def _why_not(invitee: Invitee, silent: set[str], states: dict[str, DeliveryStatus]) -> Left | None:
    if {invitee.name, invitee.reach} & silent:
        return Left.NOT_TO_BE_ASKED
    if not mail.is_address(invitee.reach):
        return Left.NO_ADDRESS
    if any(_waits(one, states) for one in _by_mail(invitee)):
        return Left.WAITS
    return Left.ENOUGH if len(invitee.reminders) >= MOST_REMINDERS else None


def confirm(
    session: Session,
    settings: Settings,
    consultation: Consultation,
    officer: Officer,
    *,
    press_key: str,
    now: datetime,
) -> int:
    """Let the planned reminders leave when they are due; return how many. One press, once.

    Raises:
        ConsultationClosedError: if a reply could not be given any more.
    """
    if not consultation.is_open(now):
        raise ConsultationClosedError(consultation.slug)
    listed = invitees.list_invitees(session, consultation)
    made = [one for each in listed for one in each.reminders if one.press_key == press_key]
    if made:
        return len(made)
    planned = plan(session, settings, consultation, now=now)
    for each in planned.going:
        reminder = Reminder(press_key=press_key, made_at=now, by_mail=True)
        reminder.due_at = planned.leaves_at
        each.reminders.append(reminder)
    session.flush()
    audit.record(session, officer, "reminders by e-mail confirmed", consultation.id, now=now)
    return len(planned.going)


def call_off(
    session: Session, consultation: Consultation, officer: Officer, press_key: str, *, now: datetime
) -> int:
    """Stop what has not left of one press, in the outbox too; return how many were stopped."""
    listed = invitees.list_invitees(session, consultation)
    states = _states(session, listed)
    stopped = 0
    for each in listed:
        for one in _by_mail(each):
            if one.press_key == press_key and _waits(one, states):
                mail.withdraw(session, one.reference)
                mail.withdraw(session, one.chat_reference)
                each.reminders.remove(one)
                stopped += 1
    session.flush()
    audit.record(session, officer, "reminders by e-mail called off", consultation.id, now=now)
    return stopped


def send_due(session: Session, settings: Settings, *, now: datetime) -> int:
    """Put the reminders that are due into the outbox; return how many went.

    Whoever has replied meanwhile, or cannot any more, gets none, also of those that wait there.
    Whoever asked in a chat to be written to gets it there instead.
    Outside polite hours none goes.
    """
    _withdraw_stale(session, now=now)
    is_polite = next_polite(now, settings.council.message_hours) == now
    if not is_polite:
        return 0
    due = select(Reminder, Invitee).join(Invitee, Reminder.invitee_id == Invitee.id)
    due = due.where(Reminder.by_mail, Reminder.sent_at.is_(None), Reminder.due_at <= now)
    letters: dict[str, mail.Letter] = {}
    found: list[Reminder] = []
    rows = session.execute(due).all()
    words = {word for _, each in rows for word in (each.name, each.reach)}
    silent = suppressions.suppressed_among(session, words, secret=settings.secret_key)
    in_chat = reminders_in_chat.send_each(session, settings, rows, now=now)
    if not sends_mail(settings):
        rows = [each for each in rows if each[0].reference in in_chat]  # the others wait
    for reminder, invitee in rows:
        consultation = session.get_one(Consultation, invitee.consultation_id)
        found.append(reminder)
        is_to_be_asked = not {invitee.name, invitee.reach} & silent
        if reminder.reference in in_chat:
            continue  # they asked for it there, so never by e-mail as well
        if is_to_be_asked and invitee.is_waited_for and consultation.is_open(now):
            letters[reminder.reference] = letter_to(settings, consultation, invitee)
    going = mail.queue_letters(session, settings, letters, now=now, can_wait=True)
    going |= {reference for reference, went in in_chat.items() if went}
    for reminder in found:
        if reminder.reference in going:
            reminder.sent_at = now
        else:
            session.delete(reminder)
    session.flush()
    return len(going)


def letter_to(settings: Settings, consultation: Consultation, invitee: Invitee) -> mail.Letter:
    """Return the reminder as it is sent, with the link that is this person's own."""
    base = settings.council.address.rstrip("/")
    code = invitees.code_of(invitee, secret=settings.secret_key)
    return mail.Letter(
        invitee.reach,
        f"A reminder: {consultation.title}",
        write(settings, consultation, invitee.name, f"{base}/invited/{code}"),
    )


def write(settings: Settings, consultation: Consultation, name: str, link: str) -> str:
    """Return the words of a reminder."""
    return (
        f"Dear {name},\n\nWe asked what you think: {consultation.title}. We have no reply from you "
        f"yet.\nYou have until {moment_in_words(consultation.closes_at)}. Please reply here:\n\n"
        f"{link}\n\nThe link is yours alone. If you do not want to reply, you can say so there, "
        f"and we will not remind you.\n\n{settings.council.name}\n"
    )


def list_batches(session: Session, listed: Sequence[Invitee]) -> list[MailBatch]:
    """Return what was sent or will be by e-mail, oldest first, a press at a time."""
    states = _states(session, listed)
    presses: dict[tuple[datetime, str], list[Reminder]] = {}
    for each in listed:
        for one in _by_mail(each):
            presses.setdefault((one.made_at, one.press_key), []).append(one)
    return [
        _batch(key, moment, made, states)
        for (moment, key), made in sorted(presses.items(), key=lambda each: each[0])
    ]


def _batch(
    key: str, moment: datetime, made: list[Reminder], states: dict[str, DeliveryStatus]
) -> MailBatch:
    waiting = sum(_waits(one, states) for one in made)
    refused = sum(states.get(one.reference) is DeliveryStatus.REFUSED for one in made)
    due_at = min(one.due_at or moment for one in made)
    return MailBatch(
        key,
        moment,
        due_at,
        waiting=waiting,
        sent=len(made) - waiting - refused,
        refused=refused,
        is_on_its_way=any(one.sent_at is not None for one in made),
    )


def _by_mail(invitee: Invitee) -> list[Reminder]:
    return [one for one in invitee.reminders if one.by_mail]


def _waits(reminder: Reminder, states: dict[str, DeliveryStatus]) -> bool:
    is_queued = states.get(reminder.reference) is DeliveryStatus.WAITING
    is_queued |= states.get(reminder.chat_reference) is DeliveryStatus.WAITING
    return reminder.sent_at is None or is_queued


def _states(session: Session, listed: Sequence[Invitee]) -> dict[str, DeliveryStatus]:
    """Return how each stands in the outbox; it remembers a sent one for a month."""
    made = [one for each in listed for one in _by_mail(each)]
    references = [name for one in made for name in (one.reference, one.chat_reference)]
    found = select(Delivery.reference, Delivery.status).where(Delivery.reference.in_(references))
    return {reference: status for reference, status in session.execute(found)}


def _withdraw_stale(session: Session, *, now: datetime) -> None:
    """Send no more what waits for a mail server, where a reply came or can come no more."""
    waiting = select(Delivery.reference).where(
        Delivery.channel == Channel.EMAIL,
        Delivery.status == DeliveryStatus.WAITING,
        Delivery.reference.startswith("invitee-reminder:"),
    )
    references = set(session.scalars(waiting))
    if not references:
        return
    sent = select(Reminder, Invitee).join(Invitee, Reminder.invitee_id == Invitee.id)
    for reminder, invitee in session.execute(sent.where(Reminder.sent_at.is_not(None))).all():
        consultation = session.get_one(Consultation, invitee.consultation_id)
        is_wanted = invitee.is_waited_for and consultation.is_open(now)
        is_waiting = reminder.reference in references
        if is_waiting and not is_wanted and mail.withdraw(session, reminder.reference):
            session.delete(reminder)
