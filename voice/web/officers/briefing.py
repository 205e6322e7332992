"""The briefing for leaders: to read here, or to download and pass on."""

from flask import render_template
from flask.typing import ResponseReturnValue

from voice.web.access import TEAM_ROLES, open_to
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation


@blueprint.get("/consultations/<slug>/briefing")
@open_to(*TEAM_ROLES)
def briefing(slug: str) -> ResponseReturnValue:
    """Show the briefing, with both ways to download it."""
    return render_template("officers/briefing.html", consultation=get_consultation(slug))
