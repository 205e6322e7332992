"""Delete a paper whose writer does not agree, as a second officer reads; after one question."""

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from voice.errors import NotFoundError, StageRefusedError
from voice.models import Response
from voice.services import double_entry
from voice.services.responses import survey_for
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.officers.second_typing import REFUSALS, draw_list
from voice.web.session import current_session, now, signed_in_officer


@blueprint.route("/consultations/<slug>/second-typing/<reference>/delete", methods=["GET", "POST"])
@open_to(*EDITOR_ROLES)
def delete_refused_paper(slug: str, reference: str) -> ResponseReturnValue:
    """Ask once whether the paper says so; then delete both typings of it."""
    form, session, consultation = PressForm(), current_session(), get_consultation(slug)
    is_meant, officer = form.validate_on_submit(), signed_in_officer()
    try:
        response = double_entry.get_waiting(session, consultation, reference, to_change=is_meant)
    except NotFoundError:  # pressed twice, or somebody else did
        return redirect(url_for(".second_typing", slug=slug, notice="gone"), code=303)
    try:
        double_entry.check_may_delete(session, response, officer)
    except StageRefusedError as refused:
        return draw_list(consultation, errors={"": REFUSALS[str(refused)]})
    if not is_meant:
        return _draw(response, form)
    double_entry.delete_refused(session, response, officer, now=now())
    return redirect(url_for(".second_typing", slug=slug, notice="deleted"), code=303)


def _draw(response: Response, form: PressForm) -> ResponseReturnValue:
    page = render_template(
        "officers/second_typing_delete.html",
        consultation=response.consultation,
        reference=response.reference,
        has_equality=survey_for(response).has_equality,
        form=form,
        errors=[("delete", EXPIRED)] if form.is_expired else [],
        demonstration=response.consultation.demonstration or None,
    )
    return make_response(page, 422 if form.is_expired else 200)
