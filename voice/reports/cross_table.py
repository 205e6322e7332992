"""Two questions as one table: how those who gave one answer answered the other."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from voice.analysis.suppression import (
    OFFICERS_SMALLEST_COUNT,
    kept_back,
    show_officers,
    withheld_cells,
)
from voice.reports.figures import Figure

WITHHELD = "withheld"
MISSING = "Did not answer"
TOTAL = "All together"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a table: its words, its options by code in order, and whether one is chosen."""

    text: str
    options: Mapping[str, str]
    one_each: bool

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the options, and "" for those who gave no answer."""
        return (*self.options, "")

    @property
    def labels(self) -> tuple[str, ...]:
        """The words in the same order."""
        return (*self.options.values(), MISSING)

    def stands_in(self, given: Sequence[str]) -> tuple[str, ...]:
        """Return the options that somebody's answer stands in; "" alone for no answer."""
        return tuple(code for code in given if code in self.options) or ("",)


@dataclass(frozen=True, slots=True)
class CrossTable:
    """How many people stand in each cell, rows by columns; the last of each gave no answer.

    `hidden` are the cells withheld. The totals count each person once.
    """

    rows: Asked
    columns: Asked
    counts: tuple[tuple[int, ...], ...]
    row_totals: tuple[int, ...]
    column_totals: tuple[int, ...]
    people: int
    hidden: frozenset[tuple[int, int]]

    @property
    def has_withheld(self) -> bool:
        """Whether a number is kept back because so few people stand behind it, or near it."""
        return bool(self.hidden) or any(
            _total(each) == WITHHELD for each in (*self.row_totals, *self.column_totals)
        )

    @property
    def head(self) -> tuple[str, ...]:
        """The words over the columns."""
        return (self.rows.text, *self.columns.labels, TOTAL)

    @property
    def lines(self) -> tuple[tuple[str, ...], ...]:
        """Each row in words, then how many stand behind the shares of each column."""
        shown = [
            (label, *self._cells(place), self._total_of(place))
            for place, label in enumerate(self.rows.labels)
        ]
        totals = (TOTAL, *map(_total, self.column_totals), str(self.people))
        bases = ["–" if each is None else str(each) for each in self._bases()]
        answered = self.people - self.row_totals[-1]
        base = WITHHELD if _total(self.row_totals[-1]) == WITHHELD else str(answered)
        return (*shown, totals, ("Base of the shares (n)", *bases, base))

    def figures(self) -> Iterator[tuple[str, str, int | None, int | None]]:
        """Give each cell: the row, the column, how many, and of how many; None where withheld."""
        bases = self._bases()
        for place, label in enumerate(self.rows.labels):
            for across, group in enumerate(self.columns.labels):
                shown = (place, across) not in self.hidden
                base = bases[across] if label is not MISSING else None
                yield label, group, self.counts[place][across] if shown else None, base

    def _cells(self, place: int) -> Iterator[str]:
        bases = self._bases()
        for across, count in enumerate(self.counts[place]):
            base = bases[across]
            if (place, across) in self.hidden:
                yield WITHHELD
            elif not base or place == len(self.counts) - 1:
                yield str(count)
            else:
                yield f"{count} ({Figure('', count, base).percent_words})"

    def _total_of(self, place: int) -> str:
        """Return how many gave one answer, and their share of those who gave any."""
        count, missing = self.row_totals[place], self.row_totals[-1]
        if place == len(self.counts) - 1 or WITHHELD in {_total(count), _total(missing)}:
            return _total(count)
        return f"{count} ({Figure('', count, self.people - missing).percent_words})"

    def _bases(self) -> list[int | None]:
        """Return how many of each column answered the row question; None where it would tell."""
        last = len(self.counts) - 1
        return [
            None
            if (last, across) in self.hidden or _total(total) == WITHHELD
            else total - self.counts[last][across]
            for across, total in enumerate(self.column_totals)
        ]


def cross(
    rows: Asked, columns: Asked, people: Sequence[tuple[Sequence[str], Sequence[str]]]
) -> CrossTable:
    """Return the table of what each person answered to the two questions."""
    cells: Counter[tuple[str, str]] = Counter()
    down: Counter[str] = Counter()
    across: Counter[str] = Counter()
    for given, grouped in people:
        in_rows, in_columns = rows.stands_in(given), columns.stands_in(grouped)
        down.update(in_rows)
        across.update(in_columns)
        cells.update((row, column) for row in in_rows for column in in_columns)
    counts = tuple(tuple(cells[row, column] for column in columns.codes) for row in rows.codes)
    return CrossTable(
        rows=rows,
        columns=columns,
        counts=counts,
        row_totals=tuple(down[each] for each in rows.codes),
        column_totals=tuple(across[each] for each in columns.codes),
        people=len(people),
        hidden=_hidden(rows, columns, counts),
    )


def _hidden(
    rows: Asked, columns: Asked, counts: Sequence[Sequence[int]]
) -> frozenset[tuple[int, int]]:
    """Return the cells that are withheld: those of few people, and what would give them away.

    Where several may be chosen in one question only, each of its options is a line whose total is
    known; where in both, no cells add up to anything that is known.
    """
    if rows.one_each and columns.one_each:
        return withheld_cells(counts)
    if columns.one_each:
        return frozenset((r, c) for r, line in enumerate(counts) for c in _few_of(line))
    if rows.one_each:
        lines = zip(*counts, strict=True)
        return frozenset((r, c) for c, line in enumerate(lines) for r in _few_of(line))
    return frozenset(
        (r, c)
        for r, line in enumerate(counts)
        for c, count in enumerate(line)
        if 0 < count < OFFICERS_SMALLEST_COUNT
    )


def _few_of(line: Sequence[int]) -> set[int]:
    bases = {str(place): count for place, count in enumerate(line)}
    return {int(place) for place in kept_back(bases, smallest=OFFICERS_SMALLEST_COUNT)}


def _total(count: int) -> str:
    return str(count) if show_officers(count, count).text == str(count) else WITHHELD
