"""The link before a child's meeting: what they say by it is noted as their view, and no more."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from voice.services import conferences
from voice.web.access import EVERYBODY, open_to
from voice.web.forms import PressForm
from voice.web.public.blueprint import blueprint
from voice.web.public.own_links import draw_own_link
from voice.web.public.visitors import VIEW_COOKIE, let_go
from voice.web.session import current_session, now


@blueprint.route("/view/<view_code>", methods=["GET", "POST"])
@open_to(EVERYBODY)
def view(view_code: str) -> ResponseReturnValue:
    """Say what the link is for; go on alone, or with somebody who helps."""
    conference, consultation = conferences.get_by_code(current_session(), view_code, now=now())
    form = PressForm()
    if not form.validate_on_submit():
        return draw_own_link("public/view.html", consultation, form, conference=conference)
    goal = ".help_somebody" if request.form.get("who") == "helped" else ".start"
    slug = consultation.slug
    reply = redirect(url_for(goal, slug=slug, meeting=view_code), code=303)
    return let_go(reply, VIEW_COOKIE, slug)  # of whoever opened a link here before
