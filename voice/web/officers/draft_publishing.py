"""From a draft to something people answer: read what the check says, then open or publish it."""

from typing import Any
from uuid import UUID

from flask import Response as Reply
from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from surveys.drafting.sketch import code_from
from voice.errors import ChangedMeanwhileError, ConsultationNotReadyError
from voice.models import Draft
from voice.services import drafts, wordings
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.draft import draw_draft
from voice.web.officers.draft_found import get_draft
from voice.web.officers.draft_opening import Errors, NotOpenedError, read_opening, typed_days
from voice.web.session import current_session, now, settings, signed_in_officer

NOT_READY = {
    "mend": "Something has to be mended before this can be published",
    "read": "Say that you have read what is to think about",
    "helplines": "A survey for children cannot open while First Response, its helpline out of "
    "hours or the safeguarding lead is not named; ask whoever runs the service to fill in "
    "`helplines` and `safety` in council.yaml",
}
OVERTAKEN = (
    "Somebody published another wording of this survey after this draft was begun. Nothing was "
    "published. Begin the next wording anew from the consultation"
)


@blueprint.post("/drafts/<uuid:draft_id>/read")
@open_to(*EDITOR_ROLES)
def read_warning(draft_id: UUID) -> ResponseReturnValue:
    """Write down that this officer has read a warning, or all of them, and lets them stand."""
    draft = get_draft(draft_id)
    if not PressForm().validate_on_submit():
        return draw_draft(draft, error=EXPIRED, status=422)
    marks = request.form.getlist("mark")
    drafts.note_read(current_session(), draft, marks, signed_in_officer(), now=now())
    page = ".publish_draft" if "all" in request.form else ".show_draft"
    return redirect(url_for(page, draft_id=draft_id, notice="read"), code=303)


@blueprint.get("/drafts/<uuid:draft_id>/publish")
@open_to(*EDITOR_ROLES)
def publish_draft(draft_id: UUID) -> ResponseReturnValue:
    """Show what the check says, what would change, and what is still to be said."""
    return _draw(get_draft(draft_id))


@blueprint.post("/drafts/<uuid:draft_id>/publish")
@open_to(*EDITOR_ROLES)
def confirm_publishing(draft_id: UUID) -> ResponseReturnValue:
    """Open a consultation with the draft, or let it be the next wording of one that is open."""
    draft = get_draft(draft_id)
    if not PressForm().validate_on_submit():
        return _draw(draft, errors=[("", EXPIRED)])
    consultation = wordings.find_consultation(current_session(), draft)
    try:
        if consultation is None:
            consultation = wordings.open_draft(
                current_session(),
                draft,
                read_opening(draft.team),
                officer=signed_in_officer(),
                council=settings().council,
                now=now(),
            )
        else:
            wordings.publish_wording(
                current_session(),
                draft,
                consultation,
                officer=signed_in_officer(),
                council=settings().council,
                now=now(),
            )
    except ConsultationNotReadyError as error:
        words = NOT_READY.get(str(error), str(error))
        return _draw(draft, errors=[("", words)])
    except NotOpenedError as error:
        return _draw(draft, errors=error.errors)
    except ChangedMeanwhileError:
        return _draw(draft, errors=[("", OVERTAKEN)], status=409)
    return redirect(url_for(".overview", slug=consultation.slug), code=303)


def _draw(draft: Draft, *, errors: Errors | None = None, status: int = 422) -> Reply:
    checked = drafts.check_draft(draft)
    consultation = wordings.find_consultation(current_session(), draft)
    typed: dict[str, Any] = {**typed_days()}
    page = render_template(
        "officers/draft_publish.html",
        draft=draft,
        checked=checked,
        consultation=consultation,
        differences=wordings.what_changes(draft, consultation) if consultation else (),
        slug=request.form.get("slug") or code_from(draft.title).replace("_", "-"),
        days=typed,
        form=PressForm(formdata=None),
        errors=errors or [],
        wrong=dict(errors or []),
    )
    return make_response(page, status if errors else 200)
