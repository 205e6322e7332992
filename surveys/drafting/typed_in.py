"""A page of fields as it was typed in, read into plain values: sound or not, nothing is lost."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from surveys.answers import storable
from surveys.drafting.by_hand import read_by_hand
from surveys.drafting.fields import FormField, Widget
from surveys.drafting.routes import read_route
from surveys.drafting.sketch import MAX_CODE_CHARS, code_from

Form = Mapping[str, str]
Written = Mapping[str, Any]
_WHOLE = re.compile(r"-?[0-9]{1,12}")
MAX_ROWS = 200


def read_part(
    fields: Sequence[FormField], form: Form, *, prefix: str, before: Written
) -> dict[str, Any]:
    """Return the part of a survey file that these fields of a form make.

    What is empty and not needed is left out; what no field stands for stays as it was `before`.
    """
    known = {field.name for field in fields}
    written = {name: value for name, value in before.items() if name not in known}
    for field in fields:
        value = _read(field, form, f"{prefix}-{field.name}", before.get(field.name))
        if value is not None and (field.is_needed or value != field.default):
            written[field.name] = value
    in_order = {field.name: written[field.name] for field in fields if field.name in written}
    return {**in_order, **{name: each for name, each in written.items() if name not in known}}


def _read(field: FormField, form: Form, name: str, before: Any) -> Any:
    """Return the value of one field, or None where nothing was filled in."""
    match field.widget:
        case Widget.TICK:
            return name in form
        case Widget.GROUP:
            inner = before if isinstance(before, Mapping) else {}
            group = read_part(field.parts, form, prefix=name, before=inner)
            return group if field.is_needed or any(group.values()) else None
        case Widget.ROWS if not {f"{name}-0-place", f"{name}-more"} & form.keys():
            return before
        case Widget.ROWS:
            rows = list(_rows(field, form, name, before))
            is_named = isinstance(before, str)  # "agreement": a ready-made list, called by its name
            return rows or (before if is_named else [] if field.is_needed else None)
        case Widget.ROUTE:
            return read_route(form, name, before=before)
        case _ if name not in form:
            return before
        case _:
            return _read_text(field, storable(form[name]).replace("\r\n", "\n"))


def _read_text(field: FormField, text: str) -> Any:
    match field.widget:
        case Widget.LINES:
            return [line.strip() for line in text.split("\n") if line.strip()] or None
        case Widget.BY_HAND:
            return read_by_hand(text)
        case Widget.NUMBER if _WHOLE.fullmatch(text.strip()):
            return int(text)
        case Widget.LINE | Widget.TEXT if field.is_needed:
            return text
        case _:
            return text if text.strip() else None


def _rows(field: FormField, form: Form, name: str, before: Any) -> Iterator[dict[str, Any]]:
    """Give the rows in the order of their places, then one for each line added at the end."""
    old = rows_of(before)
    placed = []
    for number in range(MAX_ROWS):
        at = f"{name}-{number}"
        if f"{at}-place" not in form:
            break
        was = form.get(f"{at}-was", "")
        kept = next((each for each in old if was and str(each.get("code")) == was), {})
        row = read_part(field.parts, form, prefix=at, before=kept)
        if _is_filled_in(row):
            placed.append((_place(form[f"{at}-place"], number), row))
    rows = [row for _, row in sorted(placed, key=lambda each: each[0])]
    added = storable(form.get(f"{name}-more", "")).splitlines()
    rows += [{"code": "", "label": line.strip()} for line in added if line.strip()]
    yield from _with_codes(rows, field)


def rows_of(value: Any) -> list[Written]:
    """Return the rows that stand there; words alone are a row with these words."""
    listed = value if isinstance(value, list) else []
    return [each if isinstance(each, Mapping) else {"label": str(each)} for each in listed]


def _is_filled_in(row: Written) -> bool:
    return any(value for name, value in row.items() if name != "code")


def _place(typed: str, number: int) -> tuple[float, int]:
    """Return where a row goes; one whose place was changed goes before the one that was there."""
    place = int(typed) if _WHOLE.fullmatch(typed.strip()) else number + 1
    if place == number + 1:
        return float(place), 1
    return place + (0.5 if place > number + 1 else -0.5), 0


def _with_codes(rows: list[dict[str, Any]], field: FormField) -> Iterator[dict[str, Any]]:
    """Give each row that lacks a code one made of its words."""
    if not any(part.name == "code" for part in field.parts):
        yield from rows
        return
    taken = {str(row.get("code") or "") for row in rows}
    for row in rows:
        if not row.get("code"):
            wanted = code_from(str(row.get("label") or "answer"))
            wanted = wanted.removeprefix("s_") if wanted[2:3].isalpha() else wanted
            row["code"] = _free(wanted or "answer", taken)
            taken.add(row["code"])
        yield row


def _free(wanted: str, taken: set[str]) -> str:
    if wanted not in taken:
        return wanted
    short = wanted[: MAX_CODE_CHARS - 4]
    return next(code for n in range(2, 1_000) if (code := f"{short}_{n}") not in taken)
