"""What we say as Telegram's own calls: plain text, short enough, with buttons that fit."""

import re
from dataclasses import dataclass
from typing import Any, Literal

from surveys.prompts import TICK
from surveys.shortening import short_texts
from surveys.turns import Button, Message, Style

MAX_MESSAGE_UNITS = 4096  # UTF-16 code units, as Telegram counts
MAX_CAPTION_UNITS = 1024
MAX_BUTTON_BYTES = 64
MAX_TOAST_CHARS = 200
MAX_LABEL_CHARS = 36
NUMBERS_A_ROW = 5
_CHOSEN = re.compile(rf"{TICK} (?:\d+(?:st|nd|rd|th): )?")  # before what was picked, and its place

Method = Literal["sendMessage", "sendPhoto", "editMessageText", "answerCallbackQuery"]


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Bot API."""

    method: Method
    arguments: dict[str, Any]


def calls_for(
    message: Message, chat: int, *, edit: int | None = None, tap: str | None = None
) -> tuple[Call, ...]:
    """Return the calls that say `message`, in their order.

    A press is answered first, so that the button stops spinning. Text goes without any markup:
    what a council typed can neither break a message nor style it.

    Raises:
        ValueError: if a button's token is longer than Telegram takes.
    """
    if message.style is Style.TOAST and tap is not None:
        text = message.text[:MAX_TOAST_CHARS]
        return (Call("answerCallbackQuery", {"callback_query_id": tap, "text": text}),)
    answered = (Call("answerCallbackQuery", {"callback_query_id": tap}),) if tap else ()
    return (*answered, *_say(message, chat, edit))


def _say(said: Message, chat: int, edit: int | None) -> tuple[Call, ...]:
    message = with_short_labels(said)
    parts = [part for text in short_texts(message.text) for part in split_text(text)]
    keyboard, rows = keyboard_for(message), message.rows
    if message.style is Style.EDIT and edit is not None:
        # What came before the last part stays on the screen above it.
        known = {"chat_id": chat, "message_id": edit, "text": parts[-1]}
        # An edit that names no keyboard takes the old one away.
        return (Call("editMessageText", known | ({"reply_markup": keyboard} if rows else {})),)
    if len(message.pictures) == len(parts) == 1 and count_units(parts[0]) <= MAX_CAPTION_UNITS:
        whole = {"chat_id": chat, "photo": message.pictures[0].name, "caption": message.text}
        return (Call("sendPhoto", {**whole, "reply_markup": keyboard}),)
    photos = [
        Call("sendPhoto", {"chat_id": chat, "photo": each.name, "caption": each.words})
        for each in message.pictures
    ]
    calls = [Call("sendMessage", {"chat_id": chat, "text": part}) for part in parts]
    if message.rows:
        calls[-1].arguments["reply_markup"] = keyboard
    return (*photos, *calls)


def as_new(message: Message, chat: int) -> tuple[Call, ...]:
    """Return the calls that say `message` anew, when the one to change is gone."""
    return _say(message._replace(pictures=()), chat, None)


def with_short_labels(message: Message) -> Message:
    """Return the message with its long choices written out, and numbered buttons under them.

    A phone cuts a button's words off after about `MAX_LABEL_CHARS`. The number may be typed too.
    """
    choices = [row[0] for row in message.rows if _is_choice(row)]
    if all(len(choice.label) <= MAX_LABEL_CHARS for choice in choices):
        return message
    marks = [_CHOSEN.match(choice.label) for choice in choices]
    lines, buttons = [], []
    for place, (choice, mark) in enumerate(zip(choices, marks, strict=True), start=1):
        chosen = mark[0] if mark else ""
        # The mark is on the button alone, so that the words stay where they are when it comes.
        lines.append(f"{place}. {choice.label.removeprefix(chosen)}")
        buttons.append(Button(f"{chosen}{place}", choice.token))
    starts = range(0, len(buttons), NUMBERS_A_ROW)
    numbers = [tuple(buttons[start : start + NUMBERS_A_ROW]) for start in starts]
    others = [row for row in message.rows if not _is_choice(row)]
    text = "\n\n".join((message.text, "\n".join(lines)))
    return message._replace(text=text, rows=(*numbers, *others))


def _is_choice(row: tuple[Button, ...]) -> bool:
    """Return whether this row is one option; what leads through the chat begins with a dash."""
    return len(row) == 1 and not row[0].token.rpartition(".")[2].startswith("-")


def keyboard_for(message: Message) -> dict[str, Any]:
    """Return the buttons under a message; none is a keyboard without rows."""
    return {
        "inline_keyboard": [
            [{"text": each.label, "callback_data": _checked(each.token)} for each in row]
            for row in message.rows
        ]
    }


def _checked(token: str) -> str:
    if not 0 < len(token.encode()) <= MAX_BUTTON_BYTES:
        raise ValueError("a button's token must have 1 to 64 bytes")
    return token


def split_text(text: str, most: int = MAX_MESSAGE_UNITS) -> list[str]:
    """Return `text` in parts of `most` units, as many as Telegram takes, cut where it reads best.

    At the end of a paragraph if there is one in the second half of the part, else of a line, else
    between words, else anywhere but inside a character.
    """
    parts = []
    rest = text
    while count_units(rest) > most:
        fits = _longest_start(rest, most)
        at = next((cut for cut in map(fits.rfind, ("\n\n", "\n", " ")) if cut > len(fits) // 2), 0)
        parts.append(rest[: at or len(fits)].rstrip())
        rest = rest[at or len(fits) :].lstrip()
    return [*parts, rest] if rest or not parts else parts


def count_units(text: str) -> int:
    """Return how long Telegram says that `text` is."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _longest_start(text: str, most: int) -> str:
    units = 0
    for place, character in enumerate(text):
        units += 2 if ord(character) > 0xFFFF else 1
        if units > most:
            return text[:place]
    return text
