"""Whether people may keep their answers together with a code, and whose answers never meet."""

from collections.abc import Sequence
from enum import StrEnum

from pydantic import Field

from surveys.question import CODE_PATTERN, Definition


class Joins(StrEnum):
    """Whose code keeps answers together."""

    PERSON = "person"  # everybody has their own
    FAMILY = "family"  # one for a child and their parents, each on a side of their own


class Wall(StrEnum):
    """Between whom a wall stands: answers of one are never joined with any of the other."""

    VICTIM = "victim"
    YOUNG_PERSON = "young_person"  # one who harmed somebody, or works with the YOS


class Side(Definition):
    """One side of a family's code, such as the child. No side sees the answers of another."""

    code: str = Field(pattern=CODE_PATTERN)
    label: str = Field(min_length=1)


def fault_in_sides(joins: Joins | None, sides: Sequence[Side]) -> str:
    """Return what is wrong with the sides of a survey, and the cure; empty if nothing is."""
    codes = [side.code for side in sides]
    if len(set(codes)) < len(codes):
        return "two sides have the same code; give each its own"
    if joins is Joins.FAMILY and not sides:
        return "a family’s code needs sides; add the side that answers, such as child"
    if joins is not Joins.FAMILY and sides:
        return "only a family’s code has sides; write joins: family, or remove them"
    return ""


def find_side(sides: Sequence[Side], chosen: str) -> str | None:
    """Return the code of the side chosen, or of the only one there is; None if unclear.

    Without sides it is empty.
    """
    if len(sides) <= 1:
        return next((side.code for side in sides), "")
    return next((side.code for side in sides if side.code == chosen), None)
