"""Change over time: who scored what at first and at last, for those who read responses."""

from flask import render_template
from flask.typing import ResponseReturnValue

from voice.services.measures import read_changes
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, keeps, now, signed_in_officer


@blueprint.get("/consultations/<slug>/change")
@open_to(*EDITOR_ROLES)
@keeps
def change_over_time(slug: str) -> ResponseReturnValue:
    """Show everybody's first and last scores; that they were read goes into the audit trail."""
    consultation = get_consultation(slug)
    measured = read_changes(current_session(), consultation, signed_in_officer(), now=now())
    return render_template(
        "officers/change.html",
        consultation=consultation,
        measured=measured,
        demonstration=consultation.demonstration or None,
    )
