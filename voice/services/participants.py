"""Participants: who writes in a chat, known by a keyed hash of their address alone."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, inspect, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from voice.models import Channel, Chat, Delivery, DeliveryStatus, Inbound, Participant
from voice.services import keys

CLAIMS_KEPT = timedelta(hours=72)


def claim(session: Session, channel: Channel, external_id: str, *, now: datetime) -> bool:
    """Return whether this update is new; from this transaction's commit on it is not (REL-3)."""
    row = {"channel": channel, "external_id": external_id, "received_at": now, "outcome": "taken"}
    return _insert_if_new(session, Inbound, row)


def set_outcome(session: Session, channel: Channel, external_id: str, outcome: str) -> None:
    """Write down what became of an update that was claimed."""
    inbound = session.get(Inbound, (channel, external_id))
    if inbound is not None:
        inbound.outcome = outcome


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


def get_locked(
    session: Session, channel: Channel, address_hash: str, *, now: datetime
) -> Participant:
    """Return the participant at this address, made if new, and locked until the commit.

    Two updates of one person at the same moment are therefore taken one after the other.
    """
    found = find_locked(session, channel, address_hash)
    if found is None:
        row = {"channel": channel, "address_hash": address_hash, "created_at": now}
        _insert_if_new(session, Participant, row)
        found = find_locked(session, channel, address_hash)
    if found is None:
        raise LookupError("participant")  # nobody removes one in between: a bug of ours
    return found


def find_locked(session: Session, channel: Channel, address_hash: str) -> Participant | None:
    """Return the participant at this address, locked until the commit, or None."""
    return session.scalar(
        select(Participant)
        .where(Participant.channel == channel, Participant.address_hash == address_hash)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


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
    participant.address_sealed = None
    participant.current_chat_id = None
    if participant.channel is not Channel.WEB_CHAT:
        participant.address_hash = f"forgotten:{keys.new_key()}"


def may_be_written_to(session: Session, participant: Participant) -> bool:
    """Return whether a chat of theirs is under way, or they asked to be told what was done."""
    chats = session.scalars(
        select(Chat).where(Chat.participant_id == participant.id, Chat.ended_at.is_(None))
    )
    return any(chat.wants_outcome or chat.state.get("stage") != "finished" for chat in chats)


def _insert_if_new(session: Session, table: Any, row: dict[str, Any]) -> bool:
    """Insert the row unless its unique key is taken; another transaction's claim is waited for."""
    is_postgres = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if is_postgres else sqlite.insert
    key = inspect(table).primary_key[0]
    # Asked for back, because a count of rows is not given by every driver.
    made = insert(table).values(**row).on_conflict_do_nothing().returning(key)
    return session.scalar(made) is not None
