"""The papers of a consultation: every form that a meeting uses, to read or to take away."""

from flask import render_template
from flask.typing import ResponseReturnValue

from voice.errors import NotFoundError
from voice.reports.handout_files import KINDS, handout_file
from voice.services import leadership_packs
from voice.services.leadership_packs import PAPERS, Meeting
from voice.web.access import TEAM_ROLES, open_to
from voice.web.attachments import attach_noted
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, keeps, now, settings


@blueprint.get("/consultations/<slug>/papers")
@open_to(*TEAM_ROLES)
def list_papers(slug: str) -> ResponseReturnValue:
    """Show every paper, each in every kind of file."""
    consultation = get_consultation(slug)
    return render_template(
        "officers/papers.html",
        consultation=consultation,
        papers=[(name, label) for name, (label, _) in PAPERS.items()],
        demonstration=consultation.demonstration or None,
    )


@blueprint.get("/consultations/<slug>/papers/<paper>.<file_kind>")
@open_to(*TEAM_ROLES)
@keeps
def download_paper(slug: str, paper: str, file_kind: str) -> ResponseReturnValue:
    """Give one paper as a file; who took it is written down.

    Raises:
        NotFoundError: if there is no such paper, or no such kind of file.
    """
    consultation = get_consultation(slug)
    if paper not in PAPERS or file_kind not in KINDS:
        raise NotFoundError("paper")
    council = settings().council.name
    meeting = Meeting(current_session(), consultation, council, now())
    written = leadership_packs.write_paper(meeting, paper)
    return attach_noted(consultation, paper, file_kind, handout_file(written, file_kind))
