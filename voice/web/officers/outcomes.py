"""What was published, and the themes that still wait for an answer."""

from uuid import UUID

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from voice.services import answer_board, outcomes, telling
from voice.web.access import PUBLISHER_ROLES, TEAM_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.theme_forms import KINDS
from voice.web.session import current_session, now, signed_in_officer

SOME_MADE_UP = "Some of these answer demonstration data, which comes from nobody who exists."


@blueprint.get("/outcomes")
@open_to(*TEAM_ROLES)
def list_outcomes() -> ResponseReturnValue:
    """Show the team's outcomes, and the themes that have none."""
    return _draw()


@blueprint.post("/outcomes/<uuid:outcome_id>/withdraw")
@open_to(*PUBLISHER_ROLES)
def withdraw_outcome(outcome_id: UUID) -> ResponseReturnValue:
    """Take an outcome back from the public page."""
    officer = signed_in_officer()
    outcome = outcomes.get_outcome(current_session(), officer, outcome_id)
    if not PressForm().validate_on_submit():
        return _draw(error=EXPIRED, status=422)
    outcomes.withdraw(current_session(), outcome, officer, now=now())
    return redirect(url_for(".list_outcomes", notice="withdrawn"), code=303)


def _draw(*, error: str | None = None, status: int = 200) -> ResponseReturnValue:
    session = current_session()
    officer = signed_in_officer()
    published = outcomes.list_for_team(session, officer)
    board = answer_board.read_board(session, officer, now=now())
    asked = [each.consultation for each in published]
    asked += (each.consultation for each in board.waiting)
    page = render_template(
        "officers/outcomes.html",
        published=published,
        board=board,
        heard=telling.count_heard(session, published),
        demonstration=SOME_MADE_UP if any(each.demonstration for each in asked) else None,
        kinds=KINDS,
        answers=telling.ANSWERS,
        form=PressForm(formdata=None),
        errors=[("", error)] if error else [],
    )
    return make_response(page, status)
