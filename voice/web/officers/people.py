"""The people who work here, for the administrator: who they are, and a lost phone of theirs."""

from uuid import UUID

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from voice.models import Officer, Role
from voice.services import officers, second_steps
from voice.web.access import open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.session import current_session, now, settings, signed_in_officer

OWN = "Another administrator has to do this for you"


@blueprint.get("/people")
@open_to(Role.ADMIN)
def list_people() -> ResponseReturnValue:
    """List everybody who works here."""
    listed = officers.list_officers(current_session())
    return render_template(
        "officers/people.html",
        rows=[
            (str(each.id), each.name, each.role.value, each.team, _step(each)) for each in listed
        ],
    )


@blueprint.get("/people/<uuid:officer_id>")
@open_to(Role.ADMIN)
def show_person(officer_id: UUID) -> ResponseReturnValue:
    """Show one of them, and what can be done for them."""
    return _draw(officers.get_officer(current_session(), officer_id))


@blueprint.post("/people/<uuid:officer_id>/second-step")
@open_to(Role.ADMIN)
def reset_second_step(officer_id: UUID) -> ResponseReturnValue:
    """Let somebody whose phone and codes are lost set up another one as they next sign in."""
    session, admin = current_session(), signed_in_officer()
    person = officers.get_officer(session, officer_id)
    if not PressForm().validate_on_submit():
        return _draw(person, error=EXPIRED)
    if person.id == admin.id:
        return _draw(person, error=OWN)
    second_steps.remove(session, person, by=admin, now=now())
    return redirect(url_for(".show_person", officer_id=officer_id, notice="reset"), code=303)


def _draw(person: Officer, *, error: str = "") -> ResponseReturnValue:
    page = render_template(
        "officers/person.html",
        person=person,
        step=_step(person),
        has_step=second_steps.find(current_session(), person) is not None,
        is_own=person.id == signed_in_officer().id,
        errors=[("", error)] if error else [],
        form=PressForm(formdata=None),
    )
    return make_response(page, 422 if error else 200)


def _step(person: Officer) -> str:
    session, council = current_session(), settings().council
    if second_steps.find(session, person) is not None:
        return "Set up"
    days = second_steps.days_left(session, person, council, now=now())
    if days is None:
        return "Not needed"
    return f"Within {days} days" if days else "Before anything else"
