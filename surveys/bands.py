"""Number bands in the labels of options, such as ages: which whole numbers a label takes in."""

import re
from dataclasses import dataclass

TOP = 1_000_000
_UNDER = re.compile(r"^(?:under|below|less than|younger than) (\d+)\b", re.IGNORECASE)
_UP_TO = re.compile(
    r"^(?:up to (\d+)\b|(\d+) (?:or|and) (?:under|below|younger|less|fewer)\b)", re.I
)
_BETWEEN = re.compile(r"^(?:aged )?(\d+) ?(?:-|–|to) ?(\d+)\b", re.IGNORECASE)
_OVER = re.compile(r"^(?:over|more than|older than) (\d+)\b", re.IGNORECASE)
_FROM = re.compile(r"^(\d+) ?(?:\+|(?:or|and) (?:over|above|older|more)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Band:
    """The whole numbers from `lowest` to `highest`, both in it, as the label puts them."""

    lowest: int
    highest: int
    label: str


def band_in(label: str) -> Band | None:
    """Return the band that a label names, or None when it names none."""
    if found := _UNDER.match(label):
        return Band(0, int(found[1]) - 1, label)
    if found := _UP_TO.match(label):
        return Band(0, int(found[1] or found[2]), label)
    if found := _BETWEEN.match(label):
        return Band(int(found[1]), int(found[2]), label)
    if found := _OVER.match(label):
        return Band(int(found[1]) + 1, TOP, label)
    if found := _FROM.match(label):
        return Band(int(found[1]), TOP, label)
    return None
