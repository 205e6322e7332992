"""The wordings of a consultation's survey: what each changed, and how to write the next."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from surveys.drafting.sketch import sketch_of
from surveys.writing import as_definition
from voice.services import drafts, wordings
from voice.services.consultations import current_survey
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, now, signed_in_officer


@blueprint.get("/consultations/<slug>/wordings")
@open_to(*EDITOR_ROLES)
def list_wordings(slug: str) -> ResponseReturnValue:
    """Show every wording of the survey with what it changed, newest first."""
    return _draw(slug)


@blueprint.post("/consultations/<slug>/wordings")
@open_to(*EDITOR_ROLES)
def begin_next_wording(slug: str) -> ResponseReturnValue:
    """Begin the next wording, or go on with one that somebody has begun."""
    consultation = get_consultation(slug)
    if not PressForm().validate_on_submit():
        return _draw(slug, status=422)
    sketch = sketch_of(as_definition(current_survey(consultation)))
    draft = drafts.start_next_wording(
        current_session(), consultation, sketch, signed_in_officer(), now=now()
    )
    return redirect(url_for(".show_draft", draft_id=draft.id), code=303)


def _draw(slug: str, *, status: int = 200) -> tuple[str, int]:
    consultation = get_consultation(slug)
    page = render_template(
        "officers/wordings.html",
        consultation=consultation,
        wordings=wordings.list_wordings(current_session(), consultation),
        begun=drafts.find_draft_of(current_session(), consultation),
        form=PressForm(formdata=None),
    )
    return page, status
