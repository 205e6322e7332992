"""Suppressions: addresses and references that nothing is sent to and nothing is asked of."""

import re
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice.models import Officer, Suppression
from voice.services import audit, keys

_MOBILE = re.compile(r"(?:(?:\+|00)?440?|0)(7\d{9})")  # one of the United Kingdom
MAX_VALUE_CHARS = 200
MAX_REASON_CHARS = 200


def hash_of(secret: str, value: str) -> str:
    """Return what is stored of an address or a reference, however it was typed."""
    return _keyed(secret, _forms(value)[0])


def _hashes(secret: str, value: str) -> set[str]:
    """Return whatever may be stored of it: what was put on before keeps the form of its day."""
    return {_keyed(secret, each) for each in _forms(value)}


def _keyed(secret: str, form: str) -> str:
    return keys.keyed_hash(secret, "not to be asked", form)


def _forms(value: str) -> tuple[str, ...]:
    """Return the ways in which it may have been typed, ours first: a mobile number has several."""
    typed = plain(value)
    mobile = _MOBILE.fullmatch(re.sub(r"[-().]", "", typed))
    if mobile is None:
        return (typed,)
    number = mobile[1]
    return tuple(
        dict.fromkeys((*(f"{each}{number}" for each in ("+44", "0", "44", "0044")), typed))
    )


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
    listed = select(Suppression).where(Suppression.value_hash.in_(_hashes(secret, value)))
    found = session.scalars(listed).all()
    for each in found:
        session.delete(each)
        audit.record(session, officer, "suppression lifted", each.value_hash[:12], now=now)
    session.flush()
    return bool(found)


def suppressed_among(session: Session, values: Iterable[str], *, secret: str) -> set[str]:
    """Return those of `values` that are on the list, as they were given."""
    hashes = {each: _hashes(secret, each) for each in values if plain(each)}
    asked = set().union(*hashes.values())
    found = select(Suppression.value_hash).where(Suppression.value_hash.in_(asked))
    listed = set(session.scalars(found))
    return {each for each, keyed in hashes.items() if keyed & listed}


def list_reasons(session: Session) -> list[Suppression]:
    """Return what is on the list, newest first; who it is cannot be read from it."""
    found = select(Suppression).order_by(Suppression.added_at.desc(), Suppression.value_hash)
    return list(session.scalars(found))
