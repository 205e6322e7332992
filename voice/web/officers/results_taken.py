"""The results to take away: figures, themes and masked quotes as files for a spreadsheet."""

from io import BytesIO

from flask import send_file
from flask.typing import ResponseReturnValue

from voice.services import taken
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, keeps, now, settings, signed_in_officer


@blueprint.get("/consultations/<slug>/results.zip")
@open_to(*EDITOR_ROLES)
@keeps
def download_results(slug: str) -> ResponseReturnValue:
    """Give the results as one file; who took it is written down."""
    packed = taken.hand_out_results(
        current_session(),
        get_consultation(slug),
        signed_in_officer(),
        council=settings().council.name,
        now=now(),
    )
    return send_file(
        BytesIO(packed),
        mimetype="application/zip",
        as_attachment=True,
        download_name=f"{slug}-results.zip",
    )
