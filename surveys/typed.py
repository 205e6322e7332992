"""Typed words as a choice: the number, the words, the emoji or the code all mean the option."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from surveys.measures import Ranking
from surveys.once import once_for_each
from surveys.questions import OneOf, Several

_SEPARATORS = re.compile(r"[,;\n+&]|\band\b")
# A typographic apostrophe; and the marks that make an emoji coloured or a digit a key.
_SMALL_DIFFERENCES = str.maketrans({"’": "'", "\ufe0f": None, "\u20e3": None})
COMMANDS = {
    "skip": "skip", "pass": "skip",
    "back": "back", "go back": "back",
    "stop": "stop", "quit": "stop", "cancel": "stop",
    "help": "help", "get help now": "help", "get help": "help",
    "delete": "delete", "delete my answers": "delete", "forget me": "delete", "clear": "delete",
    "sos": "sos", "unsafe": "sos", "im not safe": "sos", "i am not safe": "sos", "🆘": "sos",
    "help me": "sos", "i need help": "sos",
}  # fmt: skip
SAY_YES = frozenset(
    {"yes", "y", "ok", "okay", "yeah", "yep", "sure", "1", "👍", "start", "carry on"}
)
SAY_GO_ON = SAY_YES | {"continue", "next", "go on"}
SAY_AGAIN = frozenset({"1", "again", "answer again"})
SAY_NO = frozenset({"no", "n", "nope", "no thanks", "no thank you", "2", "👎"})
SAY_YES_OR_NO = SAY_YES | SAY_NO


class Named(Protocol):
    """Whatever can be chosen by its words: an option, a rating."""

    @property
    def code(self) -> str:
        """Its short name."""

    @property
    def label(self) -> str:
        """Its words."""

    @property
    def symbol(self) -> str:
        """The emoji beside them, or nothing."""


# What names one of several choices: its code, or None.
Find = Callable[[Sequence[Named], str], str | None]


def plain(text: str) -> str:
    """Return `text` as it is compared: folded case, one space, no punctuation at its ends."""
    if text.isascii():
        if text.isalnum():  # one word or number, as most people type
            return text.lower()
        folded = text.lower()
    else:
        folded = unicodedata.normalize("NFKC", text).casefold().translate(_SMALL_DIFFERENCES)
    return " ".join(folded.split()).strip(" .!?\"'")


def command_in(text: str) -> str | None:
    """Return the command that these words are, when they are nothing else; None otherwise."""
    return command_named(plain(text))


def command_named(said: str) -> str | None:
    """Return the command that these words are, plain as `plain` makes them."""
    if said in COMMANDS or said.isalnum():
        return COMMANDS.get(said)
    return COMMANDS.get(said.lstrip("/").replace("'", ""))


def find_options(question: OneOf, text: str) -> tuple[str, ...]:
    """Return the codes of the options that `text` names, in the survey's order; empty if none.

    For a question that takes one option, more than one named means none was understood.
    """
    return options_found(question, text, find_label)


def options_found(question: OneOf, text: str, find: Find) -> tuple[str, ...]:
    """Return what `find_options` does, with another way to find what one part of a text names."""
    whole = find(question.options, text)
    if whole is not None:
        return (whole,)
    if not isinstance(question, Several):
        return ()
    found = _find_each(question.options, text, find)
    return tuple(option.code for option in question.options if option.code in found)


def order_found(question: Ranking, text: str, find: Find) -> tuple[str, ...]:
    """Return the codes of the options that `text` names, in the order said; empty if unclear."""
    whole = find(question.options, text)
    return (whole,) if whole is not None else _find_each(question.options, text, find)


def _find_each(options: Sequence[Named], text: str, find: Find) -> tuple[str, ...]:
    parts = [part for part in _SEPARATORS.split(text) if part.strip()]
    if all(re.fullmatch(r"[\d\s]+", part) for part in parts):
        parts = [number for part in parts for number in part.split()]
    found = [find(options, part) for part in parts]
    return tuple(code for code in found if code is not None) if None not in found else ()


def find_label(options: Sequence[Named], text: str) -> str | None:
    """Return the code of the one that `text` names: by number, words, emoji or code; or None."""
    return find_named(options, plain(text))


def find_named(options: Sequence[Named], said: str) -> str | None:
    """Return what `find_label` does for words that are plain already.

    Where choices are called by numbers, such as 0 to 10 or "3 or more", a number is what one is
    called, and never its place.
    """
    named = _named(options).get(said)
    if named is None and said.isascii() and said.isdigit():
        number = int(said[:4])
        called = _called_by_numbers(options)
        if called:
            return called.get(number)
        return options[number - 1].code if 1 <= number <= len(options) else None
    return named


@once_for_each(4_096)
def _called_by_numbers(options: Sequence[Named]) -> Mapping[int, str]:
    """Return the code of each number that a label is or begins with; nothing if few are numbers."""
    labels = [plain(option.label) for option in options]
    if 2 * sum(label.isdecimal() for label in labels) < len(labels):
        return {}
    return {
        int(found[0]): option.code
        for option, label in zip(options, labels, strict=True)
        if (found := re.match(r"\d{1,4}(?!\d)", label)) is not None
    }


@once_for_each(4_096)
def _named(options: Sequence[Named]) -> Mapping[str, str]:
    """Return the code that each word, emoji or code means; where two share one, the first."""
    named: dict[str, str] = {}
    for option in options:
        both = plain(f"{option.symbol} {option.label}")
        for word in (plain(option.label), plain(option.symbol), option.code, both):
            named.setdefault(word, option.code)
    named.pop("", None)
    return named
