"""Where a consultation stands: every step with what it needs, and the next act."""

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from voice.errors import ConsultationNotReadyError, StageRefusedError
from voice.models import Consultation
from voice.services import considering, planning
from voice.services.gunning import Missing
from voice.services.planning import NotReadyToOpenError
from voice.services.stages import read_standing
from voice.web.access import EDITOR_ROLES, TEAM_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, now, settings, signed_in_officer

Errors = list[tuple[str, str]]
MISSING = {
    Missing.REASONS: "Say why you propose this",
    Missing.OPTIONS: "Say what else could be done",
    Missing.DOCUMENTS: "Link to the documents that people need",
    Missing.DECISION_DATE: "Say when it will be decided",
    Missing.DECISION_PAST: "The date of the decision has gone by: people must be asked before it",
    Missing.DECISION_BEFORE_CLOSE: "It would be decided before it closes: hear people first",
    Missing.DECIDED: "A decision has been recorded already",
    Missing.CLOSED: "Its closing date has gone by",
}
HELPLINES = (
    "A survey for children cannot open while First Response, its helpline out of hours or the "
    "safeguarding lead is not named. Ask whoever runs this service to fill in `helplines` and "
    "`safety` in council.yaml"
)
REFUSALS = {
    "open": "It has not closed yet",
    "archived": "It is in the archive, so nothing can change",
    "not decided": "Record the decision first",
    "not signed off": "Sign off or hide every theme first",
    "not answered": "Answer every signed-off theme with “You said, we did” first",
}


@blueprint.get("/consultations/<slug>/where-it-stands")
@open_to(*TEAM_ROLES)
def where_it_stands(slug: str) -> ResponseReturnValue:
    """Show each step from the plan to the archive, and what the next one needs."""
    return _draw(get_consultation(slug), [])


@blueprint.post("/consultations/<slug>/open")
@open_to(*EDITOR_ROLES)
def launch(slug: str) -> ResponseReturnValue:
    """Let it open, at its time or at once."""
    consultation = get_consultation(slug)
    if not PressForm().validate_on_submit():
        return _draw(consultation, [("", EXPIRED)])
    officer, council = signed_in_officer(), settings().council
    try:
        planning.launch(current_session(), consultation, officer, council, now=now())
    except NotReadyToOpenError as refused:
        return _draw(consultation, [("", MISSING[each]) for each in refused.missing])
    except ConsultationNotReadyError:
        return _draw(consultation, [("", HELPLINES)])
    return redirect(url_for(".where_it_stands", slug=slug, notice="launched"), code=303)


@blueprint.post("/consultations/<slug>/archive")
@open_to(*EDITOR_ROLES)
def archive(slug: str) -> ResponseReturnValue:
    """Put it away for good."""
    consultation = get_consultation(slug)
    if not PressForm().validate_on_submit():
        return _draw(consultation, [("", EXPIRED)])
    try:
        considering.archive(current_session(), consultation, signed_in_officer(), now=now())
    except StageRefusedError as refused:
        return _draw(consultation, [("", REFUSALS[str(refused)])])
    return redirect(url_for(".where_it_stands", slug=slug, notice="archived"), code=303)


def _draw(consultation: Consultation, errors: Errors) -> ResponseReturnValue:
    page = render_template(
        "officers/where_it_stands.html",
        consultation=consultation,
        standing=read_standing(current_session(), consultation, now=now()),
        missing=MISSING,
        form=PressForm(formdata=None),
        errors=errors,
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, 422 if errors else 200)
