"""Reminders in a chat, for whoever stopped and asked for one: rows that fire when they are due.

One that fires after the person moved on does nothing. At most two, and none in quiet hours.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from surveys.reminding import reminder
from surveys.talking import said_in
from surveys.turns import Message, Stage
from surveys.writing_first import About
from voice.config import Settings
from voice.models import Chat, ChatReminder, Participant, TimerOutcome
from voice.services import deliveries, timer_guards
from voice.services.chat_surveys import state_of, survey_in
from voice.services.quiet_hours import next_polite

MOST_REMINDERS = 2
FIRST_AFTER, NEXT_AFTER = timedelta(days=1), timedelta(days=3)


def ask(session: Session, chat: Chat, *, wanted: bool, now: datetime) -> None:
    """Write down that somebody wants to be reminded of this step, or does not any more.

    What was sent before counts: nobody gets more than two, however often they ask.
    """
    row = session.get(ChatReminder, chat.id)
    if row is None and wanted:
        row = ChatReminder(chat_id=chat.id, step=0, fired=0)
        session.add(row)
    if row is not None:
        may_fire = wanted and row.fired < MOST_REMINDERS
        row.step = chat.state["step"]
        row.due_at = now + FIRST_AFTER if may_fire else None
    session.flush()


def forget(session: Session, chat: Chat) -> None:
    """Delete the reminder of a chat."""
    session.execute(delete(ChatReminder).where(ChatReminder.chat_id == chat.id))


def call_off(session: Session, participant: Participant) -> None:
    """Let no reminder go to somebody who wants no more messages."""
    theirs = select(Chat.id).where(Chat.participant_id == participant.id)
    session.execute(
        update(ChatReminder).where(ChatReminder.chat_id.in_(theirs)).values(due_at=None)
    )


def send_due(session: Session, settings: Settings, *, now: datetime) -> int:
    """Send the reminders that are due, if anybody still waits for them; return how many."""
    hours = settings.council.message_hours
    if next_polite(now, hours) != now:
        return 0
    due = select(ChatReminder).where(ChatReminder.due_at <= now).with_for_update(skip_locked=True)
    return sum(_fire(session, row, hours, now=now) for row in session.scalars(due).all())


def _fire(session: Session, row: ChatReminder, hours: tuple[int, int], *, now: datetime) -> bool:
    chat = session.get_one(Chat, row.chat_id)
    may_from = timer_guards.may_write_from(session, chat, About.FINISHING, now=now)
    if may_from is None or not _still_waits(chat, row, now=now):
        row.due_at = None
        return False
    if may_from > now:
        row.due_at = next_polite(may_from, hours)
        return False
    row.fired += 1
    is_last = row.fired >= MOST_REMINDERS
    row.due_at = None if is_last else next_polite(now + NEXT_AFTER, hours)
    deliveries.queue_for_one(
        session,
        chat.participant,
        _words(chat),
        reference=f"reminder:{chat.id}:{row.fired}",
        now=now,
        hours=hours,
    )
    return True


def _still_waits(chat: Chat, row: ChatReminder, *, now: datetime) -> bool:
    state, person = chat.state, chat.participant
    is_there = state["stage"] == Stage.STOPPED.value and state["step"] == row.step
    can_be_reached = person.blocked_at is None and person.address_sealed is not None
    return (
        is_there
        and can_be_reached
        and chat.ended_at is None
        and person.current_chat_id == chat.id
        and chat.consultation.is_open(now)
    )


def why_not_now(session: Session, reference: str, *, now: datetime) -> TimerOutcome | None:
    """Return why a reminder that was written must not leave any more, or None if it may."""
    row = session.get(ChatReminder, UUID(reference.split(":")[1]))
    is_there = row is not None and _still_waits(session.get_one(Chat, row.chat_id), row, now=now)
    return None if is_there else TimerOutcome.MOVED_ON


def _words(chat: Chat) -> Message:
    return said_in(survey_in(chat), reminder(state_of(chat)))
