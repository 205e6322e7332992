"""Plan a consultation: choose what to ask, when, why, and when it will be decided."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.errors import PlanRefusedError, StageRefusedError
from voice.models import Consultation, Role
from voice.services import askable, planning, teams
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers import plan_form
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.officers.plan_form import TypedPlan
from voice.web.session import current_session, now, signed_in_officer

Errors = dict[str, str]
UNREADY = (
    "This draft has something to mend, or a warning that nobody has read. Open it and check it"
)
LAUNCHED = "It has been let out, so its plan cannot change any more"


@blueprint.get("/consultations/new")
@open_to(*EDITOR_ROLES)
def new_plan() -> ResponseReturnValue:
    """Show an empty plan; the address may name what to ask, by its mark."""
    chosen = request.args.get("survey", "")
    return _draw(plan_form.empty_plan(signed_in_officer().team, chosen, now=now()))


@blueprint.post("/consultations/new")
@open_to(*EDITOR_ROLES)
def make_plan() -> ResponseReturnValue:
    """Keep a new plan, complete or not, and show where it stands."""
    session, officer = current_session(), signed_in_officer()
    typed = plan_form.read_plan(request.form, team=officer.team)
    if not PressForm().validate_on_submit():
        return _draw(typed, errors={"": EXPIRED} | typed.errors)
    if typed.plan is None:
        return _draw(typed, errors=typed.errors)
    chosen = typed.texts["survey"]
    try:
        survey = askable.get_askable(session, officer, chosen)
        made = planning.make_plan(session, survey, typed.plan, officer, now=now())
    except PlanRefusedError as refused:
        return _draw(typed, errors=_in_words(refused))
    askable.note_asked(session, officer, chosen, now=now())
    return redirect(url_for(".where_it_stands", slug=made.slug, notice="planned"), code=303)


@blueprint.get("/consultations/<slug>/plan")
@open_to(*EDITOR_ROLES)
def show_plan(slug: str) -> ResponseReturnValue:
    """Show the plan, to change it while nobody outside can see it."""
    consultation = get_consultation(slug)
    return _draw(plan_form.plan_of(consultation), consultation)


@blueprint.post("/consultations/<slug>/plan")
@open_to(*EDITOR_ROLES)
def change_plan(slug: str) -> ResponseReturnValue:
    """Keep a changed plan, complete or not."""
    consultation, officer = get_consultation(slug), signed_in_officer()
    typed = plan_form.read_plan(request.form, slug=slug, team=consultation.team)
    if not PressForm().validate_on_submit():
        return _draw(typed, consultation, errors={"": EXPIRED} | typed.errors)
    if typed.plan is None:
        return _draw(typed, consultation, errors=typed.errors)
    try:
        planning.change_plan(current_session(), consultation, typed.plan, officer, now=now())
    except PlanRefusedError as refused:
        return _draw(typed, consultation, errors=_in_words(refused))
    except StageRefusedError:
        return _draw(typed, consultation, errors={"": LAUNCHED})
    return redirect(url_for(".where_it_stands", slug=slug, notice="planned"), code=303)


def _in_words(refused: PlanRefusedError) -> Errors:
    if str(refused) == "survey unready":
        return {"survey": UNREADY}
    return {str(refused).partition(" ")[0]: plan_form.REFUSALS[str(refused)]}


def _draw(
    typed: TypedPlan, consultation: Consultation | None = None, *, errors: Errors | None = None
) -> ResponseReturnValue:
    session, officer, wrong = current_session(), signed_in_officer(), errors or {}
    before = [
        (each.slug, f"{each.title} (closed {each.closes_at:%Y})")
        for each in teams.list_consultations(session, officer)
        if each.has_begun(now()) and each.closes_at < now()
    ]
    page = render_template(
        "officers/plan.html",
        consultation=consultation,
        is_launched=consultation is not None and consultation.launched_at is not None,
        typed=typed,
        wrong=wrong,
        errors=list(wrong.items()),
        surveys=askable.list_askable(session, officer) if consultation is None else [],
        kinds=plan_form.KINDS,
        before=before,
        chooses_team=officer.role is Role.ADMIN,
        form=PressForm(formdata=None),
    )
    return make_response(page, 422 if wrong else 200)
