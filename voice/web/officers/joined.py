"""Answers kept together by a code: who used one here, and one person's forms side by side."""

from flask import render_template
from flask.typing import ResponseReturnValue

from voice.clock import in_london
from voice.services import joined
from voice.services.lined_up import Form, Lined, Rated
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, keeps, now, signed_in_officer


@blueprint.get("/consultations/<slug>/joined")
@open_to(*EDITOR_ROLES)
@keeps
def list_joined(slug: str) -> ResponseReturnValue:
    """List who used a code here; that somebody looked goes into the audit trail."""
    consultation = get_consultation(slug)
    people = joined.list_people(current_session(), consultation, signed_in_officer(), now=now())
    return render_template(
        "officers/joined.html",
        consultation=consultation,
        people=people,
        demonstration=consultation.demonstration or None,
    )


@blueprint.get("/consultations/<slug>/joined/<person>")
@open_to(*EDITOR_ROLES)
@keeps
def show_joined(slug: str, person: str) -> ResponseReturnValue:
    """Show the forms of one person, known by a reference; that somebody looked is written down."""
    consultation = get_consultation(slug)
    together = joined.read_person(
        current_session(), consultation, signed_in_officer(), person, now=now()
    )
    return render_template(
        "officers/joined_person.html",
        consultation=consultation,
        reference=person,
        together=together,
        head=["Question", *(_heading(each) for each in together.forms)],
        rows=[_row(each) for each in together.lined if not each.rows],
        warnings=[(each.text, each.warning) for each in together.lined if each.warning],
        rated=[(each.text, _rated(each)) for each in together.lined if each.rows],
        demonstration=consultation.demonstration or None,
    )


def _heading(form: Form) -> str:
    day = in_london(form.sent_at)
    return f"{form.title}, {day.day} {day:%B %Y}"


def _row(row: Lined) -> list[str]:
    text = f"{row.text} (asked in other words before)" if row.warning else row.text
    return [text, *row.cells]


def _rated(row: Lined) -> list[tuple[Rated, str]]:
    """Return each row of a grid with its change as it is printed, such as "+2"."""
    return [(each, "" if each.change is None else f"{each.change.points:+d}") for each in row.rows]
