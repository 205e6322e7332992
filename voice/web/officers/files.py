"""The files that people sent, for those whose work it is to read responses."""

from io import BytesIO
from uuid import UUID

from flask import render_template, send_file
from flask.typing import ResponseReturnValue

from voice.services import media_reading, standards
from voice.services.consultations import current_survey
from voice.services.media import folder_of
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, keeps, now, settings, signed_in_officer


@blueprint.get("/consultations/<slug>/files")
@open_to(*EDITOR_ROLES)
def list_files(slug: str) -> ResponseReturnValue:
    """List every file that was sent in, without showing any."""
    consultation = get_consultation(slug)
    return render_template(
        "officers/files.html",
        consultation=consultation,
        files=media_reading.list_files(current_session(), consultation),
        has_standards=standards.has_standards(current_survey(consultation)),
        removed=media_reading.set_apart_in_words(current_session(), consultation),
        demonstration=consultation.demonstration or None,
    )


@blueprint.get("/consultations/<slug>/files/standards")
@open_to(*EDITOR_ROLES)
@keeps
def show_standards(slug: str) -> ResponseReturnValue:
    """Show each standard with what every agency says of it and its evidence."""
    session, consultation = current_session(), get_consultation(slug)
    return render_template(
        "officers/standards.html",
        consultation=consultation,
        consultation_unit=current_survey(consultation).unit,
        found=standards.read_standards(session, consultation, signed_in_officer(), now=now()),
        demonstration=consultation.demonstration or None,
    )


@blueprint.get("/consultations/<slug>/files/<uuid:media_id>")
@open_to(*EDITOR_ROLES)
@keeps
def download_file(slug: str, media_id: UUID) -> ResponseReturnValue:
    """Give one file to keep, never to be shown in the page; it is written down who took it."""
    filed, content = media_reading.open_file(
        current_session(),
        get_consultation(slug),
        signed_in_officer(),
        media_id,
        folder=folder_of(settings()),
        now=now(),
    )
    return send_file(
        BytesIO(content),
        mimetype=filed.media_type,
        as_attachment=True,
        download_name=filed.file_name,
    )


@blueprint.get("/consultations/<slug>/files.zip")
@open_to(*EDITOR_ROLES)
@keeps
def download_files(slug: str) -> ResponseReturnValue:
    """Give every file at once, with a list of what each is."""
    packed = media_reading.pack_files(
        current_session(),
        get_consultation(slug),
        signed_in_officer(),
        folder=folder_of(settings()),
        now=now(),
    )
    return send_file(
        packed, mimetype="application/zip", as_attachment=True, download_name=f"{slug}-files.zip"
    )
