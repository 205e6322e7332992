"""Who may open a consultation: its whole team, or the officers named alone."""

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from voice.models import Consultation
from voice.services import readers
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm, draw_form
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, now, signed_in_officer

EVERYBODY_OF_THE_TEAM, NAMED = "team", "named"
NOT_YOU = "Tick your own name too: somebody must be able to open it again"
NO_WHO = "Choose who may open it"


@blueprint.get("/consultations/<slug>/readers")
@open_to(*EDITOR_ROLES)
def show_readers(slug: str) -> ResponseReturnValue:
    """Show who may open it."""
    return _draw(get_consultation(slug))


@blueprint.post("/consultations/<slug>/readers")
@open_to(*EDITOR_ROLES)
def save_readers(slug: str) -> ResponseReturnValue:
    """Restrict it to the officers who are ticked, or open it to its team again."""
    consultation = get_consultation(slug)
    if not PressForm().validate_on_submit():
        return _draw(consultation, error=("who", EXPIRED))
    session, officer, who = current_session(), signed_in_officer(), request.form.get("who")
    if who not in {EVERYBODY_OF_THE_TEAM, NAMED}:
        return _draw(consultation, error=("who", NO_WHO))
    candidates = readers.list_candidates(session, consultation)
    ticked = set(request.form.getlist("officers"))
    named: set[UUID] = {each.id for each in candidates if str(each.id) in ticked}
    if who == NAMED and officer.id not in named:
        return _draw(consultation, error=("officers", NOT_YOU))
    wanted = named if who == NAMED else frozenset()
    readers.restrict(session, consultation, officer, wanted, now=now())
    return redirect(url_for(".show_readers", slug=slug, notice="saved"), code=303)


def _draw(
    consultation: Consultation, *, error: tuple[str, str] | None = None
) -> ResponseReturnValue:
    session = current_session()
    who = NAMED if consultation.is_restricted else EVERYBODY_OF_THE_TEAM
    ticked = {str(each) for each in readers.list_readers(session, consultation)}
    return draw_form(
        "officers/readers.html",
        error,
        consultation=consultation,
        who=request.form.get("who", "") if error else who,
        ticked=request.form.getlist("officers") if error else ticked,
        candidates=[
            (str(each.id), each.name, f"{each.email}, {each.role.value}")
            for each in readers.list_candidates(session, consultation)
        ],
        form=PressForm(formdata=None),
        demonstration=consultation.demonstration or None,
    )
