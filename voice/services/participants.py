"""Participants: who writes in a chat, known by a keyed hash of their address alone."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Select,
    bindparam,
    delete,
    exists,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from voice.analysis.safeguarding import Tier
from voice.database import Base, note_erased
from voice.models import (
    Channel,
    Chat,
    Concern,
    Consultation,
    Delivery,
    DeliveryStatus,
    Inbound,
    Participant,
)
from voice.services import keys, timers_waiting
from voice.services.rows import RowsOf
from voice.services.straight import Straight, write_changes

CLAIMS_KEPT = timedelta(hours=72)
TAKEN = "taken"  # an update that was taken in as it should be
ADDRESS_KEPT = timedelta(days=30)
BY_MAIL = "mail:"  # what the hash begins with where one letter was sent, and nobody is known

_TABLE = Participant.metadata.tables[Participant.__tablename__]
_ROWS = RowsOf(Participant)
_AT_ADDRESS = Straight(
    select(*_ROWS.columns)
    .where(
        Participant.channel == bindparam("channel"),
        Participant.address_hash == bindparam("address_hash"),
    )
    .with_for_update()
)
_CHANGING = ("address_sealed", "blocked_at", "current_chat_id")
_CHANGE = Straight(
    update(_TABLE)
    .where(_TABLE.c["id"] == bindparam("participant"))
    .values({name: bindparam(f"new_{name}") for name in _CHANGING})
)
_ONE: BindParameter[Any] = bindparam("participant")
_CHATS = Straight(
    select(Chat.wants_outcome, Chat.state).where(
        Chat.participant_id == _ONE, Chat.ended_at.is_(None)
    )
)
_ALERT = Straight(
    select(Concern.id)
    .where(
        Concern.participant_id == _ONE,
        Concern.tier == Tier.ALERT.value,
        Concern.decided_at.is_(None),
    )
    .limit(1)
)


def claim(session: Session, channel: Channel, external_id: str, *, now: datetime) -> bool:
    """Return whether this update is new; from this transaction's commit on it is not (REL-3)."""
    row = {"channel": channel, "external_id": external_id, "received_at": now, "outcome": TAKEN}
    return _insert_if_new(session, Inbound, row)


def set_outcome(session: Session, channel: Channel, external_id: str, outcome: str) -> None:
    """Write down what became of an update that was claimed."""
    inbound = session.get(Inbound, (channel, external_id))
    if inbound is not None:
        inbound.outcome = outcome


def find_outcome(session: Session, channel: Channel, external_id: str) -> str:
    """Return what became of an update; empty if it was never claimed."""
    inbound = session.get(Inbound, (channel, external_id))
    return inbound.outcome if inbound is not None else ""


def sweep_claims(session: Session, *, now: datetime) -> None:
    """Forget the ids that no messenger can send again: Telegram repeats for 24 hours at most."""
    session.execute(delete(Inbound).where(Inbound.received_at < now - CLAIMS_KEPT))


def hash_address(secret: str, channel: Channel, address: str) -> str:
    """Return what is stored in place of the address.

    A web chat's address holds 256 bits of chance, so it needs no secret to hide it, and a new
    secret key does not end the chat.
    """
    if channel is Channel.WEB_CHAT:
        return keys.hash_key(address)
    return keys.keyed_hash(secret, channel.value, address)


def change(session: Session, participant: Participant, **changed: Any) -> None:
    """Change the address or the chat of a participant, straight in the table.

    Every update of a chat may: to work out what of an object has changed takes longer.
    """
    for name, value in changed.items():
        set_committed_value(participant, name, value)
    now = {f"new_{name}": getattr(participant, name) for name in _CHANGING}
    _CHANGE.carry_out(session, {"participant": participant.id, **now})


def get_locked(
    session: Session, channel: Channel, address_hash: str, *, now: datetime
) -> Participant:
    """Return the participant at this address, made if new, and locked until the commit.

    Two updates of one person at the same moment are therefore taken one after the other.
    """
    found = find_locked(session, channel, address_hash)
    if found is not None:
        return found
    row = _ROWS.new_row({"channel": channel, "address_hash": address_hash, "created_at": now})
    if _insert_if_new(session, Participant, row):
        return _ROWS.known(session, tuple(row.values()))
    found = find_locked(session, channel, address_hash)
    if found is None:
        raise LookupError("participant")  # nobody removes one in between: a bug of ours
    return found


def find_locked(session: Session, channel: Channel, address_hash: str) -> Participant | None:
    """Return the participant at this address, locked until the commit, or None."""
    write_changes(session)
    rows = _AT_ADDRESS.rows(session, {"channel": channel, "address_hash": address_hash})
    return _ROWS.fresh(session, rows[0]) if rows else None


def forget(session: Session, participant: Participant) -> None:
    """Delete how to reach the participant, and what still waits to be sent to them.

    The row stays without an address, for our farewell to go through. On a messenger the hash
    goes as well: whoever writes next from that address is somebody new to us.
    """
    waiting = (
        Delivery.participant_id == participant.id,
        Delivery.status == DeliveryStatus.WAITING,
    )
    # One that is on its way keeps its number: a new one with the same would be taken for it.
    session.execute(
        update(Delivery)
        .where(*waiting, Delivery.leased_until.is_not(None))
        .values(status=DeliveryStatus.REFUSED, body={})
    )
    session.execute(delete(Delivery).where(*waiting))
    if participant.channel is Channel.WEB_CHAT:
        session.execute(delete(Delivery).where(Delivery.participant_id == participant.id))
    note_erased(session)
    participant.address_sealed = None
    participant.current_chat_id = None
    if participant.channel is not Channel.WEB_CHAT:
        participant.address_hash = f"forgotten:{keys.new_key()}"


def may_be_written_to(session: Session, participant: Participant) -> bool:
    """Return whether a chat of theirs is under way, they asked to be told, or may be in danger.

    Somebody of whom an alert is not yet decided may have to be found, even after /delete.
    """
    write_changes(session)
    one = {"participant": participant.id}
    return (
        any(_is_waited_for(*row) for row in _CHATS.rows(session, one))
        or bool(_ALERT.rows(session, one))
        or timers_waiting.waits_for(session, participant)
    )


def is_under_way(chat: Chat | None) -> bool:
    """Return whether this chat needs its person's address: to answer, or to tell them more."""
    if chat is None or chat.ended_at is not None:
        return False
    return _is_waited_for(chat.wants_outcome, chat.state)


def _is_waited_for(wants_outcome: bool, state: Mapping[str, Any]) -> bool:
    return wants_outcome or state.get("stage") != "finished"


def sweep_addresses(session: Session, *, now: datetime) -> None:
    """Delete the addresses that we need no more, and the participants that stand for nothing.

    An address goes 30 days after the last consultation it is kept for has closed, or 30 days
    after the chat last changed when neither word nor help was asked for (PRI-1). Whoever a letter
    still waits for stays, however long the mail server is away.
    """
    reachable = select(Participant).where(Participant.address_sealed.is_not(None))
    for participant in session.scalars(reachable.with_for_update()).all():
        if not _is_kept(session, participant, now):
            participant.address_sealed = None
    session.flush()
    old = now - ADDRESS_KEPT
    waiting = Delivery.status == DeliveryStatus.WAITING
    has_letter = exists().where(Delivery.participant_id == Participant.id, waiting)
    session.execute(
        delete(Participant).where(
            Participant.address_sealed.is_(None),
            or_(
                Participant.address_hash.startswith("forgotten:"),
                Participant.address_hash.startswith(BY_MAIL) & ~has_letter,
            ),
            Participant.created_at < old,
            ~exists().where(Chat.participant_id == Participant.id, Chat.changed_at >= old),
            ~exists().where(Concern.participant_id == Participant.id),
        )
    )


def _is_kept(session: Session, participant: Participant, now: datetime) -> bool:
    """Return whether something still needs the address; silence for 30 days needs nothing."""
    old = now - ADDRESS_KEPT
    alerts = _open_alerts(participant).outerjoin(Consultation)
    is_new = or_(Consultation.closes_at > old, Concern.raised_at > old)
    if session.scalar(alerts.where(is_new).limit(1)) is not None:
        return True
    if timers_waiting.waits_for(session, participant):
        return True
    chats = (
        select(Chat)
        .join(Consultation, Consultation.id == Chat.consultation_id)
        .where(
            Chat.participant_id == participant.id,
            Consultation.closes_at > old,
            or_(Chat.wants_outcome, Chat.changed_at > old),
        )
    )
    return session.scalar(chats.limit(1)) is not None


def _open_alerts(participant: Participant) -> Select[Concern]:
    return select(Concern).where(
        Concern.participant_id == participant.id,
        Concern.tier == Tier.ALERT.value,
        Concern.decided_at.is_(None),
    )


def _insert_if_new(session: Session, table: type[Base], row: dict[str, Any]) -> bool:
    """Insert the row unless its unique key is taken; another transaction's claim is waited for."""
    made = _unless_there(session.get_bind().dialect.name, table, tuple(row))
    return bool(made.rows(session, {f"new_{name}": each for name, each in row.items()}))


@lru_cache
def _unless_there(dialect: str, table: type[Base], names: tuple[str, ...]) -> Straight:
    """Return the statement that inserts a row if it is new, and then gives back its key."""
    rows = table.metadata.tables[table.__tablename__]
    key, *_ = rows.primary_key
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    given = insert(rows).values({name: bindparam(f"new_{name}") for name in names})
    # Asked for back, because a count of rows is not given by every driver.
    return Straight(given.on_conflict_do_nothing().returning(key))
