"""What people wrote about each service, across the team's consultations."""

from flask import render_template
from flask.typing import ResponseReturnValue

from voice.services.service_themes import themes_by_service
from voice.web.access import TEAM_ROLES, open_to
from voice.web.officers.blueprint import blueprint
from voice.web.session import current_session, signed_in_officer


@blueprint.get("/services")
@open_to(*TEAM_ROLES)
def list_services() -> ResponseReturnValue:
    """Show every service that a question asks about, with the themes of what people wrote."""
    found = themes_by_service(current_session(), signed_in_officer())
    return render_template("officers/services.html", found=found)
