"""The link that is one person's own: reply, or say that they will not."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.services import invitees
from voice.services.consultations import current_survey
from voice.web.access import EVERYBODY, open_to
from voice.web.devices import find_kiosk
from voice.web.forms import EXPIRED, PressForm
from voice.web.public.blueprint import blueprint
from voice.web.public.visitors import INVITED_COOKIE, keep_key, page_setting
from voice.web.session import current_session, now


@blueprint.route("/invited/<invited_code>", methods=["GET", "POST"])
@open_to(EVERYBODY)
def invited(invited_code: str) -> ResponseReturnValue:
    """Say what the link is for; go on to the consultation, or note that they will not reply.

    Looking changes nothing, because mail programs open links before people do.
    """
    invitee, consultation = invitees.get_by_code(current_session(), invited_code, now=now())
    form = PressForm()
    if form.validate_on_submit():
        if request.form.get("reply") == "no":
            invitees.decline(invitee, now=now())
            return redirect(url_for(".invited", invited_code=invited_code), code=303)
        reply = redirect(url_for(".start", slug=consultation.slug), code=303)
        is_shared = find_kiosk() is not None
        return keep_key(reply, INVITED_COOKIE, consultation.slug, invited_code, is_shared=is_shared)
    page = render_template(
        "public/invited.html",
        invitee=invitee,
        form=form,
        errors=[("reply", EXPIRED)] if form.is_expired else [],
        is_open=consultation.is_open(now()),
        **page_setting(consultation, current_survey(consultation)),
    )
    return make_response(page, 422 if form.is_expired else 200)
