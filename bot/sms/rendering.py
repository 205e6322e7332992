"""What we say as text messages: numbered choices, words to reply with, and no pictures."""

import re
from collections.abc import Sequence
from functools import partial

from bot.rendering import split_text
from surveys import prompts, ways, writing_first
from surveys.catalogue import say
from surveys.parts import DONE
from surveys.turns import Button, Message

MAX_TEXT_UNITS = 918  # what GOV.UK Notify sends as one text, in six parts
_NUMBERED = frozenset({prompts.YES, prompts.NO, prompts.CARRY_ON, prompts.AGAIN, prompts.NEXT})
# Here "stop" ends all our texts; and after help, a number is the answer to what was asked before.
_LEFT_OUT = frozenset({prompts.STOP, prompts.RETURN})
_ASKED_NOW = frozenset({writing_first.WRITE, writing_first.NO_WRITE})  # a number answers these
_COMMAND = re.compile(r"(?<![\w/])/([a-z]+)\b")
_ORDER = " in order, the first one first, like: 2, 1, 3"
_SPOKEN = (
    ("Please press a button, or type its words.", "Please reply with its number."),
    ("Please press a button, or type yes or no.", "Please reply yes or no."),
    ("Please press a button, or type", "Please reply with"),
    ("Choose one, then press Done.", "Choose one. Reply with its number."),
    (", then press Done.", ". Reply with the numbers, like: 1, 3"),
    (
        "Press them in order, the first one first. Then press Done.",
        f"Reply with the numbers{_ORDER}",
    ),
    (
        " that matter most in order, the first one first. Then press Done.",
        f" that matter most{_ORDER}",
    ),
    ("Press the ", "Reply with the numbers of the "),
    ("Type it and send it, or press", "Reply with it, or with"),
    ("Type your answer and send it.", "Reply with your answer."),
    ("or press ", "or reply "),
    ("Press ", "Reply "),
    (" press ", " reply "),
    ("Type ", "Reply with "),
)
SEVERAL_AT_ONCE = "Several at once, like: 1, 3"
REPLY, OR_REPLY, REPLY_WITH = "Reply {reply} for {words}", "Or reply: {words}", "Reply: {words}"
_MARKS = re.compile(r"^[^\w(“‘\"']+")


def texts_for(message: Message) -> list[str]:
    """Return the texts that say `message`, each short enough for any gateway.

    What only repeats a choice is not sent: the person has just typed it, and a text costs.
    """
    if message.is_echo:
        return []
    said = _COMMAND.sub(lambda found: found[1].upper(), message.text)
    for shown, spoken in _SPOKEN:
        said = said.replace(shown, spoken)
    return split_text("\n\n".join(filter(None, (said, _ways_to_reply(message)))), MAX_TEXT_UNITS)


def _ways_to_reply(message: Message) -> str:
    buttons = [each for row in message.rows for each in row]
    asked_now = [each for each in buttons if _value_of(each) in _ASKED_NOW]
    numbered = asked_now or [each for each in buttons if _is_numbered(each)]
    others = [
        f"WAYS ({_words_of(each)})" if _value_of(each) == ways.WAYS else _words_of(each)
        for each in buttons
        if not (each in numbered or _is_way(each)) and _value_of(each) not in _LEFT_OUT
    ]
    others_ways = [each for each in buttons if _is_way(each)]
    spoken = partial(say, message.language)
    lines = [
        spoken(REPLY, reply=f"{before}{_number_of(each, place)}", words=_words_of(each))
        for before, chosen in (("", numbered), ("WAYS ", others_ways))
        for place, each in enumerate(chosen, start=1)
    ]
    if len(numbered) > 1 and message.language != "en" and _takes_several(buttons):
        lines.append(spoken(SEVERAL_AT_ONCE))  # in English the question itself says it
    if others:
        lines.append(spoken(OR_REPLY if lines else REPLY_WITH, words=", ".join(others)))
    return "\n".join(lines)


def _takes_several(buttons: Sequence[Button]) -> bool:
    return any(_value_of(each) == DONE for each in buttons)


def _is_numbered(button: Button) -> bool:
    value = _value_of(button)
    return not value.startswith("-") or value in _NUMBERED


def _number_of(button: Button, place: int) -> str:
    """Return what to reply with: a choice called by a number, as in 0 to 10, is that number."""
    words = _words_of(button)
    return words if words.isascii() and words.isdigit() else str(place)


def _is_way(button: Button) -> bool:
    """Return whether this is a way or a language to change to, which "ways" and a number choose."""
    return _value_of(button).startswith((ways.WAY, ways.LANGUAGE))


def _value_of(button: Button) -> str:
    return button.token.rpartition(".")[2]


def _words_of(button: Button) -> str:
    """Return a button's words without the emoji before them, which makes each text dearer."""
    return _MARKS.sub("", button.label) or button.label
