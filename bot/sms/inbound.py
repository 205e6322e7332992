"""Texts that came in, from a gateway's JSON to what they mean for a conversation."""

import hashlib
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
# A personal code, which the chat takes as /code K7M-9QX-3CDF; no "code of conduct" is one.
_CODE = re.compile(r"code(\s+(off|\w{3}[- ]?\w{3}[- ]?\w{4}(\s+\d)?))?")
# What else there is: "ways", and one of them by its number; no "ways to help" is one.
_WAYS = re.compile(r"ways(\s+[0-9]{1,2})?")
_NUMBER = re.compile(r"\+?[0-9]{5,15}")
_UNITED_KINGDOM, _MOBILE_DIGITS = "44", 10


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A text that is not as its gateway promised. Its words, if it has any, are screened."""

    words: str = ""


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
    texts = [str(each) for each in fields if isinstance(each, str | int)]
    if len(texts) != len(names):
        return Unreadable()
    external_id, number, words = texts
    address = full_number(number)
    if not external_id or not address:
        return Unreadable(words)
    if len(external_id) > MAX_ID_CHARS:
        external_id = hashlib.sha256(external_id.encode("utf-8", "replace")).hexdigest()
    return _mean(external_id, address, storable(words))


def _mean(external_id: str, address: str, words: str) -> Arrival | Stop:
    said = plain(words)
    started = _START.fullmatch(said)
    event: Event = Text(words)
    if started is not None:
        event = Start()
    elif said in _DELETES:
        event = Command("delete")
    elif _CODE.fullmatch(said):
        event = Text(f"/{words.strip()}")
    elif _WAYS.fullmatch(said):
        event = Text(words, asks=f"/{words.strip()}")
    payload = (started[1] or "") if started is not None else ""
    # What follows "start" may be a code, or what somebody has to say: it is screened either way.
    caption = words if started is not None else ""
    arrival = Arrival(Channel.SMS, external_id, address, event, payload=payload, caption=caption)
    return Stop(arrival) if said in STOPS else arrival


def full_number(number: str) -> str:
    """Return a phone number as digits with its country's, the same however it is written."""
    bare = re.sub(r"[\s().-]", "", number.replace("(0)", "") if "+" in number else number)
    if not _NUMBER.fullmatch(bare):
        return ""
    digits = bare.lstrip("+").removeprefix("00")
    is_mobile = len(digits) == _MOBILE_DIGITS and digits.startswith("7") and "+" not in bare
    return _UNITED_KINGDOM + digits.removeprefix("0") if digits[0] == "0" or is_mobile else digits
