"""What is due by itself: reminders, follow-ups, and forgetting. The worker looks every hour.

What is written to a chat waits no longer than a minute: that look is one statement while there is
nothing to write.

Each part is safe to run twice: what was made before is not made again.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session

from voice.config import Settings
from voice.database import Database
from voice.models import ChatReminder, ChatSchedule, ChatTimer
from voice.services import (
    answer_board,
    chat_reminders,
    chat_timers,
    follow_ups,
    forgetting,
    participants,
    pledges,
    public_questions,
    recommendations,
    reminders,
    timer_layout,
)
from voice.services.quiet_hours import next_polite

logger = logging.getLogger(__name__)

Part = Callable[[Session], object]
_COMMITTED_LATER = timedelta(minutes=2)  # a plan is seen later than it was made


def make_due(session: Session, settings: Settings, *, now: datetime) -> None:
    """Make every reminder whose day has come, and forget what is kept no longer."""
    for part in _parts(session, settings, now=now):
        part(session)


def make_each_due(database: Database, settings: Settings, *, now: datetime) -> None:
    """As `make_due`, each part in a transaction of its own, so that nobody waits long to write.

    A part that fails undoes no other, and is tried again at the next look.
    """
    with database.reading() as session:
        parts = _parts(session, settings, now=now)
    _make_each(database, parts)


def make_chats_due(
    database: Database, settings: Settings, *, since: datetime, now: datetime
) -> datetime:
    """Lay out what was planned for chats from `since` on, and write what is due in them by now.

    In the council's message hours alone. Returns from when on plans are new at the next look.
    """
    if next_polite(now, settings.council.message_hours) != now:
        return since
    with database.reading() as session:
        if not session.scalar(_has_chats_due(since=since - _COMMITTED_LATER, now=now)):
            return now
        parts = _chat_parts(session, settings, now=now)
    _make_each(database, parts)
    return now


def _has_chats_due(*, since: datetime, now: datetime) -> Select[bool]:
    """Return a query for whether a plan is new, or anything for a chat is due."""
    return select(
        or_(
            exists().where(ChatSchedule.made_at >= since, ChatSchedule.called_off_at.is_(None)),
            exists().where(ChatTimer.due_at <= now, ChatTimer.fired_at.is_(None)),
            exists().where(ChatReminder.due_at <= now),
        )
    )


def _make_each(database: Database, parts: Iterable[Part]) -> None:
    for part in parts:
        try:
            with database.writing() as session:
                part(session)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other parts are made
            logger.error("not made due", extra={"error": type(error).__name__})


def _parts(session: Session, settings: Settings, *, now: datetime) -> list[Part]:
    kept = settings.council.kept
    return [
        lambda session: pledges.remind_due(session, settings, now=now),
        lambda session: answer_board.escalate_due(session, settings, now=now),
        lambda session: recommendations.remind_due(session, settings, now=now),
        *(
            partial(follow_ups.draw, settings=settings, follow_up_id=each, now=now)
            for each in follow_ups.list_due(session, now=now)
        ),
        lambda session: reminders.send_due(session, settings, now=now),
        *_chat_parts(session, settings, now=now),
        lambda session: public_questions.sweep(session, now=now, kept=kept),
        lambda session: forgetting.sweep(session, now=now, kept=kept),
        lambda session: participants.sweep_addresses(session, now=now),
    ]


def _chat_parts(session: Session, settings: Settings, *, now: datetime) -> list[Part]:
    return [
        lambda session: chat_reminders.send_due(session, settings, now=now),
        *(
            partial(timer_layout.lay_out_each, settings=settings, ids=each)
            for each in chat_timers.batches(timer_layout.list_changed(session, settings))
        ),
        *(
            partial(chat_timers.fire_each, settings=settings, ids=each, now=now)
            for each in chat_timers.batches(chat_timers.list_due(session, settings, now=now))
        ),
    ]
