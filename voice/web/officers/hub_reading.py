"""Reading across surveys: themes by service, a theme through the years, surveys as one."""

from collections.abc import Sequence

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from voice.models import Consultation
from voice.reports.trend_chart import draw_trend
from voice.services import merging
from voice.services.comparisons import Comparison
from voice.services.hub_asking import Scope
from voice.services.hub_themes import read_matrix, read_theme_trend
from voice.web.access import TEAM_ROLES, open_to
from voice.web.officers.blueprint import blueprint
from voice.web.officers.comparing import CHOOSE_TWO, KEPT_APART, MOST_COMPARED, TOO_MANY
from voice.web.session import current_session, signed_in_officer


@blueprint.get("/hub/matrix")
@open_to(*TEAM_ROLES)
def show_matrix() -> ResponseReturnValue:
    """Show the themes by service, with the gaps and what is said in several places."""
    scope = _scope()
    matrix = read_matrix(current_session(), scope)
    return render_template(
        "officers/hub_matrix.html", matrix=matrix, demonstration=_demonstration(scope)
    )


@blueprint.get("/hub/trend")
@open_to(*TEAM_ROLES)
def show_theme_trend() -> ResponseReturnValue:
    """Show one theme through the surveys and waves that asked the same, as a chart and a table."""
    scope, name = _scope(), request.args.get("theme", "")
    names = sorted({each.label for each in scope.signed_off.values()}, key=str.casefold)
    name = next((each for each in names if each.casefold() == name.casefold()), "")
    points = read_theme_trend(current_session(), scope, name) if name else ()
    chart = [(each.label, each.figure, each.is_alike) for each in points]
    return render_template(
        "officers/hub_trend.html",
        names=names,
        name=name,
        points=points,
        chart=Markup(draw_trend(name, chart)) if points else "",  # noqa: S704 - drawn escaped
        demonstration=_demonstration(scope),
    )


@blueprint.get("/hub/merge")
@open_to(*TEAM_ROLES)
def merge_surveys() -> ResponseReturnValue:
    """Choose surveys and a question that they share; read it as one, with each number kept."""
    session, named = current_session(), request.args.getlist("with")
    every = _scope()
    chosen = [each for each in reversed(every.every) if each.slug in named]
    scope = Scope(session, signed_in_officer(), among=named)
    error = _error(named, chosen, scope)
    comparison = Comparison(session, chosen) if len(chosen) > 1 and not error else None
    questions = merging.shared_questions(comparison) if comparison else []
    code = request.args.get("question", "")
    merged = None
    if comparison and code in dict(questions):
        merged = merging.merge_question(session, scope, comparison, code)
    page = render_template(
        "officers/hub_merge.html",
        listed=[(each.slug, f"{each.title} ({each.slug})") for each in every.every],
        chosen=[each.slug for each in chosen],
        questions=questions,
        merged=merged,
        is_chosen=comparison is not None,
        errors=[("with", error)] if error else [],
        demonstration=_demonstration(every),
    )
    return make_response(page, 422 if error else 200)


def _error(named: list[str], chosen: Sequence[Consultation], scope: Scope) -> str | None:
    if len(chosen) > MOST_COMPARED:
        return TOO_MANY
    if scope.apart:
        return KEPT_APART
    return CHOOSE_TWO if named and len(chosen) < 2 else None


def _scope() -> Scope:
    return Scope(current_session(), signed_in_officer())


def _demonstration(scope: Scope) -> str | None:
    return next((each.demonstration for each in scope.every if each.demonstration), None)
