"""Two typings of a paper that differ: a person looks at the paper and says what stands."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.errors import NotFoundError, NotYetAnsweredError, StageRefusedError
from voice.models import Response
from voice.services import double_entry
from voice.services.double_entry import Line
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.officers.second_typing import REFUSALS, back_to_list, get_waiting
from voice.web.session import current_session, now, signed_in_officer

NOT_CHOSEN = "{number}: choose what the paper says"
LEFT_EMPTY = "With these choices question {number} has no answer, and it needs one"
FIRST, SECOND = "first", "second"
Errors = dict[str, str]


@blueprint.get("/consultations/<slug>/second-typing/<reference>/differences")
@open_to(*EDITOR_ROLES)
def show_differences(slug: str, reference: str) -> ResponseReturnValue:
    """Show where the two typings differ, question by question."""
    return _draw_differences(get_waiting(slug, reference))


@blueprint.post("/consultations/<slug>/second-typing/<reference>/differences")
@open_to(*EDITOR_ROLES)
def decide_differences(slug: str, reference: str) -> ResponseReturnValue:
    """Let what a person chose stand."""
    consultation = get_consultation(slug)
    try:
        response = double_entry.get_waiting(
            current_session(), consultation, reference, to_change=True
        )
    except NotFoundError:
        return redirect(url_for(".second_typing", slug=slug, notice="gone"), code=303)
    session, officer = current_session(), signed_in_officer()
    lines = double_entry.list_differences(session, response, officer)
    errors = _not_chosen(lines)
    if not PressForm().validate_on_submit():
        errors = {"": EXPIRED} | errors
    if errors:
        return _draw_differences(response, errors=errors)
    chosen = {each.code for each in lines if request.form.get(each.code) == SECOND}
    try:
        double_entry.decide(session, response, officer, chosen, now=now())
    except NotYetAnsweredError as missing:
        number = double_entry.number_of(response, str(missing))
        return _draw_differences(response, errors={"": LEFT_EMPTY.format(number=number)})
    except StageRefusedError as refused:
        return _draw_differences(response, errors={"": REFUSALS[str(refused)]})
    return back_to_list(slug, reference)


def _not_chosen(lines: list[Line]) -> Errors:
    return {
        each.code: NOT_CHOSEN.format(number=each.heading)
        for each in lines
        if request.form.get(each.code) not in {FIRST, SECOND}
    }


def _draw_differences(response: Response, *, errors: Errors | None = None) -> ResponseReturnValue:
    wrong, session = errors or {}, current_session()
    page = render_template(
        "officers/second_typing_differences.html",
        consultation=response.consultation,
        reference=response.reference,
        lines=double_entry.list_differences(session, response, signed_in_officer()),
        chosen=request.form,
        form=PressForm(formdata=None),
        errors=list(wrong.items()),
        wrong=wrong,
        demonstration=response.consultation.demonstration or None,
    )
    return make_response(page, 422 if wrong else 200)
