"""Type in an answer that came on paper or by phone, and then the next one."""

from dataclasses import replace
from functools import partial
from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.errors import AlreadyEnteredError, ReceivedOnRefusedError
from voice.models import Consultation
from voice.services.entering import Entered, Entry, enter_response, find_entered
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers import (
    entry_code,
    entry_course,
    entry_form,
    entry_meeting,
    entry_sheets,
    entry_way,
)
from voice.web.officers.blueprint import blueprint
from voice.web.officers.entry_form import Typed
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, now, settings, signed_in_officer

NOTHING_TYPED = "Nothing is typed in. A form that came back empty is no answer"
SAVED_BEFORE = (
    "This page was saved before, as {reference}, and what you changed since is not saved. If it is "
    "another answer, press Save again; if it is the same one, leave this page"
)
Errors = dict[str, str]


@blueprint.get("/consultations/<slug>/enter")
@open_to(*EDITOR_ROLES)
def enter(slug: str) -> ResponseReturnValue:
    """Show the whole survey, empty, with how and when the last one came, and as printed."""
    consultation = get_consultation(slug)
    printed = entry_way.read_printed(consultation, request.args)
    typed = entry_form.empty_page(printed.survey, request.args, now=now())
    return _draw(consultation, typed, PressForm(formdata=None))


@blueprint.post("/consultations/<slug>/enter")
@open_to(*EDITOR_ROLES)
@entry_sheets.takes_files
def save_entered(slug: str) -> ResponseReturnValue:
    """Save it once, and go on to the next; what cannot be taken comes back as it was typed."""
    consultation, sheets = get_consultation(slug), entry_sheets.read_sheets()
    printed = entry_way.read_printed(consultation, request.form)
    survey = printed.survey
    typed = entry_form.read_typed(survey, request.form)
    code = entry_code.read_code(survey, request.form, secret=settings().secret_key)
    meeting = entry_meeting.read_meeting(consultation, request.form)
    draw = partial(_draw, consultation, typed, sheets=sheets, code=code)
    form = PressForm()
    errors = typed.errors | code.errors | meeting.errors | sheets.errors
    if not errors and not sheets.files and all(each.is_skipped for each in typed.answers):
        errors = {"": NOTHING_TYPED}
    if not form.validate_on_submit():
        return draw(form, errors={"": EXPIRED} | errors)
    if errors or typed.received_on is None:
        return draw(form, errors=errors)
    entry = Entry(typed.came_by, typed.received_on, typed.answers, form.press_key, typed.capacity)
    entry = replace(entry, joined_hash=code.joined_hash, side=code.side)
    course = entry_course.read_course(consultation, request.form)
    entry = replace(entry, variant=printed.variant, language=printed.language, wave=course.chosen)
    try:
        entered = enter_response(
            current_session(), consultation, signed_in_officer(), entry, now=now()
        )
    except ReceivedOnRefusedError as refused:
        wrong = {entry_form.RECEIVED_ON: entry_form.RECEIVED_ON_REFUSALS[str(refused)]}
        return draw(form, errors=wrong)
    except AlreadyEnteredError as before:
        wrong = {"": SAVED_BEFORE.format(reference=before)}
        return draw(PressForm(formdata=None), errors=wrong)
    entry_sheets.keep_sheets(entered.response, sheets)
    entry_meeting.note_meeting(meeting, entered.response)
    carried = entry_form.kept_for_the_next(typed) | printed.kept | course.kept
    return redirect(_next_address(consultation, carried, entered), code=303)


def _next_address(consultation: Consultation, carried: dict[str, Any], entered: Entered) -> str:
    """Return the empty page with the last one's way and day, just before its first question."""
    return url_for(
        ".enter",
        slug=consultation.slug,
        entered=entered.response.reference,
        notice="concern" if entered.has_concern else None,
        _anchor="saved",  # read out first; one Tab from there is the first field
        **carried,
    )


def _draw(
    consultation: Consultation,
    typed: Typed,
    form: PressForm,
    *,
    errors: Errors | None = None,
    sheets: entry_sheets.Sheets | None = None,
    code: entry_code.TypedCode | None = None,
) -> ResponseReturnValue:
    wrong = errors or {}
    printed = entry_way.read_printed(consultation, request.values)
    course = entry_course.read_course(consultation, request.values)
    reference = request.args.get("entered", "")
    page = render_template(
        "officers/enter.html",
        consultation=consultation,
        form=form,
        errors=list(wrong.items()),
        channels=entry_form.CHANNEL_OPTIONS,
        came_by=typed.came_by.value,
        **entry_form.draw_capacity(printed.survey, typed),
        **entry_way.draw_choice(consultation, printed),
        carried=entry_form.kept_for_the_next(typed) | course.kept,
        course=course,
        day=typed.day,
        sheets=sheets or entry_sheets.Sheets(),
        accepted=entry_sheets.ACCEPTED,
        code=code or entry_code.TypedCode(),
        meeting=entry_meeting.read_meeting(consultation, request.form),
        survey=printed.survey,
        wrong=wrong,
        day_error=wrong.get(entry_form.RECEIVED_ON),
        questions=entry_form.draw_sheet(printed.survey, typed, wrong),
        saved=find_entered(current_session(), consultation, reference),
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, 422 if wrong else 200)
