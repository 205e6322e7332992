"""Follow-up: how many said that they are worried, as counts; nobody is named or shown."""

from flask import render_template
from flask.typing import ResponseReturnValue

from voice.services.worries import worries_in
from voice.web.access import TEAM_ROLES, open_to
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session


@blueprint.get("/consultations/<slug>/follow-up")
@open_to(*TEAM_ROLES)
def follow_up(slug: str) -> ResponseReturnValue:
    """Show how many chose what means that somebody may need help, and what they said next."""
    consultation = get_consultation(slug)
    return render_template(
        "officers/follow_up.html",
        consultation=consultation,
        worries=worries_in(current_session(), consultation),
        demonstration=consultation.demonstration or None,
    )
