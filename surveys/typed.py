"""Typed words as a choice: the number, the words, the emoji or the code all mean the option."""

import re
import unicodedata
from collections.abc import Sequence

from surveys.questions import OneOf, Option, Several

_SEPARATORS = re.compile(r"[,;\n+&]|\band\b")
# A typographic apostrophe; and the marks that make an emoji coloured or a digit a key.
_SMALL_DIFFERENCES = str.maketrans({"’": "'", "\ufe0f": None, "\u20e3": None})
COMMANDS = {
    "skip": "skip", "pass": "skip",
    "back": "back", "go back": "back",
    "stop": "stop", "quit": "stop", "cancel": "stop",
    "help": "help",
    "delete": "delete", "delete my answers": "delete", "forget me": "delete", "clear": "delete",
    "sos": "sos", "unsafe": "sos", "im not safe": "sos", "i am not safe": "sos", "🆘": "sos",
    "help me": "sos", "i need help": "sos",
}  # fmt: skip
SAY_YES = frozenset(
    {"yes", "y", "ok", "okay", "yeah", "yep", "sure", "1", "👍", "start", "carry on"}
)
SAY_NO = frozenset({"no", "n", "nope", "no thanks", "no thank you", "2", "👎"})


def plain(text: str) -> str:
    """Return `text` as it is compared: folded case, one space, no punctuation at its ends."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_SMALL_DIFFERENCES)
    return " ".join(folded.split()).strip(" .!?\"'")


def command_in(text: str) -> str | None:
    """Return the command that these words are, when they are nothing else; None otherwise."""
    return COMMANDS.get(plain(text).lstrip("/").replace("'", ""))


def find_options(question: OneOf, text: str) -> tuple[str, ...]:
    """Return the codes of the options that `text` names, in the survey's order; empty if none.

    For a question that takes one option, more than one named means none was understood.
    """
    whole = _find_one(question.options, text)
    if whole is not None:
        return (whole,)
    if not isinstance(question, Several):
        return ()
    parts = [part for part in _SEPARATORS.split(text) if part.strip()]
    if all(re.fullmatch(r"[\d\s]+", part) for part in parts):
        parts = [number for part in parts for number in part.split()]
    found = [_find_one(question.options, part) for part in parts]
    if not found or None in found:
        return ()
    return tuple(option.code for option in question.options if option.code in found)


def _find_one(options: Sequence[Option], text: str) -> str | None:
    said = plain(text)
    if said.isascii() and said.isdigit():
        place = int(said[:4])
        return options[place - 1].code if 1 <= place <= len(options) else None
    for option in options:
        if said and said in {plain(option.label), plain(option.symbol), option.code}:
            return option.code
    return None
