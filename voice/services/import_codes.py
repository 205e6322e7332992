"""Personal codes in a file: which columns may hold them, and what each row of it says.

A code comes in as on the page: hashed, behind its survey's wall, and kept nowhere as it was typed.
"""

from collections.abc import Mapping as Cells
from dataclasses import dataclass

from surveys.answers import storable
from surveys.engine import Survey
from surveys.joining import find_side
from surveys.personal_codes import read_personal_code
from surveys.typed import plain

CODE, SIDE = "-code", "-side"  # what a column may stand for beside a question
_HEADERS = {
    "personal code": CODE, "their personal code": CODE, "family code": CODE,
    "side": SIDE, "whose side": SIDE,
}  # fmt: skip
WRONG = {
    CODE: ("is no personal code", "check each letter and number, or empty the cell"),
    SIDE: ("is none of the sides of the code", "write who answers, as the form names them"),
}


@dataclass(frozen=True, slots=True)
class RowCode:
    """The personal code of a row and on which side it stands, both as typed; or none."""

    typed: str = ""
    side: str = ""


NO_CODE = RowCode()


def code_targets(survey: Survey) -> list[tuple[str, str]]:
    """Return what a column may stand for in a survey whose answers may be kept together."""
    if survey.joins is None:
        return []
    sides = ", ".join(side.label for side in survey.sides)
    whose = [(SIDE, f"Whose side of the code it is: {sides}")] if len(survey.sides) > 1 else []
    return [(CODE, "Their personal code, if they gave one"), *whose]


def guess_code(survey: Survey, header: str) -> str:
    """Return what a header names of a code; "" if it names nothing of it."""
    target = _HEADERS.get(plain(header), "")
    return target if target in dict(code_targets(survey)) else ""


def read_code(survey: Survey, cells: Cells[str, str]) -> tuple[RowCode, str]:
    """Return the code in a row, and which of its cells is at fault; "" if neither is."""
    typed = storable(cells.get(CODE, "")).strip()
    if not typed:
        return NO_CODE, ""
    said = plain(storable(cells.get(SIDE, "")))
    named = (each.code for each in survey.sides if said in {each.code, plain(each.label)})
    side = find_side(survey.sides, next(named, ""))
    if not read_personal_code(typed):
        return NO_CODE, CODE
    return (NO_CODE, SIDE) if side is None else (RowCode(typed, side), "")
