"""The leadership briefing: what is in it, and the files to take to the meeting."""

from flask import Response as Reply
from flask import render_template
from flask.typing import ResponseReturnValue

from voice.reports.document import briefing_document
from voice.reports.page import briefing_page
from voice.services import briefings
from voice.web.access import TEAM_ROLES, open_to
from voice.web.attachments import attach_noted
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, keeps, now, settings


@blueprint.get("/consultations/<slug>/briefing")
@open_to(*TEAM_ROLES)
def briefing(slug: str) -> ResponseReturnValue:
    """Show the briefing's first page, what it still lacks, and where to download it."""
    consultation = get_consultation(slug)
    written = briefings.write_briefing(
        current_session(), consultation, council=settings().council.name, now=now()
    )
    return render_template(
        "officers/briefing.html",
        consultation=consultation,
        briefing=written,
        demonstration=consultation.demonstration or None,
    )


@blueprint.get("/consultations/<slug>/briefing.docx")
@open_to(*TEAM_ROLES)
@keeps
def download_document(slug: str) -> ResponseReturnValue:
    """Give the briefing as a Word document."""
    return _download(slug, "docx")


@blueprint.get("/consultations/<slug>/briefing.html")
@open_to(*TEAM_ROLES)
@keeps
def download_page(slug: str) -> ResponseReturnValue:
    """Give the briefing as one page that needs no network."""
    return _download(slug, "html")


def _download(slug: str, kind: str) -> Reply:
    consultation = get_consultation(slug)
    session = current_session()
    written = briefings.write_briefing(
        session, consultation, council=settings().council.name, now=now()
    )
    held = briefing_document(written) if kind == "docx" else briefing_page(written)
    return attach_noted(consultation, "briefing", kind, held)
