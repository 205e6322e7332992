"""Timers of chats: a row for each message that was asked for, which looks again when it fires.

One that fires after the person moved on, answered or wants no more does nothing, and says why.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from voice.config import Settings
from voice.logs import Seldom
from voice.models import Chat, ChatSchedule, ChatTimer, Invitee, Participant, TimerOutcome
from voice.services import (
    chat_invitations,
    deliveries,
    timer_guards,
    timer_layout,
    timer_words,
)
from voice.services.quiet_hours import next_polite
from voice.services.timer_guards import Firing
from voice.services.timers_waiting import WRITTEN_BY

logger = logging.getLogger(__name__)
_failing = Seldom()  # one that fails is tried again each minute
_LATE = timedelta(hours=1)

AT_ONCE = 10  # people in one transaction, so that nobody waits long to write


def list_due(session: Session, settings: Settings, *, now: datetime) -> list[UUID]:
    """Return the timers whose moment has come; none outside the council's hours."""
    if next_polite(now, settings.council.message_hours) != now:
        return []
    due = select(ChatTimer.id).where(ChatTimer.due_at <= now, ChatTimer.fired_at.is_(None))
    return list(session.scalars(due.order_by(ChatTimer.due_at, ChatTimer.id)))


def count_late(session: Session, settings: Settings, *, now: datetime) -> int:
    """Return how many timers should have fired an hour ago, and could have: they fail."""
    hours = settings.council.message_hours
    if next_polite(now - _LATE, hours) != now - _LATE:
        return 0  # the day has just begun, or nothing leaves now
    late = (ChatTimer.due_at <= now - _LATE) & ChatTimer.fired_at.is_(None)
    return session.scalar(select(func.count()).select_from(ChatTimer).where(late)) or 0


def fire_each(session: Session, settings: Settings, ids: Iterable[UUID], *, now: datetime) -> int:
    """Fire these timers, each once whoever else is at it; return how many wrote a message."""
    return sum(_fire_alone(session, settings, each, now=now) for each in ids)


def _fire_alone(session: Session, settings: Settings, timer_id: UUID, *, now: datetime) -> bool:
    """Fire a timer; one that fails undoes no other, and is tried again at the next look."""
    try:
        with session.begin_nested():
            return _fire(session, settings, timer_id, now=now)
    except Exception as error:  # noqa: BLE001 - whatever it is, the others fire
        name = type(error).__name__
        if _failing.may_say((timer_id, name), now=now):
            logger.error("timer not fired", extra={"error": name})
        return False


def _fire(session: Session, settings: Settings, timer_id: UUID, *, now: datetime) -> bool:
    timer = _claim(session, timer_id)
    if timer is None:
        return False
    invitee = chat_invitations.find_invitee(session, settings, timer.chat)
    if not _is_due(timer, invitee, now=now):
        return False
    firing = Firing(session, settings, timer, invitee, now)
    why = timer_guards.why_not(firing)
    timer.fired_at, timer.outcome = now, why or TimerOutcome.SENT
    if why is None:
        deliveries.queue_for_one(
            session,
            timer.chat.participant,
            timer_words.message_of(firing),
            reference=f"{WRITTEN_BY}{timer.id}",
            now=now,
            hours=settings.council.message_hours,
        )
    session.flush()
    return why is None


def why_not_now(
    session: Session, settings: Settings, reference: str, *, now: datetime
) -> TimerOutcome | None:
    """Return why what this timer wrote must not leave any more, or None if it may."""
    timer = session.get(ChatTimer, UUID(reference.removeprefix(WRITTEN_BY)))
    if timer is None:
        return TimerOutcome.CALLED_OFF
    invitee = chat_invitations.find_invitee(session, settings, timer.chat)
    return timer_guards.why_not_now(Firing(session, settings, timer, invitee, now))


def _is_due(timer: ChatTimer, invitee: Invitee | None, *, now: datetime) -> bool:
    """Return whether its moment has come as the dates stand now; one that moved waits for it."""
    moments = timer_layout.moments_for(timer.schedule, timer.chat, invitee)
    moved = next((each for each in moments if each.part == timer.part), None)
    if moved is not None:
        timer.due_at, timer.until = moved.at, moved.until
    return timer.due_at <= now


def _claim(session: Session, timer_id: UUID) -> ChatTimer | None:
    """Return the timer, with its person locked; None if it has fired, or they write just now.

    A person's turn locks the person first as well, so that neither waits for the other.
    """
    whose = select(Chat.participant_id).join(ChatTimer).where(ChatTimer.id == timer_id)
    if not _lock(session, whose.scalar_subquery()):
        return None
    waiting = select(ChatTimer).where(ChatTimer.id == timer_id, ChatTimer.fired_at.is_(None))
    return session.scalar(
        waiting.options(
            joinedload(ChatTimer.schedule).joinedload(ChatSchedule.consultation),
            joinedload(ChatTimer.chat).joinedload(Chat.participant),
        )
        .with_for_update(of=ChatTimer, skip_locked=True)
        .execution_options(populate_existing=True)
    )


def _lock(session: Session, participant_id: object) -> bool:
    person = select(Participant.id).where(Participant.id == participant_id)
    return session.scalar(person.with_for_update(skip_locked=True)) is not None


def batches(ids: Sequence[UUID]) -> Iterator[tuple[UUID, ...]]:
    """Give `ids` in parts that one transaction may take."""
    for start in range(0, len(ids), AT_ONCE):
        yield tuple(ids[start : start + AT_ONCE])
