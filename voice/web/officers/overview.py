"""Where an officer begins: the team's consultations, and what came in to each."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.models import Consultation, Role
from voice.services import arrivals, dates, results, teams, themes
from voice.web.access import EDITOR_ROLES, TEAM_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.desk import ways_on
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, now, signed_in_officer


@blueprint.get("", strict_slashes=False)
@open_to(*Role)
def home() -> ResponseReturnValue:
    """List the team's consultations; the safeguarding role and a committee go on to theirs."""
    officer = signed_in_officer()
    if officer.may_read_concerns:
        return redirect(url_for(".concerns"))
    if officer.may_rate:
        return redirect(url_for(".list_recommendations"))
    listed = teams.list_consultations(current_session(), officer)
    closed = [each for each in listed if each.has_begun(now()) and each.closes_at < now()]
    return render_template(
        "officers/consultations.html",
        open_now=[each for each in listed if each.is_open(now())],
        plans=[each for each in listed if each.launched_at is None],
        coming=[each for each in listed if each.launched_at and each.opens_at > now()],
        closed=[each for each in closed if each.archived_at is None],
        archived=[each for each in closed if each.archived_at is not None],
        came_in=arrivals.summarise(current_session(), listed),
    )


@blueprint.get("/consultations/<slug>")
@open_to(*TEAM_ROLES)
def overview(slug: str) -> ResponseReturnValue:
    """Show what came in to one consultation, and where to go from there."""
    return _draw(get_consultation(slug))


@blueprint.post("/consultations/<slug>/late")
@open_to(*EDITOR_ROLES)
def decide_late(slug: str) -> ResponseReturnValue:
    """Let the responses that came too late count, or leave them out again."""
    consultation = get_consultation(slug)
    if not PressForm().validate_on_submit():
        return _draw(consultation, error=EXPIRED)
    include = request.form.get("include") == "yes"
    officer = signed_in_officer()
    results.decide_late(current_session(), consultation, officer, include=include, now=now())
    return redirect(url_for(".overview", slug=slug), code=303)


def _draw(consultation: Consultation, *, error: str = "") -> ResponseReturnValue:
    page = render_template(
        "officers/overview.html",
        consultation=consultation,
        changes=dates.list_changes(current_session(), consultation),
        errors=[("", error)] if error else [],
        came_in=results.count_arrivals(current_session(), consultation),
        questions=themes.free_text_questions(consultation),
        state=_state(consultation),
        ways=list(
            ways_on(consultation, signed_in_officer(), is_begun=consultation.has_begun(now()))
        ),
        form=PressForm(formdata=None),
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, 422 if error else 200)


def _state(consultation: Consultation) -> str:
    if consultation.launched_at is None:
        return "plan"
    if not consultation.has_begun(now()):
        return "coming"
    return "open" if consultation.is_open(now()) else "closed"
