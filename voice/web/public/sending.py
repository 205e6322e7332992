"""Check the answers, send them in, keep a copy, delete them."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from surveys.answers import storable
from voice.services import concerns, responses
from voice.web.access import EVERYBODY, open_to
from voice.web.forms import EXPIRED, Press
from voice.web.public.blueprint import blueprint
from voice.web.public.drawing_answers import draw_check, draw_sent
from voice.web.public.kiosk import thank_and_forget
from voice.web.public.read_back import as_text
from voice.web.public.sending_in import send_in
from voice.web.public.visitors import (
    ANSWERS_COOKIE,
    find_response,
    let_go,
    page_setting,
)
from voice.web.session import current_session, now

ADVOCATE = "advocate"  # the button "I want someone to help me say it"


@blueprint.route("/consultations/<slug>/check", methods=["GET", "POST"])
@open_to(EVERYBODY)
def check(slug: str) -> ResponseReturnValue:
    """Show every answer that counts with a way to change it, and send them in."""
    form = Press()
    response = find_response(slug, to_change=form.is_submitted())
    if response is None:
        return redirect(url_for(".start", slug=slug))
    if response.submitted_at is not None:
        return redirect(url_for(".sent", slug=slug))
    if form.validate_on_submit():
        errors, goal = send_in(response)
        if not errors:
            return redirect(goal)
        return draw_check(response, form, errors)
    return draw_check(response, form)


@blueprint.get("/consultations/<slug>/sent")
@open_to(EVERYBODY)
def sent(slug: str) -> ResponseReturnValue:
    """Say thank you with a reference and a copy of the answers; again on every reload."""
    response = find_response(slug)
    if response is None or response.submitted_at is None:
        return redirect(url_for(".start", slug=slug))
    on_shared_device = thank_and_forget(response)
    if on_shared_device is not None:
        return on_shared_device
    return draw_sent(response)


@blueprint.get("/consultations/<slug>/copy")
@open_to(EVERYBODY)
def copy(slug: str) -> ResponseReturnValue:
    """Give the answers as a plain text file to keep."""
    response = find_response(slug)
    if response is None:
        return redirect(url_for(".start", slug=slug))
    setting = page_setting(response.consultation, responses.survey_for(response))
    reply = make_response(as_text(response, str(setting["title"])))
    reply.mimetype = "text/plain"
    reply.headers["Content-Disposition"] = "attachment; filename=my-answers.txt"
    return reply


@blueprint.route("/consultations/<slug>/delete", methods=["GET", "POST"])
@open_to(EVERYBODY)
def delete(slug: str) -> ResponseReturnValue:
    """Delete everything this browser answered, after asking once."""
    form = Press()
    response = find_response(slug, to_change=form.is_submitted())
    if response is None:
        return redirect(url_for(".start", slug=slug))
    setting = page_setting(response.consultation, responses.survey_for(response))
    if form.validate_on_submit():
        responses.forget_response(current_session(), response)
        page = render_template("public/deleted.html", **setting)
        return let_go(make_response(page), ANSWERS_COOKIE, slug)
    errors = [("delete", EXPIRED)] if form.is_expired else []
    page = render_template("public/delete.html", form=form, errors=errors, **setting)
    return page, 422 if errors else 200


@blueprint.route("/consultations/<slug>/thank-you-for-telling-us", methods=["GET", "POST"])
@open_to(EVERYBODY)
def thank_for_telling(slug: str) -> ResponseReturnValue:
    """Show help to somebody whose words may mean danger.

    They can say that it was not meant, or ask for somebody who helps them to say it.
    """
    form = Press()
    response = find_response(slug, to_change=form.is_submitted())
    if response is None:
        return redirect(url_for(".start", slug=slug))
    is_sent, wants_help = form.validate_on_submit(), request.form.get("wish") == ADVOCATE
    reach = storable(request.form.get("reach", "")).strip()
    not_meant = is_sent and not wants_help
    if is_sent and wants_help:
        concerns.ask_for_advocate(current_session(), response, reach=reach, now=now())
    if not_meant:
        concerns.note_not_meant(current_session(), response.id, now=now())
    page = render_template(
        "public/telling.html",
        form=form,
        not_meant=not_meant,
        asked_for_advocate=is_sent and wants_help,
        can_be_reached=bool(reach),
        is_alerted=concerns.is_alerted(current_session(), response.id),
        errors=[("telling", EXPIRED)] if form.is_expired else [],
        **page_setting(response.consultation, responses.survey_for(response)),
    )
    return page, 422 if form.is_expired else 200
