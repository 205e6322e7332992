"""Comments in no theme, and the rare but serious ones, for somebody to read."""

from flask import render_template
from flask.typing import ResponseReturnValue

from voice.services import audit, unsorted
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation, page_number
from voice.web.session import current_session, keeps, now, signed_in_officer


@blueprint.get("/consultations/<slug>/questions/<code>/unsorted")
@open_to(*EDITOR_ROLES)
@keeps
def list_unsorted(slug: str, code: str) -> ResponseReturnValue:
    """Show twenty comments that fit no theme; that they were read goes into the audit trail."""
    consultation = get_consultation(slug)
    session = current_session()
    page = unsorted.read_unsorted(session, consultation, code, number=page_number())
    audit.record(
        session, signed_in_officer(), "unsorted comments read", f"{slug}/{code}", now=now()
    )
    return render_template(
        "officers/unsorted.html",
        consultation=consultation,
        code=code,
        page=page,
        demonstration=consultation.demonstration or None,
    )
