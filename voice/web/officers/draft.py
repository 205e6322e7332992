"""One draft: its questions in order, what is wrong with each, and what to make of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Response as Reply
from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from surveys.drafting import sketch as sketches
from surveys.drafting.fields import kinds
from surveys.drafting.sketch import Sketch
from voice.errors import ChangedMeanwhileError
from voice.models import Draft
from voice.services import drafts
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.draft_found import CHANGED, change, get_draft
from voice.web.officers.draft_lines import draw_lines, draw_removed

_ARRANGED: dict[str, Callable[[Sketch, str], Sketch]] = {
    "up": lambda sketch, key: sketches.move(sketch, key, sketch.place_of(key) - 1),
    "down": lambda sketch, key: sketches.move(sketch, key, sketch.place_of(key) + 1),
    "copy": sketches.duplicate,
    "delete": sketches.remove,
    "back": sketches.bring_back,
}


@blueprint.get("/drafts/<uuid:draft_id>")
@open_to(*EDITOR_ROLES)
def show_draft(draft_id: UUID) -> ResponseReturnValue:
    """Show the questions of a draft in order."""
    return draw_draft(get_draft(draft_id))


@blueprint.post("/drafts/<uuid:draft_id>/questions")
@open_to(*EDITOR_ROLES)
def add_question(draft_id: UUID) -> ResponseReturnValue:
    """Put an empty question of the chosen kind at the end, and go there to write it."""
    draft = get_draft(draft_id)
    kind = request.form.get("kind", "")
    if not PressForm().validate_on_submit():
        return draw_draft(draft, error=EXPIRED, status=422)
    if kind not in kinds():
        return draw_draft(draft, error="Choose what kind of question to add", field="kind",
                          status=422)  # fmt: skip
    last = drafts.sketch_in(draft).questions[-1:]
    same = (
        {"section": last[0].written["section"]} if last and last[0].written.get("section") else {}
    )
    written: dict[str, Any] = {"kind": kind, "text": "", **same}
    try:
        sketch = change(draft, lambda before: sketches.add(before, written))
    except ChangedMeanwhileError:
        return draw_draft(draft, error=CHANGED, status=409)
    key = sketch.questions[-1].key
    return redirect(url_for(".draft_question", draft_id=draft_id, key=key), code=303)


@blueprint.post("/drafts/<uuid:draft_id>/arrange")
@open_to(*EDITOR_ROLES)
def arrange_draft(draft_id: UUID) -> ResponseReturnValue:
    """Move, copy or delete a question, or bring one back; the focus stays with the button."""
    draft = get_draft(draft_id)
    if not PressForm().validate_on_submit():
        return draw_draft(draft, error=EXPIRED, status=422)
    action, _, key = request.form.get("action", "").partition(" ")
    arrange = _ARRANGED.get(action)
    if arrange is None:
        return redirect(url_for(".show_draft", draft_id=draft_id), code=303)
    try:
        sketch = change(draft, lambda before: arrange(before, key))
    except ChangedMeanwhileError:
        return draw_draft(draft, error=CHANGED, status=409)
    notice = {"delete": "deleted", "back": "back"}.get(action)
    address = url_for(".show_draft", draft_id=draft_id, notice=notice, key=key if notice else None)
    return redirect(f"{address}#{_focus_after(action, key, sketch)}", code=303)


def draw_draft(
    draft: Draft, *, error: str | None = None, field: str = "", status: int = 200
) -> Reply:
    """Return a draft's page, with what stood in the way of a change."""
    sketch, checked = drafts.sketch_in(draft), drafts.check_draft(draft)
    notes = [note for note in checked.notes if not note.finding.question]
    deleted = sketch.removed[-1:] if request.args.get("notice") == "deleted" else ()
    page = render_template(
        "officers/draft.html",
        draft=draft,
        lines=draw_lines(sketch, checked),
        removed=draw_removed(sketch),
        deleted=next((each.key for _, each in deleted), ""),
        problems=checked.reading.problems_of(""),
        notes=notes,
        checked=checked,
        kinds=[(kind.name, kind.label) for kind in kinds().values()],
        form=PressForm(formdata=None),
        errors=[(field, error)] if error else [],
    )
    return make_response(page, status)


def _focus_after(action: str, key: str, sketch: Sketch) -> str:
    """Return the id of what the keyboard goes on from."""
    if action == "delete":
        return "deleted"
    place, last = sketch.place_of(key), len(sketch.questions) - 1
    if (action == "up" and place > 0) or (action == "down" and place == last):
        return f"up-{key}" if last else f"edit-{key}"
    return f"down-{key}" if action in {"up", "down"} else f"edit-{key}"
