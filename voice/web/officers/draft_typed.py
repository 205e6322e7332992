"""A draft's forms as they were typed in: everything is kept, sound or not."""

from collections.abc import Mapping
from typing import Any

from flask import request

from surveys.drafting import sketch as sketches
from surveys.drafting.fields import Kind, heading_fields, kinds
from surveys.drafting.sketch import Sketch, Sketched
from surveys.drafting.typed_in import read_part
from voice.web.officers.draft_fields import PREFIX


def read_heading(sketch: Sketch) -> dict[str, Any]:
    """Return what was typed about the survey as a whole."""
    return read_part(heading_fields(), request.form, prefix=PREFIX, before=sketch.heading)


def read_question(question: Sketched) -> Sketched:
    """Return a question as it was typed, under the kind that was chosen."""
    chosen = request.form.get("kind", question.kind)
    old, new = kinds().get(question.kind), kinds().get(chosen)
    written: Mapping[str, Any] = question.written
    if old is not None:
        written = read_part(old.fields, request.form, prefix=PREFIX, before=question.written)
        if not written.get("code"):
            written = {**written, "code": question.code or sketches.code_from(question.key)}
    if new is None or new is old:
        return Sketched(question.key, written, question.aside)
    return _as_kind(Sketched(question.key, written, question.aside), new)


def _as_kind(question: Sketched, kind: Kind) -> Sketched:
    """Return a question as another kind; what that kind has no place for is set aside."""
    known = {field.name for field in kind.fields} | {"kind"}
    everything = {**question.aside, **question.written, "kind": kind.name}
    return Sketched(
        question.key,
        {name: value for name, value in everything.items() if name in known},
        {name: value for name, value in everything.items() if name not in known},
    )


def kept(sketch: Sketch, typed: Sketched) -> Sketch:
    """Return a sketch with a question as it was typed, at the place that was typed."""
    if sketch.find(typed.key) is None:
        return sketches.add(sketch, typed.written)
    changed = sketches.rewrite(sketch, typed.key, typed.written, aside=typed.aside)
    place = request.form.get("place", "").strip()
    if place.isascii() and place.isdigit() and int(place[:4]) != sketch.place_of(typed.key) + 1:
        return sketches.move(changed, typed.key, int(place[:4]) - 1)
    return changed
