"""Coding: responses read as cases, with what was ticked as their labels."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from voice.reports.coding import TOP
from voice.services import coding as sheets
from voice.services.coding import Columns
from voice.services.consultations import current_survey
from voice.web.access import TEAM_ROLES, open_to
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session


@blueprint.get("/consultations/<slug>/coding")
@open_to(*TEAM_ROLES)
def coding(slug: str) -> ResponseReturnValue:
    """Show how often each label was given, on which base, which together, and in which group."""
    consultation = get_consultation(slug)
    survey = current_survey(consultation)
    one_answer = sheets.one_answer_questions(survey)
    columns = Columns(*(request.args.get(name, "") for name in ("labels", "primary", "by")))
    shown = sheets.read_sheet(current_session(), consultation, columns) if columns.labels else None
    return render_template(
        "officers/coding.html",
        consultation=consultation,
        columns=columns,
        label_questions=[(each.code, each.text) for each in sheets.label_questions(survey)],
        others=[("", "None"), *((each.code, each.text) for each in one_answer)],
        sheet=shown,
        top=TOP,
        demonstration=consultation.demonstration or None,
    )
