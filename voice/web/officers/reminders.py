"""Reminders by e-mail: an officer reads whom they go to, confirms, and can call them off."""

from flask import Response as Reply
from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.errors import ConsultationClosedError
from voice.models import Consultation
from voice.services import reminders
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, now, settings, signed_in_officer

CLOSED = "Nobody can reply now: the consultation is not open. Change its dates first"


@blueprint.get("/consultations/<slug>/invitees/e-mail")
@open_to(*EDITOR_ROLES)
def plan_reminder(slug: str) -> ResponseReturnValue:
    """Show who would get a reminder by e-mail, who not and why, its words and when it leaves."""
    return _draw(get_consultation(slug))


@blueprint.post("/consultations/<slug>/invitees/e-mail")
@open_to(*EDITOR_ROLES)
def confirm_reminder(slug: str) -> ResponseReturnValue:
    """Let it leave when it is due; who replies before that gets none."""
    consultation, form = get_consultation(slug), PressForm()
    if not form.validate_on_submit():
        return _draw(consultation, error=EXPIRED)
    if not reminders.sends_mail(settings()):
        return _draw(consultation)
    session, officer, key = current_session(), signed_in_officer(), form.press_key
    try:
        reminders.confirm(session, settings(), consultation, officer, press_key=key, now=now())
    except ConsultationClosedError:
        return _draw(consultation, error=CLOSED)
    return redirect(url_for(".list_invitees", slug=slug, notice="planned") + "#remind", code=303)


@blueprint.post("/consultations/<slug>/invitees/e-mail/off")
@open_to(*EDITOR_ROLES)
def call_off_reminder(slug: str) -> ResponseReturnValue:
    """Stop what has not left yet."""
    consultation = get_consultation(slug)
    page = url_for(".list_invitees", slug=slug)
    if not PressForm().validate_on_submit():
        return redirect(f"{page}?notice=again#remind", code=303)
    session, key = current_session(), request.form.get("batch", "")
    stopped = reminders.call_off(session, consultation, signed_in_officer(), key, now=now())
    return redirect(f"{page}?notice={'off' if stopped else 'left'}#remind", code=303)


def _draw(consultation: Consultation, *, error: str = "") -> Reply:
    page = render_template(
        "officers/reminder.html",
        consultation=consultation,
        plan=reminders.plan(current_session(), settings(), consultation, now=now()),
        most=reminders.MOST_REMINDERS,
        example=reminders.write(settings(), consultation, "[their name]", "[their own link]"),
        is_open=consultation.is_open(now()),
        sends_mail=reminders.sends_mail(settings()),
        form=PressForm(formdata=None),
        errors=[("", error)] if error else [],
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, 422 if error else 200)
