"""A planned reminder that goes by chat, for an invitee who asked in the chat to be written to."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.writing_first import ON_THE_DAY, About
from voice.config import Settings
from voice.models import Chat, ChatWish, Delivery, Invitee, Reminder, TimerOutcome
from voice.services import chat_invitations, deliveries, timer_guards, timer_words


def send_each(
    session: Session, settings: Settings, due: Sequence[tuple[Reminder, Invitee]], *, now: datetime
) -> dict[str, bool]:
    """Return the references of those who asked for it in the chat, and whether theirs went.

    None goes to somebody who moved on, must not be asked, or had enough of ours. Nobody gets it by
    e-mail as well.
    """
    asked = {invitee.consultation_id for _, invitee in due}
    chats = chat_invitations.chats_by_invitee(session, settings, asked)
    found: dict[str, bool] = {}
    for reminder, invitee in due:
        chat = chats.get(invitee.id)
        wish = _wish_in(session, chat) if chat is not None else None
        if chat is not None and wish is not None:
            why_not = _why_not(session, settings, chat, invitee, now=now)
            may_from = timer_guards.may_write_from(session, chat, About.FINISHING, now=now)
            found[reminder.reference] = why_not is None and may_from == now
            if found[reminder.reference]:
                _write(session, settings, chat, reminder, now=now)
    return found


def why_not_now(
    session: Session, settings: Settings, delivery: Delivery, *, now: datetime
) -> TimerOutcome | None:
    """Return why a reminder that was written must not leave any more, or None if it may."""
    _, key, _ = delivery.reference.split(":")
    reminder = session.get(Reminder, UUID(key))
    invitee = session.get(Invitee, reminder.invitee_id) if reminder is not None else None
    if invitee is None:
        return TimerOutcome.CALLED_OFF
    chat = session.scalar(
        select(Chat).where(
            Chat.participant_id == delivery.participant_id,
            Chat.consultation_id == invitee.consultation_id,
            Chat.ended_at.is_(None),
        )
    )
    if chat is None:
        return TimerOutcome.MOVED_ON
    return _why_not(session, settings, chat, invitee, now=now)


def _why_not(
    session: Session, settings: Settings, chat: Chat, invitee: Invitee, *, now: datetime
) -> TimerOutcome | None:
    wish = _wish_in(session, chat)
    if wish is None:
        return TimerOutcome.NO_MORE
    if not chat.consultation.is_open(now):
        return TimerOutcome.CLOSED
    if not timer_guards.is_at_rest(chat, wish.step):
        return TimerOutcome.MOVED_ON
    return timer_guards.why_not_to(session, settings, chat, invitee)


def _wish_in(session: Session, chat: Chat) -> ChatWish | None:
    """Return the wish to be written to here, of somebody who still can be."""
    wish = session.get(ChatWish, (chat.id, About.FINISHING.value))
    is_wanted = wish is not None and wish.wanted
    return wish if is_wanted and timer_guards.can_be_reached(chat.participant) else None


def _write(
    session: Session, settings: Settings, chat: Chat, reminder: Reminder, *, now: datetime
) -> None:
    deliveries.queue_for_one(
        session,
        chat.participant,
        timer_words.to_finish(chat, ON_THE_DAY),
        reference=reminder.chat_reference,
        now=now,
        hours=settings.council.message_hours,
    )
