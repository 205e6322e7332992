"""The fields of an author's form as components/draft_field.html draws them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from surveys.drafting.by_hand import by_hand
from surveys.drafting.fields import FormField, Widget
from surveys.drafting.reading import Problem
from surveys.drafting.routes import JOINS, TESTS, RouteRow, route_of, setting_answer
from surveys.drafting.sketch import Sketch, Sketched
from surveys.drafting.typed_in import rows_of
from surveys.drafting.words import in_desk_words
from surveys.questions import MAX_FREE_TEXT_CHARS
from surveys.setting_names import SETTING_NAMES
from voice.web.officers.draft_setting import CAPACITIES_ASKED, CHANNELS_ASKED

Path = tuple[str | int, ...]
PREFIX = "f"
SPARE_ROUTE_ROWS = 2
_SAID_FIRST = {"variant": "In the way", "capacity": "As", "channel": "Through"}
MAX_SHOWN_CHARS = 60
MAX_TYPED_CHARS = MAX_FREE_TEXT_CHARS


def draw_fields(
    fields: Sequence[FormField], written: Mapping[str, Any], problems: Sequence[Problem]
) -> list[dict[str, Any]]:
    """Return each field with what was typed into it and what is wrong with that."""
    return [_draw(field, written.get(field.name), problems, (field.name,)) for field in fields]


def field_id(path: Path) -> str:
    """Return the id of the field at this path, for a link from what is wrong with it."""
    return "-".join((PREFIX, *(str(part) for part in path)))


def linked(problems: Sequence[Problem]) -> list[tuple[str, str]]:
    """Return (id of the field, words) for the summary of what is to be mended."""
    return [(field_id(each.field), each.words[:1].upper() + each.words[1:]) for each in problems]


def _draw(field: FormField, value: Any, problems: Sequence[Problem], path: Path) -> dict[str, Any]:
    wrong = [in_desk_words(each.message) for each in problems if each.field == path]
    shown = field.default if value is None else value
    drawn: dict[str, Any] = {
        "widget": field.widget.value,
        "id": field_id(path),
        "name": field.name,
        "label": field.label,
        "hint": field.hint or None,
        "error": "; ".join(wrong) or None,
        "value": "" if shown is None else shown,
    }
    match field.widget:
        case Widget.SELECT:
            chosen = [] if field.is_needed or field.default else [("", "Not said")]
            drawn["choices"] = [*chosen, *field.choices]
        case Widget.LINES:
            drawn["value"] = "\n".join(str(each) for each in value or ())
        case Widget.BY_HAND:
            drawn["value"] = by_hand(value)
        case Widget.GROUP:
            inner = value if isinstance(value, Mapping) else {}
            drawn["parts"] = list(_draw_parts(field, inner, problems, path))
        case Widget.ROWS:
            drawn["rows"] = list(_draw_rows(field, value, problems, path))
            drawn["may_add_lines"] = any(part.name == "label" for part in field.parts)
    return drawn


def _draw_parts(
    field: FormField, value: Mapping[str, Any], problems: Sequence[Problem], path: Path
) -> Iterator[dict[str, Any]]:
    for part in field.parts:
        yield _draw(part, value.get(part.name), problems, (*path, part.name))


def _draw_rows(
    field: FormField, value: Any, problems: Sequence[Problem], path: Path
) -> Iterator[dict[str, Any]]:
    """Give the rows that are there, and an empty one where no lines can be added."""
    rows = rows_of(value)
    has_words = any(part.name == "label" for part in field.parts)
    for number, row in enumerate([*rows, *([] if has_words else [{}])]):
        parts = list(_draw_parts(field, row, problems, (*path, number)))
        words = [each for each in parts if each["name"] == "label"] or parts
        yield {
            "id": field_id((*path, number)),
            "place": number + 1,
            "was": row.get("code", ""),
            "words": words,
            "more": [each for each in parts if each not in words],
        }


def draw_route(sketch: Sketch, question: Sketched) -> dict[str, Any]:
    """Return who is asked a question, as rows, with all that a row may look at."""
    route = route_of(question.written.get("ask_if"))
    blank = [RouteRow("only", "")] * SPARE_ROUTE_ROWS
    earlier = sketch.questions[: sketch.place_of(question.key)]
    targets = [_target(place, each) for place, each in enumerate(earlier, start=1)]
    targets += _settings(sketch)
    there = {value for _, answers in targets for value, _ in answers}
    gone = sorted({row.answer for row in route.rows} - there)
    if gone:
        targets.append(
            ("No longer there, or not before it", [(each, each.lstrip("-")) for each in gone])
        )
    return {
        "id": field_id(("ask_if",)),
        "join": route.join,
        "joins": list(JOINS.items()),
        "tests": list(TESTS.items()),
        "rows": [*route.rows, *blank] if route.by_hand is None else [],
        "by_hand": by_hand(route.by_hand),
        "targets": targets,
    }


def _target(place: int, question: Sketched) -> tuple[str, list[tuple[str, str]]]:
    """Return a question's number and words, and the answers of it that a route may look at."""
    options = question.written.get("options")
    listed = options if isinstance(options, list) else []
    answers = [
        (
            f"{question.code}.{each.get('code', '')}",
            shortened(each.get("label") or each.get("code")),
        )
        for each in listed
        if isinstance(each, Mapping)
    ]
    return (
        f"{place}. {shortened(question.written.get('text'))}",
        [(question.code, f"Question {place} as a whole"), *answers],
    )


def _settings(sketch: Sketch) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the ways of answering, as whom, and through what, where there is a choice."""
    listed = sketch.heading.get("variants")
    ways = {
        str(each["code"]): shortened(each.get("name") or each["code"])
        for each in (listed if isinstance(listed, list) else ())
        if isinstance(each, Mapping) and each.get("code")
    }
    named = {"variant": ways, "capacity": CAPACITIES_ASKED, "channel": CHANNELS_ASKED}
    return [
        (
            SETTING_NAMES[key],
            [
                (setting_answer(key, code), f"{_SAID_FIRST[key]}: {words}")
                for code, words in each.items()
            ],
        )
        for key, each in named.items()
        if each
    ]


def shortened(words: Any) -> str:
    """Return the beginning of a text, for a list."""
    text = " ".join(str(words or "").split())
    return text if len(text) <= MAX_SHOWN_CHARS else f"{text[:MAX_SHOWN_CHARS].rstrip()}…"
