"""What we wrote first on the page of a web chat: nothing pushes it, so it arrives when it is seen.

Until then it can be taken back, and it is looked at once more, as on its way to a messenger.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice.config import Settings
from voice.models import Chat, Delivery, DeliveryKind, DeliveryStatus, TimerOutcome
from voice.services import chat_timers, timers_waiting


def list_written(session: Session, chat: Chat) -> Sequence[Delivery]:
    """Return all that this person was told or is to be told, oldest first."""
    return session.scalars(
        select(Delivery)
        .where(
            Delivery.participant_id == chat.participant_id,
            Delivery.kind == DeliveryKind.BROADCAST,
        )
        .order_by(Delivery.id)
    ).all()


def of_use(
    session: Session, settings: Settings, written: Sequence[Delivery], *, now: datetime
) -> list[Delivery]:
    """Return those to be shown: what was seen before, and what is still of use."""
    return [each for each in written if _why_not(session, settings, each, now=now) is None]


def waiting_among(written: Sequence[Delivery]) -> tuple[int, ...]:
    """Return the numbers of those that nobody has seen yet."""
    return tuple(each.id for each in written if each.status is DeliveryStatus.WAITING)


def note_seen(
    session: Session, settings: Settings, numbers: Collection[int], *, now: datetime
) -> None:
    """Note that a page was seen: these have arrived, and what was of no use any more goes."""
    waiting = select(Delivery).where(
        Delivery.id.in_(numbers), Delivery.status == DeliveryStatus.WAITING
    )
    for each in session.scalars(waiting.with_for_update(skip_locked=True)).all():
        why_not = _why_not(session, settings, each, now=now)
        if why_not is None:
            each.status, each.sent_at = DeliveryStatus.SENT, now
        else:
            timers_waiting.note_not_sent(session, each.reference, why_not)
            session.delete(each)
    session.flush()


def _why_not(
    session: Session, settings: Settings, delivery: Delivery, *, now: datetime
) -> TimerOutcome | None:
    """Return why this is not to be seen any more; None if it is, or was seen before."""
    if delivery.status is not DeliveryStatus.WAITING:
        return None
    return chat_timers.why_not_now(session, settings, delivery.reference, now=now)
