"""What people wrote about a service, across the team's consultations."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from voice.services.service_themes import read_service
from voice.web.access import TEAM_ROLES, open_to
from voice.web.officers.blueprint import blueprint
from voice.web.session import current_session, signed_in_officer


@blueprint.get("/services")
@open_to(*TEAM_ROLES)
def list_services() -> ResponseReturnValue:
    """Show the services that questions ask about, and the themes of what was written about one."""
    wanted = request.args.get("service", "")
    found = read_service(current_session(), signed_in_officer(), wanted)
    return render_template("officers/services.html", found=found)
