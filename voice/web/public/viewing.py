"""The link before a child's meeting: what they say by it is noted as their view, and no more."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.services import conferences
from voice.services.consultations import current_survey
from voice.web.access import EVERYBODY, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.public.blueprint import blueprint
from voice.web.public.visitors import VIEW_COOKIE, let_go, page_setting
from voice.web.session import current_session, now


@blueprint.route("/view/<view_code>", methods=["GET", "POST"])
@open_to(EVERYBODY)
def view(view_code: str) -> ResponseReturnValue:
    """Say what the link is for; go on alone, or with somebody who helps.

    Looking changes nothing, because mail programs open links before people do.
    """
    conference, consultation = conferences.get_by_code(current_session(), view_code, now=now())
    form = PressForm()
    if form.validate_on_submit():
        is_helped = request.form.get("who") == "helped"
        goal = ".help_somebody" if is_helped else ".start"
        slug = consultation.slug
        reply = redirect(url_for(goal, slug=slug, meeting=view_code), code=303)
        return let_go(reply, VIEW_COOKIE, slug)  # of whoever opened a link here before
    page = render_template(
        "public/view.html",
        conference=conference,
        form=form,
        errors=[("who", EXPIRED)] if form.is_expired else [],
        is_open=consultation.is_open(now()),
        **page_setting(consultation, current_survey(consultation)),
    )
    return make_response(page, 422 if form.is_expired else 200)
