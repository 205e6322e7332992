"""What leaves next: what we wrote first is looked at once more, for days may be past by then."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from voice.config import Settings
from voice.models import Channel, Delivery, TimerOutcome
from voice.services import (
    chat_reminders,
    chat_timers,
    deliveries,
    reminders_in_chat,
    timers_waiting,
)


def claim_next(
    session: Session, settings: Settings, channel: Channel, *, now: datetime, lease: timedelta
) -> Delivery | None:
    """Return the next message to send, as `deliveries.claim_next` does; None if nothing is due.

    What was written first and is of no use or not wanted any more is refused on the way.
    """
    hours = settings.council.message_hours
    while True:
        delivery = deliveries.claim_next(session, channel, now=now, lease=lease, hours=hours)
        if delivery is None:
            return None
        why_not = _why_not_now(session, settings, delivery, now=now)
        if why_not is None:
            return delivery
        timers_waiting.note_not_sent(session, delivery.reference, why_not)
        deliveries.mark_refused(session, delivery.id, now=now)


def _why_not_now(
    session: Session, settings: Settings, delivery: Delivery, *, now: datetime
) -> TimerOutcome | None:
    match delivery.reference.partition(":")[0]:
        case "timer":
            return chat_timers.why_not_now(session, settings, delivery.reference, now=now)
        case "invitee-reminder":
            return reminders_in_chat.why_not_now(session, settings, delivery, now=now)
        case "reminder":
            return chat_reminders.why_not_now(session, delivery.reference, now=now)
        case _:
            return None
