"""Measures as a page draws them, and what the page sent back: pairs, orders and grids."""

from collections.abc import Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from surveys.measured import both_in
from surveys.measures import END, START, Grid, Measure, Pair, Percent, Ranking, rating


def read_measure_form(question: Measure, form: MultiDict[str, str]) -> tuple[str, ...]:
    """Return what the page sent back as `read_measure` takes it; of a pair both, blanks too."""
    match question:
        case Percent():
            return tuple(form.getlist(question.code))
        case Pair():
            return tuple(form.get(part_name(question, part), "") for part in (START, END))
        case Ranking():
            places = ((form.get(part_name(question, o.code), ""), o.code) for o in question.options)
            return tuple(f"{place}.{code}" for place, code in places if place.strip())
        case Grid():
            given = ((row.code, form.get(part_name(question, row.code))) for row in question.rows)
            return tuple(rating(row, column) for row, column in given if column)


def part_name(question: Measure, part: str) -> str:
    """Return the name of the field for one part of the question; no code has a hyphen."""
    return f"{question.code}-{part}"


def draw_measure(question: Measure, values: Sequence[str]) -> dict[str, Any]:
    """Return what templates need beside the text: fields with what stands in them."""
    match question:
        case Percent():
            return {"given": values[0] if values else ""}
        case Pair():
            return {"fields": _pair_fields(question, values)}
        case Ranking():
            return {"fields": _ranking_fields(question, values), "places": question.places}
        case Grid():
            return _draw_grid(question, values)


def _pair_fields(question: Pair, values: Sequence[str]) -> list[tuple[str, str, str]]:
    """Return (name, label, value) for each of the two."""
    given = both_in(values[0]) if len(values) == 1 else tuple(values)
    both = (*given, "", "")
    return [
        (part_name(question, part), label, both[place])
        for place, (part, label) in enumerate(question.labels.items())
    ]


def _ranking_fields(question: Ranking, values: Sequence[str]) -> list[tuple[str, str, str, str]]:
    """Return (name, label, symbol, place) for each option; an empty place where it has none."""
    places = {}
    for place, value in enumerate(values, start=1):
        at, dot, code = value.partition(".")
        places[code if dot else value] = at if dot else str(place)
    return [
        (part_name(question, each.code), each.label, each.symbol, places.get(each.code, ""))
        for each in question.options
    ]


def _draw_grid(question: Grid, values: Sequence[str]) -> dict[str, Any]:
    """Return rows as (name, label, symbol, column), and the row where an error leads to."""
    rated = question.rated(values)
    left = [row.code for row in question.rows if row.code not in rated]
    first = left[0] if left else question.rows[0].code
    return {
        "rows": [
            (part_name(question, each.code), each.label, each.symbol, rated.get(each.code))
            for each in question.rows
        ],
        "columns": [(each.code, each.label, None, each.symbol) for each in question.columns],
        "first": part_name(question, first),
    }
