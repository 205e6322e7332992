"""Answers kept together by a code: who used one here, and one person's forms side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from flask import render_template
from flask.typing import ResponseReturnValue

from voice.clock import in_london
from voice.services import joined
from voice.services.lined_up import Lined, Together
from voice.services.measures import Change
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation, page_number
from voice.web.session import current_session, keeps, now, signed_in_officer


@blueprint.get("/consultations/<slug>/joined")
@open_to(*EDITOR_ROLES)
@keeps
def list_joined(slug: str) -> ResponseReturnValue:
    """List fifty of those who used a code here; that somebody looked goes into the audit trail."""
    consultation = get_consultation(slug)
    page = joined.list_people(
        current_session(), consultation, signed_in_officer(), number=page_number(), now=now()
    )
    return render_template(
        "officers/joined.html",
        consultation=consultation,
        page=page,
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
    plain = [each for each in together.lined if not each.rows]
    return render_template(
        "officers/joined_person.html",
        consultation=consultation,
        reference=person,
        together=together,
        lined=_table(together, plain) if plain else None,
        rated=[(each.text, _rated(together, each)) for each in together.lined if each.rows],
        warnings=[(each.text, each.warning) for each in together.lined if each.warning],
        demonstration=consultation.demonstration or None,
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """The forms that ask any of it as columns, and a row for each thing asked or rated."""

    head: list[str]
    rows: list[list[str]]
    marks: list[Change | None] = field(default_factory=list)


def _table(together: Together, lined: Sequence[Lined]) -> _Table:
    places = sorted(frozenset[int]().union(*(each.places for each in lined)))
    rows = [[_asked(each), *(each.cells[place] for place in places)] for each in lined]
    return _Table(["Question", *_headings(together, places)], rows)


def _rated(together: Together, grid: Lined) -> _Table:
    places = sorted(grid.places)
    rows = [
        [each.label, *(each.cells[place] for place in places), _points(each.change)]
        for each in grid.rows
    ]
    head = ["Rated", *_headings(together, places), "Change"]
    return _Table(head, rows, [each.change for each in grid.rows])


def _headings(together: Together, places: Sequence[int]) -> Iterator[str]:
    for place in places:
        form, day = together.forms[place], in_london(together.forms[place].sent_at)
        yield f"{form.title}, {day.day} {day:%B %Y}"


def _asked(row: Lined) -> str:
    return f"{row.text} (asked in other words before)" if row.warning else row.text


def _points(change: Change | None) -> str:
    """Return a change as it is printed, such as "+2"; nothing where it was scored once."""
    if change is None:
        return ""
    return f"{change.points:+d}" if change.points else "0"
