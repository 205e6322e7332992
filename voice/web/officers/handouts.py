"""Handouts: the storyboard, and strengths and areas in two columns, to read or to take away."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from voice.models import Consultation
from voice.reports.handout import Handout
from voice.reports.handout_document import handout_document
from voice.reports.page import handout_page
from voice.services import storyboards, strengths, themes
from voice.services.strengths import Sources
from voice.web.access import TEAM_ROLES, open_to
from voice.web.attachments import attach_noted
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, keeps, now, settings


@blueprint.get("/consultations/<slug>/storyboard.docx")
@open_to(*TEAM_ROLES)
@keeps
def download_storyboard(slug: str) -> ResponseReturnValue:
    """Give the storyboard as a Word document."""
    consultation = get_consultation(slug)
    return attach_noted(
        consultation, "storyboard", "docx", handout_document(_storyboard(consultation))
    )


@blueprint.get("/consultations/<slug>/storyboard.html")
@open_to(*TEAM_ROLES)
@keeps
def download_storyboard_page(slug: str) -> ResponseReturnValue:
    """Give the storyboard as one page that needs no network."""
    consultation = get_consultation(slug)
    page = handout_page(_storyboard(consultation)).encode()
    return attach_noted(consultation, "storyboard", "html", page)


@blueprint.get("/consultations/<slug>/strengths")
@open_to(*TEAM_ROLES)
def show_strengths(slug: str) -> ResponseReturnValue:
    """Show the themes that were signed off in two columns, by question or by tone."""
    consultation = get_consultation(slug)
    sources = _sources()
    asked = [(each.code, each.text) for each in themes.free_text_questions(consultation)]
    return render_template(
        "officers/strengths.html",
        consultation=consultation,
        sources=sources,
        questions=[("", "No question of its own"), *asked],
        handout=_strengths(consultation, sources),
        demonstration=consultation.demonstration or None,
    )


@blueprint.get("/consultations/<slug>/strengths.docx")
@open_to(*TEAM_ROLES)
@keeps
def download_strengths(slug: str) -> ResponseReturnValue:
    """Give the two columns as a Word document."""
    consultation = get_consultation(slug)
    written = handout_document(_strengths(consultation, _sources()))
    return attach_noted(consultation, "strengths", "docx", written)


@blueprint.get("/consultations/<slug>/strengths.csv")
@open_to(*TEAM_ROLES)
@keeps
def download_strengths_table(slug: str) -> ResponseReturnValue:
    """Give the two columns as a table."""
    consultation = get_consultation(slug)
    table = strengths.strengths_file(current_session(), consultation, _sources())
    return attach_noted(consultation, "strengths", "csv", table)


def _sources() -> Sources:
    return Sources(request.args.get("improved", ""), request.args.get("further", ""))


def _storyboard(consultation: Consultation) -> Handout:
    council = settings().council.name
    return storyboards.write_storyboard(current_session(), consultation, council=council, now=now())


def _strengths(consultation: Consultation, sources: Sources) -> Handout:
    council = settings().council.name
    return strengths.write_strengths(
        current_session(), consultation, sources, council=council, now=now()
    )
