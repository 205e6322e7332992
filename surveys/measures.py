"""Kinds of question that measure: how sure, before and after, in which order, how each is rated."""

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from surveys.question import CODE_PATTERN, Definition, OneOf, Question
from surveys.ready_made import columns_called

MOST_ROWS = 30
MOST_COLUMNS = 11  # 0 to 10
START, END = "start", "end"  # the two parts of a pair, in an export and in the names of fields


class Percent(Question):
    """A whole per cent, 0 to 100, such as how confident somebody is."""

    kind: Literal["percent"]


class Pair(Question):
    """Two whole per cents: at the start and at the end. Both are given, or neither is."""

    kind: Literal["pair"]
    start: str = Field(default="Before", min_length=1)
    end: str = Field(default="After", min_length=1)

    @property
    def labels(self) -> dict[str, str]:
        """The words beside each part."""
        return {START: self.start, END: self.end}


class Ranking(OneOf):
    """Options to be put in order, the first first; none shares its place with another."""

    kind: Literal["ranking"]
    most: int | None = Field(default=None, ge=1)  # rank only the first so many

    @model_validator(mode="after")
    def _can_be_ranked(self) -> Self:
        if (self.most or 0) > len(self.options):
            raise ValueError(f"there are only {len(self.options)} options; lower most")
        if any(each.exclusive or each.specify for each in self.options):
            raise ValueError("options to put in order take neither exclusive nor specify")
        return self

    @property
    def places(self) -> int:
        """How many places there are to give."""
        return self.most or len(self.options)

    def in_order(self, values: Sequence[str]) -> list[str]:
        """Return the words of the options ranked, such as "1. A bus"."""
        labels = {option.code: option.label for option in self.options}
        return [f"{place}. {labels.get(code, code)}" for place, code in enumerate(values, start=1)]


class GridRow(Definition):
    """One thing to be rated."""

    code: str = Field(pattern=CODE_PATTERN)
    label: str = Field(min_length=1)
    symbol: str = ""  # an emoji shown beside the words in a chat, never instead of them


class GridColumn(Definition):
    """One rating, from the first to the last of an order. A mean needs a `score` in each."""

    code: str = Field(pattern=CODE_PATTERN)
    label: str = Field(min_length=1)
    symbol: str = ""
    score: int | None = None  # none for "Not sure", which is in no mean


class Grid(Question):
    """Several things rated in the same way. A rating is kept as "row.column"."""

    kind: Literal["grid"]
    rows: tuple[GridRow, ...] = Field(min_length=1, max_length=MOST_ROWS)
    columns: Annotated[
        tuple[GridColumn, ...],
        Field(min_length=2, max_length=MOST_COLUMNS),
        BeforeValidator(columns_called),
    ]

    @model_validator(mode="after")
    def _codes_differ(self) -> Self:
        for codes in ([each.code for each in self.rows], [each.code for each in self.columns]):
            if twice := {code for code in codes if codes.count(code) > 1}:
                raise ValueError(f"code used twice: {', '.join(sorted(twice))}")
        return self

    @property
    def scores(self) -> dict[str, int]:
        """The score of each column that has one."""
        return {each.code: each.score for each in self.columns if each.score is not None}

    def column(self, code: str) -> GridColumn | None:
        """Return the column with this code, or None."""
        return next((each for each in self.columns if each.code == code), None)

    def has(self, value: str) -> bool:
        """Return whether `value` is "row.column" with a row and a column of this grid."""
        row, _, column = value.partition(".")
        return self.column(column) is not None and any(each.code == row for each in self.rows)

    def rated(self, values: Sequence[str]) -> dict[str, str]:
        """Return the column of each row that was rated, by their codes, in the order of rows."""
        given = dict(value.partition(".")[::2] for value in values)
        return {row.code: given[row.code] for row in self.rows if given.get(row.code)}

    def in_lines(self, values: Sequence[str]) -> list[str]:
        """Return each row that was rated in words, such as "The teacher: Good"."""
        rated = self.rated(values)
        columns = {each.code: each.label for each in self.columns}
        return [
            f"{row.label}: {columns.get(rated[row.code], rated[row.code])}"
            for row in self.rows
            if row.code in rated
        ]


def rating(row: str, column: str) -> str:
    """Return how it is kept that this row was given this column."""
    return f"{row}.{column}"


Measure = Percent | Pair | Ranking | Grid
MEASURES = (Percent, Pair, Ranking, Grid)
