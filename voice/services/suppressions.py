"""Suppressions: addresses and references that nothing is sent to and nothing is asked of."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice.models import Officer, Suppression
from voice.services import audit, keys

MAX_VALUE_CHARS = 200
MAX_REASON_CHARS = 200


def hash_of(secret: str, value: str) -> str:
    """Return what is stored of an address or a reference, however it was typed."""
    return keys.keyed_hash(secret, "not to be asked", plain(value))


def plain(value: str) -> str:
    """Return an address or a reference as two ways of typing it are compared."""
    return "".join(value.split()).casefold()


def suppress(
    session: Session, officer: Officer, value: str, *, reason: str, secret: str, now: datetime
) -> None:
    """Never ask or write to this address or reference again.

    Raises:
        ValueError: if it or the reason is empty or too long; the message says which.
    """
    if not plain(value) or len(value) > MAX_VALUE_CHARS:
        raise ValueError("value")
    if not reason.strip() or len(reason) > MAX_REASON_CHARS:
        raise ValueError("reason")
    key = hash_of(secret, value)
    if session.get(Suppression, key) is None:
        session.add(
            Suppression(value_hash=key, reason=reason.strip(), added_at=now, added_by=officer.id)
        )
        session.flush()
    audit.record(session, officer, "suppression added", key[:12], now=now)


def lift(session: Session, officer: Officer, value: str, *, secret: str, now: datetime) -> bool:
    """Take an address or a reference off the list, and return whether it was on it."""
    key = hash_of(secret, value)
    found = session.get(Suppression, key)
    if found is None:
        return False
    session.delete(found)
    session.flush()
    audit.record(session, officer, "suppression lifted", key[:12], now=now)
    return True


def suppressed_among(session: Session, values: Iterable[str], *, secret: str) -> set[str]:
    """Return those of `values` that are on the list, as they were given."""
    by_hash = {hash_of(secret, each): each for each in values if plain(each)}
    found = select(Suppression.value_hash).where(Suppression.value_hash.in_(by_hash))
    listed = set(session.scalars(found))
    return {each for each in values if hash_of(secret, each) in listed}


def list_reasons(session: Session) -> list[Suppression]:
    """Return what is on the list, newest first; who it is cannot be read from it."""
    found = select(Suppression).order_by(Suppression.added_at.desc(), Suppression.value_hash)
    return list(session.scalars(found))
