"""What is due by itself: reminders, follow-ups, and forgetting. The worker looks every hour.

Each part is safe to run twice: what was made before is not made again.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from voice.config import Settings
from voice.database import Database
from voice.services import (
    chat_reminders,
    chat_timers,
    follow_ups,
    forgetting,
    participants,
    pledges,
    public_questions,
    reminders,
    timer_layout,
)

logger = logging.getLogger(__name__)

Part = Callable[[Session], object]


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
    for part in parts:
        try:
            with database.writing() as session:
                part(session)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other parts are made
            logger.error("not made due", extra={"error": type(error).__name__})


def _parts(session: Session, settings: Settings, *, now: datetime) -> list[Part]:
    return [
        lambda session: pledges.remind_due(session, settings, now=now),
        *(
            partial(follow_ups.draw, settings=settings, follow_up_id=each, now=now)
            for each in follow_ups.list_due(session, now=now)
        ),
        lambda session: reminders.send_due(session, settings, now=now),
        lambda session: chat_reminders.send_due(session, settings, now=now),
        *(
            partial(timer_layout.lay_out_each, settings=settings, ids=each)
            for each in chat_timers.batches(timer_layout.list_changed(session, settings))
        ),
        *(
            partial(chat_timers.fire_each, settings=settings, ids=each, now=now)
            for each in chat_timers.batches(chat_timers.list_due(session, settings, now=now))
        ),
        lambda session: public_questions.sweep(session, now=now),
        lambda session: forgetting.sweep(session, now=now),
        lambda session: participants.sweep_addresses(session, now=now),
    ]
