"""Who is asked a question, as rows of a form: "chose Yes in question 3", joined by all or any."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from surveys.conditions import COMPARISONS
from surveys.drafting.by_hand import read_by_hand

TESTS: Mapping[str, str] = {
    "only": "their answer is",
    "not_only": "their answer is not",
    "chose": "their answers include",
    "not_chose": "their answers do not include",
    "answered": "they answered",
    "not_answered": "they did not answer",
    "skipped": "they were asked and left it out",
    "at_least": "their answer is at least",
    "at_most": "their answer is at most",
    "more_than": "their answer is more than",
    "less_than": "their answer is less than",
    "equals": "their answer is exactly",
}
JOINS: Mapping[str, str] = {"all": "All of these are true", "any": "Any of these is true"}
_WHOLE = re.compile(r"-?[0-9]{1,12}")
MAX_ROUTE_ROWS = 20


@dataclass(frozen=True, slots=True)
class RouteRow:
    """One test. `answer` is a question's code, or "code.option" for one of its options."""

    test: str
    answer: str
    bound: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """Rows joined by "all" or "any". `by_hand` holds what no rows can say, None otherwise."""

    join: str = "all"
    rows: tuple[RouteRow, ...] = ()
    by_hand: Any = None


def route_of(condition: Any) -> Route:
    """Return the rows that say what a condition of a survey file says, where rows can."""
    if condition is None:
        return Route()
    for join in JOINS:
        if isinstance(condition, Mapping) and set(condition) == {join}:
            parts = condition[join]
            rows = [_row_of(each) for each in parts] if isinstance(parts, list | tuple) else [None]
            found = tuple(row for row in rows if row is not None)
            if len(found) == len(rows):
                return Route(join, found)
    row = _row_of(condition)
    return Route("all", (row,)) if row is not None else Route(by_hand=condition)


def _row_of(part: Any) -> RouteRow | None:
    """Return the row that says this, or None when none can."""
    match part:
        case {"question": str(code), "is": str(value), **more} if not more:
            return RouteRow("only", f"{code}.{value}")
        case {"question": str(code), "includes": str(value), **more} if not more:
            return RouteRow("chose", f"{code}.{value}")
        case {"question": str(code), "answered": bool(wanted), **more} if not more:
            return RouteRow("answered" if wanted else "not_answered", code)
        case {"question": str(code), "skipped": True, **more} if not more:
            return RouteRow("skipped", code)
        case {"not": {"question": str(code), "includes": str(value), **more}} if not more:
            return RouteRow("not_chose", f"{code}.{value}")
        case {"not": {"question": str(code), "is": str(value), **more}} if not more:
            return RouteRow("not_only", f"{code}.{value}")
        case {"question": str(code), **more} if len(more) == 1 and set(more) <= set(COMPARISONS):
            test, bound = next(iter(more.items()))
            return RouteRow(str(test), code, str(bound))
        case _:
            return None


def read_route(form: Mapping[str, str], name: str) -> Any:
    """Return the condition that these fields of a form make, or None for everybody."""
    by_hand = form.get(f"{name}-by_hand", "")
    if by_hand.strip():
        return read_by_hand(by_hand)
    parts = [
        part
        for number in range(MAX_ROUTE_ROWS)
        if (part := _read_row(form, f"{name}-{number}")) is not None
    ]
    if len(parts) < 2:
        return parts[0] if parts else None
    join = form.get(f"{name}-join", "all")
    return {join if join in JOINS else "all": parts}


def _read_row(form: Mapping[str, str], name: str) -> dict[str, Any] | None:
    code, _, value = form.get(f"{name}-answer", "").partition(".")
    if not code:
        return None
    test = form.get(f"{name}-test", "only")
    if test in COMPARISONS:
        bound = form.get(f"{name}-bound", "").strip()
        return {"question": code, test: int(bound) if _WHOLE.fullmatch(bound) else bound}
    said: dict[str, dict[str, Any]] = {
        "answered": {"question": code, "answered": True},
        "not_answered": {"question": code, "answered": False},
        "skipped": {"question": code, "skipped": True},
        "chose": {"question": code, "includes": value},
        "not_chose": {"not": {"question": code, "includes": value}},
        "not_only": {"not": {"question": code, "is": value}},
    }
    return said.get(test, {"question": code, "is": value})


def looked_at(condition: Any) -> Sequence[str]:
    """Return the codes of the questions that a condition of a survey file looks at."""
    match condition:
        case {"question": str(code)}:
            return [code]
        case {"not": inner}:
            return looked_at(inner)
        case {"all": list(parts)} | {"any": list(parts)}:
            return [code for part in parts for code in looked_at(part)]
        case _:
            return []
