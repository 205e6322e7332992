"""The link that is one person's own: reply, or say that they will not."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from voice.services import invitees
from voice.web.access import EVERYBODY, open_to
from voice.web.devices import find_kiosk
from voice.web.forms import PressForm
from voice.web.public.blueprint import blueprint
from voice.web.public.own_links import draw_own_link
from voice.web.public.visitors import INVITED_COOKIE, keep_key
from voice.web.session import current_session, now


@blueprint.route("/invited/<invited_code>", methods=["GET", "POST"])
@open_to(EVERYBODY)
def invited(invited_code: str) -> ResponseReturnValue:
    """Say what the link is for; go on to the consultation, or note that they will not reply."""
    invitee, consultation = invitees.get_by_code(current_session(), invited_code, now=now())
    form = PressForm()
    if not form.validate_on_submit():
        return draw_own_link("public/invited.html", consultation, form, invitee=invitee)
    if request.form.get("reply") == "no":
        invitees.decline(invitee, now=now())
        return redirect(url_for(".invited", invited_code=invited_code), code=303)
    reply = redirect(url_for(".start", slug=consultation.slug), code=303)
    is_shared = find_kiosk() is not None
    return keep_key(reply, INVITED_COOKIE, consultation.slug, invited_code, is_shared=is_shared)
