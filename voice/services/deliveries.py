"""Deliveries: what must be sent is a row, sent in each person's own order, replies first."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, delete, exists, insert, or_, select, update
from sqlalchemy.orm import Session, aliased, joinedload

from surveys import wording
from surveys.catalogue import say
from surveys.turns import Message
from voice.models import (
    Channel,
    Chat,
    Consultation,
    Delivery,
    DeliveryKind,
    DeliveryStatus,
    Participant,
    TimerOutcome,
)
from voice.services import timers_waiting
from voice.services.quiet_hours import DAYTIME, next_polite
from voice.services.straight import Straight

MAX_TRIES = 12  # of a reply: with the waits between them, about half an hour
_FIRST_WAIT = timedelta(seconds=1)
_LONGEST_WAIT = timedelta(minutes=5)
_FILLED = (
    "participant_id", "channel", "kind", "reference", "body", "status", "due_at", "tries", "sent_at"
)  # fmt: skip
_ADD = Straight(
    insert(Delivery.metadata.tables[Delivery.__tablename__]).values(
        {name: bindparam(f"new_{name}") for name in _FILLED}
    )
)


class Envelope(NamedTuple):
    """What a channel needs to send a message, beside the message itself."""

    to: str | None  # the address, sealed; None in the web chat, whose page fetches its messages
    edit: int | None = None  # the message to change, where the message says so
    tap: str | None = None  # the pressed button that waits to be answered


class Reply(NamedTuple):
    """What is said at once to somebody who wrote; the same `reference` is never written twice."""

    message: Message
    envelope: Envelope
    reference: str


def queue_replies(
    session: Session, participant: Participant, replies: Sequence[Reply], *, now: datetime
) -> None:
    """Write down messages to be sent at once, in their order. In the web chat they are there: sent.

    They go to the table directly, without an object for each: every update that is taken in
    waits for this.
    """
    is_there = participant.channel is Channel.WEB_CHAT
    rows = [
        {
            "new_participant_id": participant.id,
            "new_channel": participant.channel,
            "new_kind": DeliveryKind.REPLY,
            "new_reference": each.reference,
            "new_body": _body(each.message, each.envelope),
            "new_status": DeliveryStatus.SENT if is_there else DeliveryStatus.WAITING,
            "new_due_at": now,
            "new_tries": 0,
            "new_sent_at": now if is_there else None,
        }
        for each in replies
    ]
    if rows:
        _ADD.carry_out(session, *rows)


def queue_broadcast(
    session: Session,
    consultation: Consultation,
    write: Callable[[str], Message],
    *,
    cause: str,
    now: datetime,
    hours: tuple[int, int] = DAYTIME,
) -> int:
    """Write down one message for each person who asked to hear, and return for how many.

    `write` is given the language in which they chatted, and called once for each of them.

    It leaves within `hours`: the first in which we may write, and the one before which we end.

    The same `cause` is written once for each person, however often this is called. Whoever has
    blocked us, or deleted their answers, is left out. Each message says how to get no more.
    The page of the web chat shows its messages itself, so there it is sent at once.
    """
    count = 0
    chatted = session.execute(_wishing(consultation)).all()
    for participant, state in {each.id: (each, state) for each, state in chatted}.values():
        reference = f"{cause}:{participant.id}"
        if session.scalar(select(exists().where(Delivery.reference == reference))):
            continue
        said = with_way_out(write(state.get("language") or "en"))
        session.add(_broadcast(participant, said, reference, now=now, hours=hours))
        count += 1
    session.flush()
    return count


def with_way_out(message: Message) -> Message:
    """Return a message that nobody waits for, with how to get no more, in its own language."""
    how = say(message.language, wording.HOW_TO_STOP)
    return message._replace(text=f"{message.text}\n\n{how}")


def _wishing(consultation: Consultation) -> Select[Participant, dict[str, Any]]:
    """Return a query for those who asked to hear of it and can still be told, by their chats."""
    return (
        select(Participant, Chat.state)
        .join(Chat, Chat.participant_id == Participant.id)
        .where(
            Chat.consultation_id == consultation.id,
            Chat.wants_outcome,
            Participant.blocked_at.is_(None),
            or_(
                Participant.address_sealed.is_not(None),
                Participant.channel == Channel.WEB_CHAT,
            ),
        )
        .order_by(Chat.started_at)
    )


def queue_for_one(
    session: Session,
    participant: Participant,
    message: Message,
    *,
    reference: str,
    now: datetime,
    hours: tuple[int, int] = DAYTIME,
) -> None:
    """Write down what one person asked to hear, once for each `reference`, as a broadcast is.

    It leaves outside quiet hours, and says how to get no more.
    """
    if session.scalar(select(exists().where(Delivery.reference == reference))):
        return
    said = with_way_out(message)
    session.add(_broadcast(participant, said, reference, now=now, hours=hours))
    session.flush()


def _broadcast(
    participant: Participant,
    message: Message,
    reference: str,
    *,
    now: datetime,
    hours: tuple[int, int],
) -> Delivery:
    is_web = participant.channel is Channel.WEB_CHAT
    # What a timer writes may be called off until its person comes to the page and sees it.
    is_there = is_web and not reference.startswith(timers_waiting.WRITTEN_BY)
    return Delivery(
        participant_id=participant.id,
        channel=participant.channel,
        status=DeliveryStatus.SENT if is_there else DeliveryStatus.WAITING,
        sent_at=now if is_there else None,
        kind=DeliveryKind.BROADCAST,
        reference=reference,
        body=_body(message, Envelope(to=participant.address_sealed)),
        due_at=now if is_web else next_polite(now, hours),
    )


def _body(message: Message, envelope: Envelope) -> dict[str, Any]:
    return {
        "message": message.to_json(),
        "to": envelope.to,
        "edit": envelope.edit,
        "tap": envelope.tap,
    }


def forget_said(session: Session, participant: Participant) -> None:
    """Delete what was said on the page of a web chat so far; the buttons tell what was chosen."""
    session.execute(
        delete(Delivery).where(
            Delivery.participant_id == participant.id,
            Delivery.channel == Channel.WEB_CHAT,
            Delivery.kind == DeliveryKind.REPLY,
        )
    )


def read_body(delivery: Delivery) -> tuple[Message, Envelope]:
    """Return the message that a delivery holds, and what its channel needs to send it."""
    body = delivery.body
    return Message.from_json(body["message"]), Envelope(body["to"], body["edit"], body["tap"])


def claim_next(
    session: Session,
    channel: Channel,
    *,
    now: datetime,
    lease: timedelta,
    hours: tuple[int, int] | None = None,
    about: str = "",
) -> Delivery | None:
    """Return the next message to send, leased to this sender, or None if nothing is due.

    With `about`, only one whose reference begins with it.

    Outside `hours`, if they are given, broadcasts stay where they are, however late they are by
    now: nobody is woken because a sender was away in the evening.

    Replies before broadcasts, the oldest first, and never one before an earlier one to the same
    person. A broadcast is marked uncertain before it is sent: if we die on the way it may have
    arrived, and it is not sent again.
    """
    is_quiet = hours is not None and next_polite(now, hours) != now
    kinds = (DeliveryKind.REPLY, *(() if is_quiet else (DeliveryKind.BROADCAST,)))
    found = (_find_next(session, channel, kind, now=now, about=about) for kind in kinds)
    delivery = next((each for each in found if each is not None), None)
    if delivery is None:
        return None
    delivery.leased_until = now + lease
    delivery.tries += 1
    if delivery.kind is DeliveryKind.BROADCAST:
        delivery.status = DeliveryStatus.UNCERTAIN
    session.flush()
    return delivery


def _find_next(
    session: Session, channel: Channel, kind: DeliveryKind, *, now: datetime, about: str
) -> Delivery | None:
    """Return the oldest of a kind that may be sent now, locked, or None; by its own index."""
    return session.scalar(
        select(Delivery)
        .where(
            Delivery.channel == channel,
            Delivery.status == DeliveryStatus.WAITING,
            Delivery.kind == kind,
            Delivery.due_at <= now,
            or_(Delivery.leased_until.is_(None), Delivery.leased_until <= now),
            ~_is_behind(),
            *([Delivery.reference.startswith(about, autoescape=True)] if about else []),
        )
        .order_by(Delivery.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=Delivery)
    )


def _is_behind() -> ColumnElement[bool]:
    """Say whether something to the same person must go first, as a condition of a query."""
    earlier = aliased(Delivery)
    return exists().where(
        earlier.participant_id == Delivery.participant_id,
        earlier.status == DeliveryStatus.WAITING,
        or_(
            (earlier.kind == Delivery.kind) & (earlier.id < Delivery.id),
            (earlier.kind == DeliveryKind.REPLY) & (Delivery.kind == DeliveryKind.BROADCAST),
        ),
    )


def release_leases(session: Session, channel: Channel) -> None:
    """Let go of what a sender that was killed had taken, so that nobody waits for its lease.

    Called when the one sender of a channel starts. A reply may be sent a second time.
    """
    session.execute(
        update(Delivery)
        .where(Delivery.channel == channel, Delivery.status == DeliveryStatus.WAITING)
        .values(leased_until=None)
    )


def get(session: Session, delivery_id: int) -> Delivery | None:
    """Return a delivery, locked, or None if the person has deleted it meanwhile."""
    return session.scalar(
        select(Delivery)
        .where(Delivery.id == delivery_id)
        .options(joinedload(Delivery.participant, innerjoin=True))
        .with_for_update(of=Delivery)
    )


def mark_sent(session: Session, delivery_id: int, *, now: datetime) -> None:
    """Record that the messenger took the message; its words are not kept."""
    _end(session, delivery_id, DeliveryStatus.SENT, now=now)


def mark_refused(
    session: Session, delivery_id: int, *, now: datetime, is_blocked: bool = False
) -> None:
    """Record that the messenger will never take the message; a block stops every other one."""
    delivery = _end(session, delivery_id, DeliveryStatus.REFUSED, now=now)
    if delivery is not None and is_blocked:
        mark_blocked(session, delivery.participant, now=now)


def mark_blocked(session: Session, participant: Participant, *, now: datetime) -> None:
    """Record that the person has left or blocked us, and send them nothing more."""
    participant.blocked_at = now
    timers_waiting.call_off(session, participant, now=now, why=TimerOutcome.UNREACHABLE)
    waiting = select(Delivery).where(
        Delivery.participant_id == participant.id, Delivery.status == DeliveryStatus.WAITING
    )
    for delivery in session.scalars(waiting):
        delivery.status = DeliveryStatus.REFUSED
        delivery.body = {}


def _end(
    session: Session, delivery_id: int, status: DeliveryStatus, *, now: datetime
) -> Delivery | None:
    delivery = get(session, delivery_id)
    if delivery is not None:
        delivery.status = status
        delivery.sent_at = now if status is DeliveryStatus.SENT else None
        delivery.leased_until = None
        delivery.body = {}
    return delivery


def send_later(
    session: Session, delivery_id: int, *, now: datetime, after: timedelta | None = None
) -> None:
    """Put a message that certainly did not arrive back in its place, due `after` from now.

    With no `after` the wait grows with each try. A reply that failed too often is given up.
    """
    delivery = get(session, delivery_id)
    if delivery is None:
        return
    if delivery.tries >= MAX_TRIES and after is None:
        _end(session, delivery_id, DeliveryStatus.REFUSED, now=now)
        return
    delivery.status = DeliveryStatus.WAITING
    delivery.leased_until = None
    wait = min(_FIRST_WAIT * 2 ** (delivery.tries - 1), _LONGEST_WAIT)
    delivery.due_at = now + (after if after is not None else wait)


def mark_uncertain(session: Session, delivery_id: int, *, now: datetime) -> None:
    """Answer a timeout: a reply is sent again soon, a broadcast never, for it may have arrived."""
    delivery = get(session, delivery_id)
    if delivery is None:
        return
    if delivery.kind is DeliveryKind.REPLY:
        send_later(session, delivery_id, now=now)
    else:
        _end(session, delivery_id, DeliveryStatus.UNCERTAIN, now=now)
