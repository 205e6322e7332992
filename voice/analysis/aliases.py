"""Names and acronyms of one thing, read as one. Standard library only, so pages may import it.

The list is `lexicons/aliases.csv`; a council adds its own in the same form.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from voice.analysis.lexicon_files import read_lines, read_words

COLUMNS = ("name", "also")

_WORDS = re.compile(r"\w+(?:&\w+)?|&")


class AliasesError(ValueError):
    """A list of aliases that cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text names something: from `start` to `end`, and by which `name` it is known."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class _Form:
    words: tuple[str, ...]
    name: str
    exactly: str  # as it must be written, where its small letters are an everyday word; else ""


class Aliases:
    """Every name that stands for another one."""

    def __init__(self, rows: Iterable[tuple[str, Sequence[str]]]) -> None:
        self._forms: defaultdict[str, list[_Form]] = defaultdict(list)
        self.also: dict[str, tuple[str, ...]] = {}
        for name, also in rows:
            self.also[name] = tuple(dict.fromkeys((*self.also.get(name, ()), *also)))
            for written in (name, *also):
                words = tuple(_WORDS.findall(written.casefold()))
                if words:
                    self._forms[words[0]].append(_Form(words, name, _exactly(written, words)))
        for forms in self._forms.values():
            forms.sort(key=lambda form: -len(form.words))

    def find(self, text: str) -> Iterator[Place]:
        """Yield every place where `text` names one of these things, the longest name first."""
        small = text.casefold()
        if len(small) != len(text) or self._forms.keys().isdisjoint(_WORDS.findall(small)):
            return
        words = list(_WORDS.finditer(small))
        at = 0
        while at < len(words):
            form = self._form_at(text, words, at)
            if form:
                last = words[at + len(form.words) - 1]
                yield Place(words[at].start(), last.end(), form.name)
            at += len(form.words) if form else 1

    def _form_at(self, text: str, words: Sequence[re.Match[str]], at: int) -> _Form | None:
        for form in self._forms.get(words[at].group(), ()):
            there = words[at : at + len(form.words)]
            if tuple(each.group() for each in there) != form.words:
                continue
            if not form.exactly or text[there[0].start() : there[-1].end()] == form.exactly:
                return form
        return None


def _exactly(written: str, words: Sequence[str]) -> str:
    """Return how a one-word name must be written not to be mistaken for an everyday word."""
    is_everyday = len(words) == 1 and words[0] in read_words("frequent_words")
    is_short = len(words) == 1 and len(words[0]) <= 2  # "SW", "PE": in capitals only
    return written if (is_everyday and written != written.casefold()) or is_short else ""


def aliases_with(own: Mapping[str, Sequence[str]]) -> Aliases:
    """Return our names together with a council's: each thing, and what else it is called."""
    if not own:
        return own_aliases()
    return Aliases([*_read(read_lines("aliases", "csv")), *own.items()])


def read_aliases(lines: Iterable[str]) -> Aliases:
    """Return our names together with those of a council's own list: CSV of `name,also`.

    Raises:
        AliasesError: if there is no such column, or a line has no name.
    """
    return Aliases([*_read(read_lines("aliases", "csv")), *_read(lines)])


@cache
def own_aliases() -> Aliases:
    """Return the names that come with the service."""
    return Aliases(_read(read_lines("aliases", "csv")))


def _read(lines: Iterable[str]) -> list[tuple[str, tuple[str, ...]]]:
    reader = csv.DictReader(line for line in lines if line.strip() and not line.startswith("#"))
    if not set(COLUMNS) <= {name.strip() for name in reader.fieldnames or ()}:
        raise AliasesError(f"it needs the columns {' and '.join(COLUMNS)}")
    rows = []
    for number, row in enumerate(reader, start=2):
        name = (row["name"] or "").strip()
        if not name:
            raise AliasesError(f"line {number} has no name")
        rows.append((name, tuple(part.strip() for part in (row["also"] or "").split("|") if part)))
    return rows
