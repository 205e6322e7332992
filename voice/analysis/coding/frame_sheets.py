"""A coding frame as a table: read with every fault by its line, for a command and for a page."""

import re
from collections.abc import Iterable, Sequence

from voice.analysis.coding.frames import FrameTheme

COLUMNS = ("key", "name", "note", "keywords")
NOTE_COLUMNS = ("note", "notes", "description")

Line = tuple[int, FrameTheme]
Fault = tuple[int, str]


class FrameFaultsError(ValueError):
    """A table that is no frame: each fault has the number of its line; 0 is the whole table."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(words for _, words in faults))
        self.faults = tuple(faults)


def read_lines(columns: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]]) -> list[Line]:
    """Return the themes of a table `key,name[,note,keywords]`, each with the number of its line.

    A column's name may be in any case; without a name the key is the name. Keywords are separated
    by |, or where there is none by semicolons or commas.

    Raises:
        FrameFaultsError: with every line without a key, or with one that came before; or with the
            table, if it has no column of keys or no themes.
    """
    places = {column.strip().casefold(): at for at, column in reversed(list(enumerate(columns)))}
    if "key" not in places:
        there = ", ".join(f"“{column}”" for column in columns)
        raise FrameFaultsError([(0, f"there is no column “key”; the columns are {there}")])
    note = next((places[each] for each in NOTE_COLUMNS if each in places), None)
    lines: list[Line] = []
    faults: list[Fault] = []
    known: set[str] = set()
    for number, row in rows:
        key = row[places["key"]].strip()
        if not key or key in known:
            wrong = f"the key “{key}” comes a second time" if key else "there is no key"
            faults.append((number, f"{wrong}; give each theme a key of its own"))
            continue
        known.add(key)
        name = row[places["name"]].strip() if "name" in places else ""
        words = row[places["keywords"]] if "keywords" in places else ""
        says = row[note].strip() if note is not None else ""
        lines.append((number, FrameTheme(key, name or key, says, split_keywords(words))))
    if faults:
        raise FrameFaultsError(faults)
    if not lines:
        raise FrameFaultsError([(0, "there are no themes: write one a row below the header")])
    return lines


def split_keywords(cell: str) -> tuple[str, ...]:
    """Return the keywords of a cell, none empty: parted by |, else by semicolons or commas."""
    parts = cell.split("|") if "|" in cell else re.split("[;,]", cell)
    return tuple(part.strip() for part in parts if part.strip())


def read_typed(text: str) -> list[Line]:
    """Return the themes of what somebody typed: one a line, `name` or `name: keyword | keyword`.

    They have no keys yet. Empty lines are left out.

    Raises:
        FrameFaultsError: if there are none, or with every line that has no name.
    """
    lines, faults = [], []
    for number, typed in enumerate(text.splitlines(), start=1):
        name, _, words = typed.partition(":")
        if name.strip():
            lines.append((number, FrameTheme("", name.strip(), "", split_keywords(words))))
        elif words.strip():
            faults.append((number, "there is no name before the colon"))
    if faults or not lines:
        raise FrameFaultsError(faults or [(0, "write at least one theme, one a line")])
    return lines
