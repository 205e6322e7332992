"""Texts that came in, from a gateway's JSON to what they mean for a conversation."""

import json
import re
from dataclasses import dataclass

from surveys.answers import storable
from surveys.turns import Command, Event, Start, Text
from surveys.typed import plain
from voice.models import Channel
from voice.services.chat_arrivals import Arrival

MAX_ID_CHARS = 100
STOPS = frozenset({"stop", "stop all", "stopall", "unsubscribe"})
_DELETES = frozenset({"delete", "delete my answers", "forget me"})
_START = re.compile(r"(?:start|join)(?:\s+([A-Za-z0-9_-]{1,64}))?", re.IGNORECASE)
_NUMBER = re.compile(r"\+?[0-9]{5,15}")
_UNITED_KINGDOM = "44"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A text that is not as its gateway promised."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Somebody wants no more texts from us."""

    arrival: Arrival


def read_own(body: bytes) -> Arrival | Stop | Unreadable:
    """Return what a gateway of the council's own posts: `id`, `from` and `text`. Never raises."""
    return _read(body, "id", "from", "text")


def read_notify(body: bytes) -> Arrival | Stop | Unreadable:
    """Return what GOV.UK Notify posts of a received text. Never raises."""
    return _read(body, "id", "source_number", "message")


def _read(body: bytes, *names: str) -> Arrival | Stop | Unreadable:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return Unreadable()
    fields = [found.get(name) for name in names] if isinstance(found, dict) else []
    texts = [each for each in fields if isinstance(each, str)]
    if len(texts) != len(names):
        return Unreadable()
    external_id, number, words = texts
    address = full_number(number)
    if not external_id or len(external_id) > MAX_ID_CHARS or not address:
        return Unreadable()
    return _mean(external_id, address, storable(words))


def _mean(external_id: str, address: str, words: str) -> Arrival | Stop:
    started = _START.fullmatch(plain(words))
    event: Event = Text(words)
    if started is not None:
        event = Start()
    elif plain(words) in _DELETES:
        event = Command("delete")
    payload = (started[1] or "") if started is not None else ""
    arrival = Arrival(Channel.SMS, external_id, address, event, payload=payload)
    return Stop(arrival) if plain(words) in STOPS else arrival


def full_number(number: str) -> str:
    """Return a phone number as digits with its country's, the same however it is written."""
    bare = re.sub(r"[\s().-]", "", number)
    if not _NUMBER.fullmatch(bare):
        return ""
    digits = bare.lstrip("+").removeprefix("00")
    return _UNITED_KINGDOM + digits[1:] if digits.startswith("0") else digits
