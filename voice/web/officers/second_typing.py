"""Papers typed in a second time, by somebody else: which wait, and type one."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.errors import NotFoundError, StageRefusedError
from voice.models import Consultation, Response
from voice.services import double_entry
from voice.services.double_entry import Again
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers import second_form
from voice.web.officers.blueprint import blueprint
from voice.web.officers.entry_form import Typed
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, now, signed_in_officer

REFUSALS = {
    "archived": "This is in the archive, so nothing can change",
    "same officer": "You typed this paper the first time, so somebody else types it the second",
    "no consent": "This form asks nobody to agree, so a paper is not deleted for that",
    "typed": "Somebody else has typed this paper a second time. Look at where the two differ",
}
NOT_WAITING = "No paper with this reference waits here. Look at the reference again"
Errors = dict[str, str]


@blueprint.get("/consultations/<slug>/second-typing")
@open_to(*EDITOR_ROLES)
def second_typing(slug: str) -> ResponseReturnValue:
    """List the papers that wait; a reference in the address goes straight to its paper."""
    consultation = get_consultation(slug)
    wanted = request.args.get("reference", "")
    if not wanted.strip():
        return draw_list(consultation)
    try:
        response = double_entry.get_waiting(current_session(), consultation, wanted)
    except NotFoundError:
        return draw_list(consultation, errors={"reference": NOT_WAITING})
    address = url_for(".type_again", slug=slug, reference=response.reference, _anchor="typing")
    return redirect(address, code=303)  # read out first; one Tab from there is the first field


@blueprint.post("/consultations/<slug>/second-typing")
@open_to(*EDITOR_ROLES)
def switch_second_typing(slug: str) -> ResponseReturnValue:
    """Ask for a second typing of every paper from now on, or no more."""
    consultation = get_consultation(slug)
    if not PressForm().validate_on_submit():
        return draw_list(consultation, errors={"": EXPIRED})
    wanted = request.form.get("wanted") == "yes"
    session, officer = current_session(), signed_in_officer()
    try:
        double_entry.set_enters_twice(session, consultation, officer, wanted=wanted, now=now())
    except StageRefusedError as refused:
        return draw_list(consultation, errors={"": REFUSALS[str(refused)]})
    return redirect(url_for(".second_typing", slug=slug, notice="switched"), code=303)


@blueprint.get("/consultations/<slug>/second-typing/<reference>")
@open_to(*EDITOR_ROLES)
def type_again(slug: str, reference: str) -> ResponseReturnValue:
    """Show the survey, empty, or as this officer typed it the second time."""
    session, response = current_session(), get_waiting(slug, reference)
    try:
        double_entry.check_may_type(session, response, signed_in_officer())
    except StageRefusedError as refused:
        return draw_list(response.consultation, errors={"": REFUSALS[str(refused)]})
    before = double_entry.find_second(session, response)
    return _draw_sheet(response, second_form.filled_page(before))


@blueprint.post("/consultations/<slug>/second-typing/<reference>")
@open_to(*EDITOR_ROLES)
def save_typed_again(slug: str, reference: str) -> ResponseReturnValue:
    """Compare it with the first typing: it counts if they agree, else somebody decides."""
    consultation = get_consultation(slug)
    try:
        response = double_entry.get_waiting(
            current_session(), consultation, reference, to_change=True
        )
    except NotFoundError:  # pressed twice, or somebody decided meanwhile
        return redirect(url_for(".second_typing", slug=slug, notice="gone"), code=303)
    typed = second_form.read_again(response, request.form)
    errors = typed.errors
    if not PressForm().validate_on_submit():
        return _draw_sheet(response, typed, errors={"": EXPIRED} | errors)
    if errors:
        return _draw_sheet(response, typed, errors=errors)
    entry, officer = Again(typed.capacity, typed.answers), signed_in_officer()
    try:
        done = double_entry.type_again(current_session(), response, officer, entry, now=now())
    except StageRefusedError as refused:
        return _draw_sheet(response, typed, errors={"": REFUSALS[str(refused)]})
    if done.agrees:
        return back_to_list(slug, reference, has_concern=done.has_concern)
    notice = "concern" if done.has_concern else None
    return redirect(
        url_for(".show_differences", slug=slug, reference=reference, notice=notice), code=303
    )


def get_waiting(slug: str, reference: str) -> Response:
    """Return the paper with this reference, which waits to be typed again.

    Raises:
        NotFoundError: if none with this reference waits here.
    """
    return double_entry.get_waiting(current_session(), get_consultation(slug), reference)


def back_to_list(slug: str, reference: str, *, has_concern: bool = False) -> ResponseReturnValue:
    """Say that this paper is checked, just before the field for the next one's reference."""
    notice = "concern" if has_concern else "checked"
    address = url_for(
        ".second_typing", slug=slug, checked=reference, notice=notice, _anchor="reference"
    )
    return redirect(address, code=303)


def draw_list(consultation: Consultation, *, errors: Errors | None = None) -> ResponseReturnValue:
    """Draw the list of papers that wait, with what was refused."""
    wrong = errors or {}
    page = render_template(
        "officers/second_typing.html",
        consultation=consultation,
        waiting=double_entry.list_waiting(current_session(), consultation, signed_in_officer()),
        checked=request.args.get("checked", ""),
        reference=request.args.get("reference", ""),
        form=PressForm(formdata=None),
        errors=list(wrong.items()),
        wrong=wrong,
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, 422 if wrong else 200)


def _draw_sheet(
    response: Response, typed: Typed, *, errors: Errors | None = None
) -> ResponseReturnValue:
    wrong = errors or {}
    page = render_template(
        "officers/second_typing_sheet.html",
        consultation=response.consultation,
        reference=response.reference,
        **second_form.draw_again(response, typed, wrong),
        may_be_refused=double_entry.may_be_refused(response),
        form=PressForm(formdata=None),
        errors=list(wrong.items()),
        demonstration=response.consultation.demonstration or None,
    )
    return make_response(page, 422 if wrong else 200)
