"""A short paper with fixed heads, as plain values; each kind of file is made from these alone."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HandoutTable:
    """Rows of words under their heads; every state in it is said in words, not by a colour alone.

    `colours` has for each row the colour of its last cell: blue, green, amber, red or none.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    colours: tuple[str, ...] = ()

    @property
    def coloured_rows(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        """Each row with the colour of its last cell, empty for none."""
        colours = self.colours or ("",) * len(self.rows)
        return tuple(zip(self.rows, colours, strict=True))


@dataclass(frozen=True, slots=True)
class HandoutPart:
    """What stands under one head; without a line, it says that there is nothing yet."""

    heading: str
    lines: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    table: HandoutTable | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The lines, or that there are none."""
        has_rows = self.table is not None and bool(self.table.rows)
        return self.lines or (() if self.quotes or has_rows else ("Nothing yet.",))


@dataclass(frozen=True, slots=True)
class Handout:
    """`columns` stand side by side at the top, `parts` below them, one after the other.

    `cover` are the fields on top that a kind of paper always has, such as its author.
    """

    title: str
    council: str
    made_on: str
    demonstration: str
    columns: tuple[HandoutPart, ...] = ()
    parts: tuple[HandoutPart, ...] = ()
    notes: tuple[str, ...] = ()
    cover: tuple[tuple[str, str], ...] = ()
    is_wide: bool = False  # its tables need the page on its side
