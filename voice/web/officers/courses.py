"""Courses side by side: how many answered after each, before, after, and how much more (E8)."""

from flask import render_template
from flask.typing import ResponseReturnValue

from voice.models import Consultation
from voice.reports.csv_files import csv_file
from voice.reports.figures import rate_cell, rate_words
from voice.services import courses
from voice.services.results import read_rate
from voice.services.workbooks import Column, write_workbook
from voice.web.access import TEAM_ROLES, open_to
from voice.web.attachments import attach_noted
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, keeps

WIDTHS = (60, 40, 14, 14, 14, 24, 14, 28)
COLUMNS = (*courses.COLUMNS, "Response rate")


@blueprint.get("/consultations/<slug>/courses")
@open_to(*TEAM_ROLES)
def show_courses(slug: str) -> ResponseReturnValue:
    """Show every course of a consultation beside the others."""
    session, consultation = current_session(), get_consultation(slug)
    return render_template(
        "officers/courses.html",
        consultation=consultation,
        found=courses.read_courses(session, consultation),
        rate=rate_words(read_rate(session, consultation)),
        demonstration=consultation.demonstration or None,
    )


@blueprint.get("/consultations/<slug>/courses.csv")
@open_to(*TEAM_ROLES)
@keeps
def download_courses(slug: str) -> ResponseReturnValue:
    """Give the courses as a table."""
    consultation = get_consultation(slug)
    held = csv_file(COLUMNS, _lines(consultation))
    return attach_noted(consultation, "courses", "csv", held)


@blueprint.get("/consultations/<slug>/courses.xlsx")
@open_to(*TEAM_ROLES)
@keeps
def download_courses_workbook(slug: str) -> ResponseReturnValue:
    """Give the courses as a workbook of one sheet."""
    consultation = get_consultation(slug)
    columns = [Column(name, width) for name, width in zip(COLUMNS, WIDTHS, strict=True)]
    held = write_workbook(columns, _lines(consultation))
    return attach_noted(consultation, "courses", "xlsx", held)


def _lines(consultation: Consultation) -> list[tuple[str, ...]]:
    session = current_session()
    rate = rate_cell(read_rate(session, consultation))
    return [(*line, rate) for line in courses.read_courses(session, consultation).lines]
