"""Who is asked a question, as rows of a form: "chose Yes in question 3", joined by all or any.

A row looks at an earlier answer, or at how somebody answers: in which way, as whom, through what.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from surveys.conditions import COMPARISONS, SETTINGS
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
    "by": "they answer this way",
    "not_by": "they do not answer this way",
}
JOINS: Mapping[str, str] = {"all": "All of these are true", "any": "Any of these is true"}
_WHOLE = re.compile(r"-?[0-9]{1,12}")
MAX_ROUTE_ROWS = 20
_OF_A_SETTING = "-"  # before the key of a setting; no question's code begins with it


@dataclass(frozen=True, slots=True)
class RouteRow:
    """One test. `answer` is a question's code, or "code.option" for one of its options.

    Or it is a value of a setting, as `setting_answer` writes it.
    """

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
        is_joined = isinstance(condition, Mapping) and set(condition) == {join}
        parts = condition[join] if is_joined else [condition]
        rows = [_rows_of(each, join) for each in parts] if isinstance(parts, list | tuple) else []
        found = tuple(row for each in rows for row in each)
        if rows and all(rows) and len(found) <= MAX_ROUTE_ROWS:
            return Route(join, found)
    return Route(by_hand=condition)


def setting_answer(setting: str, value: str) -> str:
    """Return what stands in a row for a value of a setting, such as "-channel.telegram"."""
    return f"{_OF_A_SETTING}{setting}.{value}"


def _rows_of(part: Any, join: str) -> tuple[RouteRow, ...]:
    """Return the rows that say this where rows are joined so; none when none can."""
    row = _row_of(part)
    if row is not None:
        return (row,)
    match part:
        case {"not": inner, **more} if not more:
            turned = "all" if join == "any" else "any"
            return _setting_rows(inner, turned, test="not_by")
        case _:
            return _setting_rows(part, join, test="by")


def _setting_rows(part: Any, join: str, *, test: str) -> tuple[RouteRow, ...]:
    """Return a row for each value of a setting: any of one key will do, of several keys all must.

    A single value needs no join; several that are joined the other way have no rows.
    """
    if not isinstance(part, Mapping) or not part or not set(part) <= set(SETTINGS):
        return ()
    values = {key: [each] if isinstance(each, str) else each for key, each in part.items()}
    if not all(isinstance(each, list) and each for each in values.values()):
        return ()
    named = [(key, value) for key, each in values.items() for value in each]
    is_any, is_all = len(values) == 1, len(named) == len(values)
    if not (is_any if join == "any" else is_all) or not all(
        isinstance(value, str) and value for _, value in named
    ):
        return ()
    return tuple(RouteRow(test, setting_answer(key, value)) for key, value in named)


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


def read_route(form: Mapping[str, str], name: str, *, before: Any = None) -> Any:
    """Return the condition that these fields of a form make, or None for everybody.

    The one that stood there `before` stays as it was written where they say the same.
    """
    typed = _read_typed(form, name)
    return before if before is not None and route_of(before) == route_of(typed) else typed


def _read_typed(form: Mapping[str, str], name: str) -> Any:
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


# What "they answer" says of an option, and of a question as a whole.
_OF_AN_ANSWER = {
    ("by", True): "only",
    ("by", False): "answered",
    ("not_by", True): "not_only",
    ("not_by", False): "not_answered",
}


def _read_row(form: Mapping[str, str], name: str) -> dict[str, Any] | None:
    code, _, value = form.get(f"{name}-answer", "").partition(".")
    if not code:
        return None
    test = form.get(f"{name}-test", "only")
    if code.startswith(_OF_A_SETTING):
        setting = {code.removeprefix(_OF_A_SETTING): value}
        return {"not": setting} if test.startswith("not_") else setting
    test = _OF_AN_ANSWER.get((test, bool(value)), test)
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
