"""What is printed of a short link: its QR code, and its poster in a language of the survey."""

from flask import Response as Reply
from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from voice.models import Link
from voice.reports import qr
from voice.services import links
from voice.web.access import EVERYBODY, open_to
from voice.web.addresses import spoken_address, whole_address
from voice.web.languages import ENGLISH, asked_language
from voice.web.public.blueprint import blueprint
from voice.web.public.visitors import page_setting
from voice.web.public.ways import newcomers_survey
from voice.web.session import current_session, now


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
    """Show a poster to print on A4, whose code leads to the survey in the poster's language."""
    link = _get(link_code)
    survey = newcomers_survey(link.consultation)
    setting = page_setting(link.consultation, survey)
    return render_template(
        "public/poster.html",
        link=link,
        survey=survey,
        language_address=lambda code: url_for(".poster", link_code=link.code, language=code),
        address=spoken_address(".go", link_code=link.code),
        **(setting | {"audience": "adult", "presentation": "plain", "exit_page": False}),
    )


def _get(code: str) -> Link:
    return links.get_link(current_session(), code, now=now())


def _address(link: Link) -> str:
    """Return what its QR code holds: with a language, where one is asked for."""
    language = asked_language()
    wanted = {"language": language} if language not in {"", ENGLISH} else {}
    return whole_address("public.go", link_code=link.code, **wanted)
