"""The people who work here, for the administrator: their role, their team, a lost phone."""

from uuid import UUID

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.models import Officer, Role
from voice.services import audit_reading, officers, second_steps
from voice.web.access import open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.session import current_session, now, settings, signed_in_officer

REFUSALS = {
    "own": ("", "Another administrator has to do this for you"),
    "team": ("team", "Write the team, such as families"),
    "changed": ("", "Somebody else has changed this meanwhile. Look again, then press once more"),
}
DOES = {
    Role.OFFICER: "asks, reads and publishes: author and communications in one",
    Role.AUTHOR: "writes surveys, reads answers, signs themes off; publishes nothing",
    Role.ANALYST: "reads figures and themes, and nobody’s answers",
    Role.COMMUNICATIONS: "reads what an analyst reads, and publishes",
    Role.SAFEGUARDING: "reads concerns of every team, and nothing else",
    Role.COMMITTEE: "rates how recommendations get on, and reads nothing else",
    Role.ADMIN: "everything of every team but concerns, and who works here",
}


@blueprint.get("/people")
@open_to(Role.ADMIN)
def list_people() -> ResponseReturnValue:
    """List everybody who works here, and who left."""
    known = audit_reading.list_people(current_session())
    return render_template(
        "officers/people.html",
        rows=[_row(each) for each in known if each.left_at is None],
        left=[(str(each.id), each.name, each.left_at) for each in known if each.left_at],
    )


@blueprint.get("/people/<uuid:officer_id>")
@open_to(Role.ADMIN)
def show_person(officer_id: UUID) -> ResponseReturnValue:
    """Show one of them, and what can be done for them."""
    return _draw(officers.get_officer(current_session(), officer_id))


@blueprint.post("/people/<uuid:officer_id>")
@open_to(Role.ADMIN)
def change_person(officer_id: UUID) -> ResponseReturnValue:
    """Give somebody another role or team, let them go, or take them back."""
    session, admin, wish = current_session(), signed_in_officer(), request.form.get("wish")
    person = officers.get_officer(session, officer_id)
    if not PressForm().validate_on_submit():
        return _draw(person, error=("", EXPIRED))
    if request.form.get("seen") != _mark(person):
        return _draw(person, error=REFUSALS["changed"], status=409)
    try:
        if wish == "go":
            officers.let_go(session, person, by=admin, now=now())
        elif wish == "back":
            officers.take_back(session, person, by=admin, now=now())
        else:
            role = request.form.get("role", type=Role)
            team = request.form.get("team", "")
            officers.place(session, person, role or person.role, team, by=admin, now=now())
    except officers.OfficerRefusedError as refused:
        return _draw(person, error=REFUSALS[str(refused)])
    return redirect(url_for(".show_person", officer_id=officer_id, notice="saved"), code=303)


@blueprint.post("/people/<uuid:officer_id>/second-step")
@open_to(Role.ADMIN)
def reset_second_step(officer_id: UUID) -> ResponseReturnValue:
    """Let somebody whose phone and codes are lost set up another one as they next sign in."""
    session, admin = current_session(), signed_in_officer()
    person = officers.get_officer(session, officer_id)
    if not PressForm().validate_on_submit():
        return _draw(person, error=("", EXPIRED))
    if person.id == admin.id:
        return _draw(person, error=REFUSALS["own"])
    second_steps.remove(session, person, by=admin, now=now())
    return redirect(url_for(".show_person", officer_id=officer_id, notice="reset"), code=303)


def _draw(
    person: Officer, *, error: tuple[str, str] | None = None, status: int = 422
) -> ResponseReturnValue:
    page = render_template(
        "officers/person.html",
        person=person,
        roles=[(each.value, each.label, DOES[each]) for each in Role],
        role=request.form.get("role", person.role.value),
        team=request.form.get("team", person.team),
        seen=_mark(person),
        step=_step(person),
        has_step=second_steps.find(current_session(), person) is not None,
        is_own=person.id == signed_in_officer().id,
        errors=[error] if error else [],
        wrong=dict([error] if error else []),
        form=PressForm(formdata=None),
    )
    return make_response(page, status if error else 200)


def _row(person: Officer) -> tuple[str, str, str, str, str]:
    return str(person.id), person.name, person.role.label, person.team, _step(person)


def _mark(person: Officer) -> str:
    """Return what stood on the page, by which a form says what it was about."""
    return f"{person.role.value}/{person.team}/{person.left_at is None}"


def _step(person: Officer) -> str:
    session, council = current_session(), settings().council
    if second_steps.find(session, person) is not None:
        return "Set up"
    days = second_steps.days_left(session, person, council, now=now())
    if days is None:
        return "Not needed"
    return f"Within {days} days" if days else "Before anything else"
