"""Timers that still wait for one person: whether there are any, and how all of them are ended."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, bindparam, delete, or_, select, update
from sqlalchemy.orm import Session

from surveys.writing_first import About
from voice.models import (
    Chat,
    ChatInvitation,
    ChatSchedule,
    ChatTimer,
    ChatWish,
    Delivery,
    DeliveryKind,
    DeliveryStatus,
    Participant,
    Reminder,
    TimerOutcome,
)
from voice.services.straight import Straight, write_changes

WRITTEN_BY = "timer:"  # how the references of what timers write begin
REMINDED_BY = ("reminder:", "invitee-reminder:")  # and of what reminders do
FIRST = (WRITTEN_BY, *REMINDED_BY)
_WAITING = Straight(
    select(ChatTimer.id)
    .join(Chat, Chat.id == ChatTimer.chat_id)
    .where(Chat.participant_id == bindparam("participant"), ChatTimer.fired_at.is_(None))
    .limit(1)
)


def waits_for(session: Session, participant: Participant) -> bool:
    """Return whether they are still to be written to, as they asked."""
    write_changes(session)
    return bool(_WAITING.rows(session, {"participant": participant.id}))


def call_off(
    session: Session,
    participant: Participant,
    *,
    now: datetime,
    why: TimerOutcome = TimerOutcome.NO_MORE,
) -> bool:
    """Let no timer write to somebody who wants no more messages; return whether any might have."""
    withdraw(session, participant, why=why)
    session.execute(
        update(ChatTimer)
        .where(ChatTimer.chat_id.in_(_chats(participant)), ChatTimer.fired_at.is_(None))
        .values(fired_at=now, outcome=why)
    )
    wished = ChatWish.chat_id.in_(_chats(participant)) & ChatWish.wanted.is_(True)
    ended = update(ChatWish).where(wished).values(wanted=False, answered_at=now)
    return bool(session.scalars(ended.returning(ChatWish.chat_id)).all())


def end(session: Session, chat: Chat, *, now: datetime) -> None:
    """Let nothing wait for a chat that is over: its person is asked anew in the one after it."""
    waiting = update(ChatTimer).where(ChatTimer.chat_id == chat.id, ChatTimer.fired_at.is_(None))
    session.execute(waiting.values(fired_at=now, outcome=TimerOutcome.MOVED_ON))


def withdraw(session: Session, participant: Participant, *, why: TimerOutcome) -> None:
    """Send no more what we wrote first to them and no sender has taken yet."""
    begins = or_(*map(Delivery.reference.startswith, FIRST))
    waiting = _waiting().where(Delivery.participant_id == participant.id, begins)
    for each in session.scalars(waiting).all():
        _withdraw(session, each, why)
    session.flush()


def withdraw_plan(session: Session, schedule_id: UUID) -> int:
    """Send no more what one plan has written and no sender has taken; return how many that were."""
    waiting = _waiting().where(Delivery.reference.startswith(WRITTEN_BY))
    theirs = select(ChatTimer.id).where(ChatTimer.schedule_id == schedule_id)
    references = {f"{WRITTEN_BY}{each}" for each in session.scalars(theirs)}
    found = [each for each in session.scalars(waiting).all() if each.reference in references]
    for each in found:
        _withdraw(session, each, TimerOutcome.CALLED_OFF)
    session.flush()
    return len(found)


def _waiting() -> Select[Delivery]:
    """Return a query for what no sender has taken yet, locked."""
    waiting = select(Delivery).where(
        Delivery.kind == DeliveryKind.BROADCAST,
        Delivery.status == DeliveryStatus.WAITING,
        Delivery.leased_until.is_(None),
    )
    return waiting.with_for_update(skip_locked=True)


def _withdraw(session: Session, delivery: Delivery, why: TimerOutcome) -> None:
    note_not_sent(session, delivery.reference, why)
    session.delete(delivery)


def note_not_sent(session: Session, reference: str, why: TimerOutcome) -> None:
    """Write down that this message of a timer, or planned reminder, was not sent after all."""
    kind, _, named = reference.partition(":")
    match kind:
        case "timer" if (timer := session.get(ChatTimer, UUID(named))) is not None:
            timer.outcome = why
        case "invitee-reminder":
            reminder = session.get(Reminder, UUID(named.removesuffix(":chat")))
            if reminder is not None:
                session.delete(reminder)


def bring_back(session: Session, chat: Chat, about: About, *, now: datetime) -> None:
    """Let timers wait again that were called off by somebody who says yes after all.

    Only those whose moment is still ahead.
    """
    session.flush()
    plans = select(ChatSchedule.id).where(ChatSchedule.about == about.value)
    session.execute(
        update(ChatTimer)
        .where(
            ChatTimer.chat_id == chat.id,
            ChatTimer.schedule_id.in_(plans),
            ChatTimer.outcome.in_((TimerOutcome.NO_MORE, TimerOutcome.UNREACHABLE)),
            ChatTimer.due_at > now,
        )
        .values(fired_at=None, outcome=None)
    )


def forget(session: Session, chat: Chat, *, now: datetime) -> None:
    """Delete what a chat has of timers, of wishes and of the invitation it began with.

    No other chat of this person's is written to either.
    """
    call_off(session, chat.participant, now=now)
    for table in (ChatTimer, ChatWish, ChatInvitation):
        session.execute(delete(table).where(table.chat_id == chat.id))


def _chats(participant: Participant) -> Select[UUID]:
    return select(Chat.id).where(Chat.participant_id == participant.id)
