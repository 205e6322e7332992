"""The rare but serious comments of a question, for somebody to read."""

from flask import render_template
from flask.typing import ResponseReturnValue

from voice.services import audit, serious
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation, page_number
from voice.web.session import current_session, keeps, now, signed_in_officer


@blueprint.get("/consultations/<slug>/questions/<code>/serious")
@open_to(*EDITOR_ROLES)
@keeps
def list_serious(slug: str, code: str) -> ResponseReturnValue:
    """Show twenty rare but serious comments; that they were read goes into the audit trail."""
    consultation = get_consultation(slug)
    session = current_session()
    page = serious.read_serious(session, consultation, code, number=page_number())
    audit.record(session, signed_in_officer(), "serious comments read", f"{slug}/{code}", now=now())
    return render_template(
        "officers/serious.html",
        consultation=consultation,
        code=code,
        page=page,
        demonstration=consultation.demonstration or None,
    )
