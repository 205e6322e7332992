"""A short paper with fixed heads, as plain values; each kind of file is made from these alone."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HandoutPart:
    """What stands under one head; without a line, it says that there is nothing yet."""

    heading: str
    lines: tuple[str, ...]
    quotes: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The lines, or that there are none."""
        return self.lines or (() if self.quotes else ("Nothing yet.",))


@dataclass(frozen=True, slots=True)
class Handout:
    """`columns` stand side by side at the top, `parts` below them, one after the other."""

    title: str
    council: str
    made_on: str
    demonstration: str
    columns: tuple[HandoutPart, ...] = ()
    parts: tuple[HandoutPart, ...] = ()
    notes: tuple[str, ...] = ()
