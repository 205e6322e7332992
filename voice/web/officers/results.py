"""The figures of one consultation: every one with how many people stand behind it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from voice.reports.figures import ROUNDING
from voice.services import results as counting
from voice.services.published import published_figures
from voice.web.access import TEAM_ROLES, open_to
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session


@blueprint.get("/consultations/<slug>/results")
@open_to(*TEAM_ROLES)
def results(slug: str) -> ResponseReturnValue:
    """Show the figures of every question, of one wave if the address names it."""
    session = current_session()
    consultation = get_consultation(slug)
    wave = request.args.get("wave", "")
    return render_template(
        "officers/results.html",
        consultation=consultation,
        came_in=counting.count_arrivals(session, consultation),
        questions=counting.question_figures(session, consultation, wave=wave),
        published=published_figures(session, consultation),
        wave=wave,
        rounding=ROUNDING,
        demonstration=consultation.demonstration or None,
    )
