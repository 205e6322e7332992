"""Timers that still wait for one person: whether there are any, and how all of them are ended."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from voice.models import (
    Chat,
    ChatInvitation,
    ChatTimer,
    ChatWish,
    Delivery,
    DeliveryStatus,
    Participant,
    TimerOutcome,
)

WRITTEN_BY = "timer:"  # how the references of what timers write begin


def waits_for(session: Session, participant: Participant) -> bool:
    """Return whether they are still to be written to, as they asked."""
    found = select(ChatTimer.id).where(
        ChatTimer.chat_id.in_(_chats(participant)), ChatTimer.fired_at.is_(None)
    )
    return session.scalar(found.limit(1)) is not None


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


def withdraw(session: Session, participant: Participant, *, why: TimerOutcome) -> None:
    """Send no more what a timer has written and no sender has taken yet."""
    waiting = select(Delivery).where(
        Delivery.participant_id == participant.id,
        Delivery.status == DeliveryStatus.WAITING,
        Delivery.leased_until.is_(None),
        Delivery.reference.startswith(WRITTEN_BY),
    )
    for each in session.scalars(waiting.with_for_update(skip_locked=True)).all():
        timer = session.get(ChatTimer, UUID(each.reference.removeprefix(WRITTEN_BY)))
        if timer is not None:
            timer.outcome = why
        session.delete(each)
    session.flush()


def forget(session: Session, chat: Chat, *, now: datetime) -> None:
    """Delete what a chat has of timers, of wishes and of the invitation it began with.

    No other chat of this person's is written to either.
    """
    call_off(session, chat.participant, now=now)
    for table in (ChatTimer, ChatWish, ChatInvitation):
        session.execute(delete(table).where(table.chat_id == chat.id))


def _chats(participant: Participant) -> Select[UUID]:
    return select(Chat.id).where(Chat.participant_id == participant.id)
