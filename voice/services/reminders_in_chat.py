"""A planned reminder that goes by chat, for an invitee who asked in the chat to be written to."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from surveys.writing_first import ON_THE_DAY, About
from voice.config import Settings
from voice.models import Chat, ChatWish, Invitee, Reminder
from voice.services import chat_invitations, deliveries, timer_guards, timer_words


def send_each(
    session: Session, settings: Settings, due: Sequence[tuple[Reminder, Invitee]], *, now: datetime
) -> dict[str, bool]:
    """Return the references of those who asked for it in the chat, and whether theirs went.

    None goes to somebody who moved on, or must not be asked. Nobody gets it by e-mail as well.
    """
    asked = {invitee.consultation_id for _, invitee in due}
    chats = chat_invitations.chats_by_invitee(session, settings, asked)
    found: dict[str, bool] = {}
    for reminder, invitee in due:
        chat = chats.get(invitee.id)
        wish = _wish_in(session, chat) if chat is not None else None
        if chat is not None and wish is not None:
            why_not = timer_guards.why_not_to(session, settings, chat, invitee)
            is_there = timer_guards.is_at_rest(chat, wish.step) and chat.consultation.is_open(now)
            found[reminder.reference] = is_there and why_not is None
            if found[reminder.reference]:
                _write(session, settings, chat, reminder, now=now)
    return found


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
        reference=f"{reminder.reference}:chat",
        now=now,
        hours=settings.council.message_hours,
    )
