"""What people wrote, in their own words, for those whose work it is to read it."""

from flask import render_template
from flask.typing import ResponseReturnValue

from voice.services import raw_responses as reading
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation, page_number
from voice.web.session import current_session, keeps, now, signed_in_officer


@blueprint.get("/consultations/<slug>/responses")
@open_to(*EDITOR_ROLES)
@keeps
def raw_responses(slug: str) -> ResponseReturnValue:
    """Show fifty responses; that they were read goes into the audit trail."""
    consultation = get_consultation(slug)
    page = reading.read_page(
        current_session(), consultation, signed_in_officer(), number=page_number(), now=now()
    )
    return render_template(
        "officers/responses.html",
        consultation=consultation,
        page=page,
        demonstration=consultation.demonstration or None,
    )
