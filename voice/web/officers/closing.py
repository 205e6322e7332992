"""Move the closing date: say when and why, see what that means, and confirm it."""

from datetime import datetime

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, TextAreaField

from voice.errors import PlanRefusedError, StageRefusedError
from voice.models import Consultation
from voice.services import dates
from voice.services.dates import NewClosing
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.officers.moment_fields import TypedMoment, read_moment, write_moment
from voice.web.session import current_session, now, signed_in_officer

CLOSES = "closes"
_REFUSALS = {
    "closes same": "It closes at this very time already. Choose another",
    "closes past": "The new closing time must be in the future",
    "closes early": "It must close after it opens",
    "reason missing": "Say why, in words that everybody may read",
    "reason long": f"Shorten the reason to {dates.MAX_REASON_CHARS} characters",
}
_STAGES = {
    "draft": "This has not opened. Change its dates in the plan",
    "decided": "A decision has been recorded, so the closing date cannot move any more",
    "archived": "This is in the archive, so nothing can change",
}


class ClosingForm(PressForm):
    """The reason, and the closing date that the officer saw; the moment is read beside it."""

    reason = TextAreaField()
    seen = HiddenField()
    confirmed = HiddenField()


@blueprint.get("/consultations/<slug>/closing-date")
@open_to(*EDITOR_ROLES)
def closing_date(slug: str) -> ResponseReturnValue:
    """Ask for the new closing date and the reason."""
    consultation = get_consultation(slug)
    form = ClosingForm(formdata=None, seen=consultation.closes_at.isoformat())
    return _draw(consultation, form, write_moment(consultation.closes_at), {})


@blueprint.post("/consultations/<slug>/closing-date")
@open_to(*EDITOR_ROLES)
def change_closing_date(slug: str) -> ResponseReturnValue:
    """Show what a new closing date means; once that is confirmed, change it."""
    consultation, form = get_consultation(slug), ClosingForm()
    typed = read_moment(request.form, CLOSES)
    if not form.validate_on_submit():
        return _draw(consultation, form, typed, {"": EXPIRED})
    if typed.moment is None:
        return _draw(consultation, form, typed, {CLOSES: str(typed.error)})
    new = NewClosing(typed.moment, form.reason.data or "", _seen(form), form.press_key)
    try:
        if not form.confirmed.data:
            dates.check_may_move(current_session(), consultation)
            dates.check_new_closing(consultation, new, now=now())
            return _draw_confirm(consultation, form, typed, new)
        officer = signed_in_officer()
        dates.change_closing(current_session(), consultation, officer, new, now=now())
    except PlanRefusedError as refused:
        name = str(refused).partition(" ")[0]
        return _draw(consultation, form, typed, {name: _REFUSALS[str(refused)]})
    except StageRefusedError as refused:
        return _draw(consultation, form, typed, {"": _STAGES[str(refused)]})
    return redirect(url_for(".overview", slug=slug, notice="closing"), code=303)


def _seen(form: ClosingForm) -> datetime | None:
    """Return the closing date that the officer saw; None if it was not sent."""
    try:
        return datetime.fromisoformat(form.seen.data or "")
    except ValueError:
        return None


def _draw(
    consultation: Consultation, form: ClosingForm, typed: TypedMoment, wrong: dict[str, str]
) -> ResponseReturnValue:
    page = render_template(
        "officers/closing_date.html",
        consultation=consultation,
        form=form,
        typed=typed,
        wrong=wrong,
        errors=list(wrong.items()),
        changes=dates.list_changes(current_session(), consultation),
        limit=dates.MAX_REASON_CHARS,
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, 422 if wrong else 200)


def _draw_confirm(
    consultation: Consultation, form: ClosingForm, typed: TypedMoment, new: NewClosing
) -> ResponseReturnValue:
    return make_response(
        render_template(
            "officers/closing_confirm.html",
            consultation=consultation,
            form=form,
            typed=typed,
            new=new,
            is_later=new.closes_at > consultation.closes_at,
            opens_again=consultation.closes_at < now(),
            warning=dates.warn_of_length(consultation.opens_at, new.closes_at),
            demonstration=consultation.demonstration or None,
        )
    )
