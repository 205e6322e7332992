"""Write one question, or what stands above them all: everything typed is kept, sound or not."""

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from surveys.drafting.sketch import Sketched, with_heading
from voice.errors import ChangedMeanwhileError, NotFoundError
from voice.services import drafts
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.draft_found import CHANGED, change, get_draft
from voice.web.officers.draft_typed import kept, read_heading, read_question
from voice.web.officers.draft_writing import draw_heading, draw_question


@blueprint.get("/drafts/<uuid:draft_id>/questions/<key>")
@open_to(*EDITOR_ROLES)
def draft_question(draft_id: UUID, key: str) -> ResponseReturnValue:
    """Show one question with everything about it that can be written."""
    draft = get_draft(draft_id)
    sketch = drafts.sketch_in(draft)
    question = sketch.find(key)
    if question is None:
        raise NotFoundError("question")
    return draw_question(draft, sketch, question)


@blueprint.post("/drafts/<uuid:draft_id>/questions/<key>")
@open_to(*EDITOR_ROLES)
def save_draft_question(draft_id: UUID, key: str) -> ResponseReturnValue:
    """Keep what was typed. A question that is gone meanwhile is kept as a new one."""
    draft = get_draft(draft_id)
    sketch = drafts.sketch_in(draft)
    question = sketch.find(key)
    typed = read_question(question or Sketched(key, {"kind": request.form.get("kind", "")}))
    if not PressForm().validate_on_submit():
        return draw_question(draft, sketch, typed, error=EXPIRED, status=422)
    edition = draft.edition if question is None else None
    try:
        changed = change(draft, lambda before: kept(before, typed), edition=edition)
    except ChangedMeanwhileError:
        return draw_question(draft, sketch, typed, error=CHANGED, status=409)
    if question is None:
        key, notice = changed.questions[-1].key, "kept"
    else:
        notice = "saved"
    if "and-back" in request.form:
        address = url_for(".show_draft", draft_id=draft_id, notice=notice)
        return redirect(f"{address}#edit-{key}", code=303)
    address = url_for(".draft_question", draft_id=draft_id, key=key, notice=notice)
    return redirect(address, code=303)


@blueprint.get("/drafts/<uuid:draft_id>/about")
@open_to(*EDITOR_ROLES)
def draft_heading(draft_id: UUID) -> ResponseReturnValue:
    """Show the title and what the start page says."""
    draft = get_draft(draft_id)
    return draw_heading(draft, drafts.sketch_in(draft).heading)


@blueprint.post("/drafts/<uuid:draft_id>/about")
@open_to(*EDITOR_ROLES)
def save_draft_heading(draft_id: UUID) -> ResponseReturnValue:
    """Keep what was typed about the survey as a whole."""
    draft = get_draft(draft_id)
    heading = read_heading(drafts.sketch_in(draft))
    if not PressForm().validate_on_submit():
        return draw_heading(draft, heading, error=EXPIRED, status=422)
    try:
        change(draft, lambda before: with_heading(before, heading))
    except ChangedMeanwhileError:
        return draw_heading(draft, heading, error=CHANGED, status=409)
    return redirect(url_for(".draft_heading", draft_id=draft_id, notice="saved"), code=303)
