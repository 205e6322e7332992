"""One closed question by another: who gave which answer."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from voice.models import Consultation
from voice.reports.cross_table import CrossTable
from voice.reports.figures import ROUNDING, rate_words
from voice.services import cross_tables, packs
from voice.services.results import read_rate
from voice.web.access import TEAM_ROLES, open_to
from voice.web.attachments import attach_noted
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, keeps


@blueprint.get("/consultations/<slug>/cross-table")
@open_to(*TEAM_ROLES)
def cross_table(slug: str) -> ResponseReturnValue:
    """Choose two questions and read one by the other."""
    consultation = get_consultation(slug)
    asked = cross_tables.closed_questions(consultation)
    rows, by = _chosen()
    return render_template(
        "officers/cross_table.html",
        consultation=consultation,
        choices=[(each.code, each.plain_text) for each in asked],
        rows=rows or (asked[0].code if asked else ""),
        by=by or (asked[-1].code if asked else ""),
        table=_read(consultation) if rows and by and rows != by else None,
        is_same=bool(rows) and rows == by,
        rate=rate_words(read_rate(current_session(), consultation)),
        rounding=ROUNDING,
        demonstration=consultation.demonstration or None,
    )


@blueprint.get("/consultations/<slug>/cross-table.csv")
@open_to(*TEAM_ROLES)
@keeps
def download_cross_table(slug: str) -> ResponseReturnValue:
    """Give the table as a file, a cell a row; every two questions where none are named."""
    consultation = get_consultation(slug)
    tables = [_read(consultation)] if any(_chosen()) else None
    held = packs.cross_tables_file(current_session(), consultation, tables)
    return attach_noted(consultation, "cross-table", "csv", held)


def _chosen() -> tuple[str, str]:
    return request.args.get("rows", ""), request.args.get("by", "")


def _read(consultation: Consultation) -> CrossTable:
    return cross_tables.cross_questions(current_session(), consultation, *_chosen())
