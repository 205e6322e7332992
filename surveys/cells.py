"""A cell of somebody else's spreadsheet as an answer: labels, codes and agreed names alike."""

import re
from collections.abc import Iterable, Iterator, Mapping

from surveys.measures import Grid, Ranking
from surveys.parted import (
    LEAVE_OUT,
    Aliases,
    choice_named,
    named_in,
    parts_of,
    read_whole,
    whole_lines,
)
from surveys.questions import AnyQuestion, CardSort, OneOf, Option, Several
from surveys.sheet import Written
from surveys.typed import find_options, plain

__all__ = ["LEAVE_OUT"]  # found here by everybody who reads cells
_BETWEEN = " \t\r\n,;|/"
_PARTS = re.compile(r"[;|\n]")
_NOT_CHOSEN = frozenset({"", "0", "no", "n", "false", "not selected", "unchecked", "-", "none"})


def read_cell(question: AnyQuestion, text: str, aliases: Aliases) -> Written:
    """Return what a cell says to a question, for `read_answer` to take or refuse.

    What names no option stays as it is, so that it is refused and nothing is guessed.
    """
    if isinstance(question, Grid | CardSort):
        return Written(read_whole(question, text, aliases))
    if not isinstance(question, OneOf) or not text.strip():
        return Written((text,) if text.strip() else ())
    found = _named(question, text, aliases)
    if found is None:
        return Written((text,))
    return Written(tuple(code for code in found if code != LEAVE_OUT))


def is_chosen(text: str) -> bool:
    """Return whether a column that stands for one option says that it was chosen."""
    return plain(text) not in _NOT_CHOSEN


def unknown_names(question: AnyQuestion, text: str, aliases: Aliases) -> Iterator[str]:
    """Give each part of a cell that names no option of this question."""
    if isinstance(question, Grid | CardSort):
        yield from unknown_choices(
            question, [named_in(line)[1] for line in whole_lines(text)], aliases
        )
        return
    if not isinstance(question, OneOf) or not text.strip():
        return
    if _named(question, text, aliases) is not None:
        return
    parts = _PARTS.split(text) if isinstance(question, Several | Ranking) else [text]
    for part in parts:
        if part.strip() and _named(question, part, aliases) is None:
            yield part.strip()


def unknown_choices(question: AnyQuestion, names: Iterable[str], aliases: Aliases) -> Iterator[str]:
    """Give each of these names that is no choice of this question; blank ones are none."""
    for name in names:
        if name.strip() and choice_named(question, name, aliases) is None:
            yield name.strip()


def part_named(question: AnyQuestion, text: str) -> str | None:
    """Return the part of this question that a header names: by code, words or number; or None."""
    wanted = plain(text)
    for code, label in parts_of(question).items():
        if wanted in {code, plain(label), f"rank {code}", f"rank{code}"}:
            return code
    return None


def _named(question: OneOf, text: str, aliases: Aliases) -> tuple[str, ...] | None:
    """Return the options that a cell names; None where some of it names none."""
    names = {plain(option.label): option.code for option in question.options}
    names |= {option.code: option.code for option in question.options}
    names |= {plain(alias): code for alias, code in aliases.items()}
    whole = names.get(plain(text))
    if whole is not None:
        return (whole,)
    if isinstance(question, Several | Ranking):
        several = _consume(plain(text.strip(_BETWEEN)), names)
        if several:
            return several
    return find_options(question, text) or None


def _consume(rest: str, names: Mapping[str, str]) -> tuple[str, ...] | None:
    """Take one name after the other off the front, the longest first: labels hold commas too."""
    longest_first = sorted(names, key=len, reverse=True)
    found: list[str] = []
    while rest:
        name = next((each for each in longest_first if _begins(rest, each)), None)
        if name is None:
            return None
        found.append(names[name])
        rest = rest[len(name) :].lstrip(_BETWEEN + ".")
    return tuple(found)


def _begins(rest: str, name: str) -> bool:
    after = rest[len(name) : len(name) + 1]
    return bool(name) and rest.startswith(name) and (not after or after in _BETWEEN + ".")


def option_named(question: AnyQuestion, text: str) -> Option | None:
    """Return the option with this label or code, or None."""
    if not isinstance(question, OneOf):
        return None
    wanted = plain(text)
    return next((one for one in question.options if wanted in {plain(one.label), one.code}), None)
