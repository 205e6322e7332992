"""Two questions as one table: how those who gave one answer answered the other."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from voice.analysis.withheld_tables import ALL, Crossed, Place, withheld_parts
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


@dataclass(frozen=True)
class CrossTable:
    """How many people stand in each cell, rows by columns; the last of each gave no answer."""

    rows: Asked
    columns: Asked
    counted: Crossed

    @cached_property
    def withheld(self) -> frozenset[Place]:
        """The cells and totals of so few people that they are kept back, or near such."""
        return withheld_parts(self.counted)

    @property
    def has_withheld(self) -> bool:
        """Whether anything is kept back."""
        return bool(self.withheld)

    @property
    def people(self) -> str:
        """How many responses count, as the table says it."""
        return self._words((ALL, ALL))

    @property
    def head(self) -> tuple[str, ...]:
        """The words over the columns."""
        return (self.rows.text, *self.columns.labels, TOTAL)

    @property
    def lines(self) -> tuple[tuple[str, ...], ...]:
        """Each row in words, then how many stand behind the shares of each column."""
        places = (*range(len(self.columns.codes)), ALL)
        rows = [*enumerate(self.rows.labels), (ALL, TOTAL)]
        shown = [(label, *(self._words((place, across)) for across in places))
                 for place, label in rows]  # fmt: skip
        bases = (self._base(across) for across in places)
        said = (WITHHELD if each is None else str(each) for each in bases)
        return (*shown, ("Base of the shares (n)", *said))

    def figures(self) -> Iterator[tuple[str, str, int | None, int | None]]:
        """Give each cell: the row, the column, how many, and of how many; None where withheld."""
        for place, label in enumerate(self.rows.labels):
            for across, group in enumerate(self.columns.labels):
                base = self._base(across) if label is not MISSING else None
                yield label, group, self._count((place, across)), base

    def _count(self, place: Place) -> int | None:
        return None if place in self.withheld else self._parts[place]

    @cached_property
    def _parts(self) -> Mapping[Place, int]:
        return self.counted.parts()

    def _words(self, place: Place) -> str:
        """Return how many, and their share of those in the column who gave any answer."""
        count, base = self._count(place), self._base(place[1])
        if count is None:
            return WITHHELD
        if not base or place[0] in {ALL, self._missing}:
            return str(count)
        return f"{count} ({Figure('', count, base).percent_words})"

    @property
    def _missing(self) -> int:
        return len(self.rows.options)

    def _base(self, across: int) -> int | None:
        """Return how many of a column answered the row question; None where it would tell."""
        total, missing = self._count((ALL, across)), self._count((self._missing, across))
        return None if total is None or missing is None else total - missing


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
    return CrossTable(
        rows=rows,
        columns=columns,
        counted=Crossed(
            cells=tuple(
                tuple(cells[row, column] for column in columns.codes) for row in rows.codes
            ),
            row_totals=[down[each] for each in rows.codes],
            column_totals=[across[each] for each in columns.codes],
            people=len(people),
            is_one_row=rows.one_each,
            is_one_column=columns.one_each,
        ),
    )
