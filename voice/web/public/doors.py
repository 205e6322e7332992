"""The short links: the address itself, its QR code and its poster."""

from flask import Response as Reply
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.models import Link, LinkKind
from voice.reports import qr
from voice.services import links
from voice.services.consultations import current_survey
from voice.web.access import EVERYBODY, open_to
from voice.web.addresses import spoken_address, whole_address
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


@blueprint.get("/go/<link_code>/qr.svg")
@open_to(EVERYBODY)
def link_qr_svg(link_code: str) -> ResponseReturnValue:
    """Give the link's QR code for a screen or a printer."""
    return Reply(qr.qr_svg(_address(_get(link_code))), mimetype=qr.SVG_TYPE)


@blueprint.get("/go/<link_code>/qr.png")
@open_to(EVERYBODY)
def link_qr_png(link_code: str) -> ResponseReturnValue:
    """Give the link's QR code for a document."""
    return Reply(qr.qr_png(_address(_get(link_code))), mimetype=qr.PNG_TYPE)


@blueprint.get("/go/<link_code>/poster")
@open_to(EVERYBODY)
def poster(link_code: str) -> ResponseReturnValue:
    """Show a poster to print on A4."""
    link = _get(link_code)
    survey = current_survey(link.consultation)
    return render_template(
        "public/poster.html",
        link=link,
        survey=survey,
        address=spoken_address(".go", link_code=link.code),
        demonstration=link.consultation.demonstration or None,
    )


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


def _address(link: Link) -> str:
    return whole_address("public.go", link_code=link.code)
