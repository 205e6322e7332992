"""The usage report: accounts, worker accounts and statements, on a page and as a file."""

from flask import render_template
from flask.typing import ResponseReturnValue

from voice.models import Consultation
from voice.services import teams, usage
from voice.services.usage import Usage
from voice.web.access import TEAM_ROLES, open_to
from voice.web.attachments import attach_table
from voice.web.officers.blueprint import blueprint
from voice.web.session import current_session, now, signed_in_officer

COLUMNS = ("consultation", "accounts", "worker accounts", "statements", "people helped")


@blueprint.get("/usage")
@open_to(*TEAM_ROLES)
def show_usage() -> ResponseReturnValue:
    """Print the counts of each of the team's consultations, and of all together."""
    listed = _listed()
    return render_template(
        "officers/usage.html",
        columns=tuple(each.capitalize() for each in COLUMNS),
        rows=[_row(each) for each in usage.usage_by_consultation(current_session(), listed)],
        demonstration=next((each.demonstration for each in listed if each.demonstration), None),
    )


@blueprint.get("/usage.csv")
@open_to(*TEAM_ROLES)
def download_usage() -> ResponseReturnValue:
    """Give the same as a file."""
    found = usage.usage_by_consultation(current_session(), _listed())
    return attach_table(COLUMNS, [_row(each) for each in found], "usage.csv")


def _listed() -> list[Consultation]:
    """Return the team's consultations that have opened, newest first."""
    found = teams.list_consultations(current_session(), signed_in_officer())
    return [each for each in found if each.has_begun(now())]


def _row(found: Usage) -> tuple[str, int, int, int, int]:
    counts = (found.accounts, found.worker_accounts, found.statements, found.people_helped)
    return found.title, *counts
