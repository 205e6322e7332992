"""The short links: where each leads, and a kiosk made an ordinary device again."""

from flask import Response as Reply
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.models import Link, LinkKind
from voice.services import links
from voice.services.consultations import current_survey
from voice.web.access import EVERYBODY, open_to
from voice.web.devices import forget_door, keep_door
from voice.web.forms import PressForm
from voice.web.public.blueprint import blueprint
from voice.web.public.visitors import page_setting
from voice.web.session import current_session, keeps, now

_FIRST_PAGE = {LinkKind.CLASS: "public.join_class"}  # a pupil needs the code on the board


@blueprint.get("/go/<link_code>")
@open_to(EVERYBODY)
@keeps
def go(link_code: str) -> ResponseReturnValue:
    """Count one more opening and go to the consultation, which remembers the link.

    Whoever a messenger handed over comes into the chat.
    """
    link = _get(link_code)
    links.note_opened(current_session(), link)
    if link.kind in _FIRST_PAGE:
        return redirect(url_for(_FIRST_PAGE[link.kind]), code=303)
    page = ".chat" if "chat" in request.args else ".start"
    reply = redirect(url_for(page, slug=link.consultation.slug), code=303)
    return keep_door(reply, link)


@blueprint.route("/go/<link_code>/off", methods=["GET", "POST"])
@open_to(EVERYBODY)
def leave_kiosk(link_code: str) -> ResponseReturnValue:
    """Let this device be an ordinary one again."""
    link, form = _get(link_code), PressForm()
    done = form.validate_on_submit()
    setting = page_setting(link.consultation, current_survey(link.consultation))
    page = render_template("public/kiosk_off.html", form=form, done=done, link=link, **setting)
    if done:
        return forget_door(Reply(page))
    return page, 422 if form.is_expired else 200


def _get(code: str) -> Link:
    return links.get_link(current_session(), code, now=now())
