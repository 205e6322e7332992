"""Telegram's updates as plain JSON in, what they mean for a conversation out.

Nothing of the sender but the chat's own number is read: no name, username, phone or place.
"""

import re
from dataclasses import dataclass
from typing import Any

from surveys.answers import storable
from surveys.turns import Command, Edited, Event, Media, Start, Tap, Text
from surveys.typed import COMMANDS
from voice.models import Channel
from voice.services.chat_arrivals import Arrival, FileSent

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
MAX_TOKEN_CHARS = 64
MAX_ID = 2**63 - 1
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@[A-Za-z0-9_]{1,64})?(?:\s+(.*))?", re.DOTALL)
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MEDIA = (
    "animation", "audio", "contact", "dice", "document", "game", "location", "paid_media",
    "photo", "poll", "sticker", "story", "venue", "video", "video_note", "voice",
)  # fmt: skip
_FILES = frozenset({"audio", "document", "photo", "voice"})
MARKS_OF_FILES = tuple(f'"{each}"'.encode() for each in sorted(_FILES))  # in a body as posted
_LEFT = frozenset({"kicked", "left"})


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody blocked the bot."""

    external_id: str
    address: str


@dataclass(frozen=True, slots=True)
class FromGroup:
    """Somebody spoke to the bot where others listen."""

    chat: int


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing that needs an answer."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An update of a kind that we never asked for, or whose content is not as promised."""

    external_id: str


Read = Arrival | Left | FromGroup | Ignored | Unreadable


def read_update(raw: object) -> Read:
    """Return what this update means. Never raises, whatever `raw` is."""
    if not isinstance(raw, dict) or not _is_id(raw.get("update_id")):
        return Ignored()
    external_id = str(raw["update_id"])
    for kind, read in _READERS.items():
        content = raw.get(kind)
        if isinstance(content, dict):
            return read(external_id, content)
    return Unreadable(external_id)


def _read_message(external_id: str, message: dict[str, Any], *, edited: bool = False) -> Read:
    chat = message.get("chat")
    if not isinstance(chat, dict) or not _is_id(chat.get("id")):
        return Unreadable(external_id)
    text = _text(message, "text")
    if chat.get("type") != "private":
        return FromGroup(chat["id"]) if text.startswith("/") else Ignored()
    address = str(chat["id"])
    if edited:
        words = text or _text(message, "caption")
        return Arrival(Channel.TELEGRAM, external_id, address, Edited(words))
    media = _find_media(message)
    if media is not None:
        words = "\n".join(filter(None, (text, _text(message, "caption"))))
        sent = _find_file(message, media)
        return Arrival(
            Channel.TELEGRAM, external_id, address, Media(media), caption=words, file=sent
        )
    if not isinstance(message.get("text"), str):
        return Ignored()  # a service message: pinned, joined, changed its picture
    event, payload, rest = _read_text(text)
    return Arrival(Channel.TELEGRAM, external_id, address, event, payload=payload, caption=rest)


def _read_edited(external_id: str, message: dict[str, Any]) -> Read:
    return _read_message(external_id, message, edited=True)


def _find_media(message: dict[str, Any]) -> str | None:
    """Return which kind of thing that is not typed words came; a forwarded message is one too."""
    if "forward_origin" in message or "forward_date" in message:
        return "forwarded"
    return next((kind for kind in _MEDIA if kind in message), None)


def _find_file(message: dict[str, Any], media: str) -> FileSent | None:
    """Return the file that came: of a photo the largest copy. Its name is words, never a path."""
    sent = message.get(media) if media in _FILES else None
    copies = sent if isinstance(sent, list) else [sent]
    files = [each for each in copies if isinstance(each, dict) and _text(each, "file_id")]
    if not files:
        return None
    largest = max(files, key=_size)
    return FileSent(_text(largest, "file_id"), _size(largest), _text(largest, "file_name"))


def _size(file: dict[str, Any]) -> int:
    size = file.get("file_size")
    return size if _is_id(size) and isinstance(size, int) else 0


def _read_text(text: str) -> tuple[Event, str, str]:
    """Return the event, the payload of a start link, and words that came with a command."""
    found = _COMMAND.fullmatch(text.strip())
    if found is None:
        return Text(text), "", ""
    name, rest = found[1].casefold(), found[2] or ""
    if name == "code":  # what comes after it is read with it, and is no answer
        return Text(text), "", ""
    if name != "start":
        return Command(COMMANDS.get(name, name)), "", rest
    if _PAYLOAD.fullmatch(rest.strip()):
        return Start(), rest.strip(), ""
    return Start(), "", rest


def _read_tap(external_id: str, query: dict[str, Any]) -> Read:
    message, token = query.get("message"), _text(query, "data")[:MAX_TOKEN_CHARS]
    chat = message.get("chat") if isinstance(message, dict) else None
    if not isinstance(message, dict) or not isinstance(chat, dict) or not _is_id(chat.get("id")):
        return Unreadable(external_id)
    if chat.get("type") != "private":
        return Ignored()
    edit = message.get("message_id")
    return Arrival(
        Channel.TELEGRAM,
        external_id,
        str(chat["id"]),
        Tap(token),
        edit=edit if _is_id(edit) else None,
        tap=_text(query, "id")[:MAX_TOKEN_CHARS] or None,
    )


def _read_membership(external_id: str, change: dict[str, Any]) -> Read:
    chat, member = change.get("chat"), change.get("new_chat_member")
    if not isinstance(chat, dict) or not _is_id(chat.get("id")) or not isinstance(member, dict):
        return Unreadable(external_id)
    has_left = member.get("status") in _LEFT
    if chat.get("type") != "private":
        return Ignored() if has_left else FromGroup(chat["id"])
    return Left(external_id, str(chat["id"])) if has_left else Ignored()


def _text(fields: dict[str, Any], name: str) -> str:
    """Return a text field without what no store can hold (REL-11); empty if it is no text."""
    value = fields.get(name)
    return storable(value) if isinstance(value, str) else ""


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MAX_ID


_READERS = {
    "message": _read_message,
    "edited_message": _read_edited,
    "callback_query": _read_tap,
    "my_chat_member": _read_membership,
}
