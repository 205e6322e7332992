"""The evidence of how a consultation was run and decided, to keep or to hand to whoever asks."""

from io import BytesIO

from flask import render_template, send_file
from flask.typing import ResponseReturnValue

from voice.services import evidence
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, keeps, now, signed_in_officer


@blueprint.get("/consultations/<slug>/evidence")
@open_to(*EDITOR_ROLES)
def show_evidence(slug: str) -> ResponseReturnValue:
    """Say what the evidence holds before anybody takes it."""
    consultation = get_consultation(slug)
    return render_template(
        "officers/evidence.html",
        consultation=consultation,
        demonstration=consultation.demonstration or None,
    )


@blueprint.get("/consultations/<slug>/evidence.zip")
@open_to(*EDITOR_ROLES)
@keeps
def download_evidence(slug: str) -> ResponseReturnValue:
    """Give the evidence as one file; who took it is written down, and stands in the next one."""
    packed = evidence.hand_out_evidence(
        current_session(), get_consultation(slug), signed_in_officer(), now=now()
    )
    return send_file(
        BytesIO(packed),
        mimetype="application/zip",
        as_attachment=True,
        download_name=f"{slug}-evidence.zip",
    )
