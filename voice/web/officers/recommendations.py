"""Recommendations: the list, one with its updates and ratings, and what a committee is handed."""

from uuid import UUID

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.models import Recommendation, Role
from voice.services import monitoring, recommendations
from voice.services.recommendations import COLOURS, MONTHS, PROGRESS, RATINGS, NewRating, NewUpdate
from voice.web.access import EDITOR_ROLES, TEAM_ROLES, open_to
from voice.web.forms import EXPIRED
from voice.web.officers.blueprint import blueprint
from voice.web.officers.recommendation_forms import REFUSALS, PeriodForm, RatingForm, UpdateForm
from voice.web.session import current_session, now, signed_in_officer

READERS = (*TEAM_ROLES, Role.COMMITTEE)
TAG_COLOURS = {"blue": None, "green": "green", "amber": "orange", "red": "red"}


@blueprint.get("/recommendations")
@open_to(*READERS)
def list_recommendations() -> ResponseReturnValue:
    """Show every recommendation, its rating, and which updates are due."""
    listed = recommendations.list_recommendations(current_session(), signed_in_officer())
    return render_template(
        "officers/recommendations.html",
        listed=[_line(each) for each in listed],
        outstanding=sum(recommendations.rating_now(each) not in _DONE for each in listed),
        demonstration=None,
    )


_DONE = {next(iter(RATINGS))}


def _line(each: Recommendation) -> dict[str, object]:
    rating = recommendations.rating_now(each)
    due = [months for months in MONTHS if recommendations.is_update_due(each, months, now=now())]
    return {
        "row": each,
        "rating": RATINGS[rating] if rating else monitoring.NOT_RATED,
        "name": COLOURS[rating].capitalize() if rating else "",
        "colour": TAG_COLOURS[COLOURS[rating]] if rating else "grey",
        "due": due,
    }


@blueprint.get("/recommendations/<uuid:recommendation_id>")
@open_to(*READERS)
def show_recommendation(recommendation_id: UUID) -> ResponseReturnValue:
    """Show one with what it rests on, its updates and ratings."""
    return _draw(recommendation_id)


@blueprint.post("/recommendations/<uuid:recommendation_id>/update")
@open_to(*EDITOR_ROLES)
def update_recommendation(recommendation_id: UUID) -> ResponseReturnValue:
    """Write what came of it after 6 or 12 months; what is wrong comes back as it was typed."""
    form = UpdateForm()
    if not form.validate_on_submit():
        return _draw(recommendation_id, form, error=("words", EXPIRED))
    progress = form.given_progress
    if progress is None:
        return _draw(recommendation_id, form, error=("progress", REFUSALS["progress"]))
    new = NewUpdate(form.given_months, form.words.data or "", form.impact.data or "", progress)
    found = _get(recommendation_id)
    try:
        recommendations.write_update(
            current_session(), found, signed_in_officer(), new, press_key=form.press_key, now=now()
        )
    except ValueError as refused:
        return _draw(recommendation_id, form, error=(str(refused), REFUSALS[str(refused)]))
    return _back(recommendation_id, "updated")


@blueprint.post("/recommendations/<uuid:recommendation_id>/rating")
@open_to(Role.COMMITTEE)
def rate_recommendation(recommendation_id: UUID) -> ResponseReturnValue:
    """Rate it, for the committee. No officer can open this."""
    form = RatingForm()
    if not form.validate_on_submit():
        return _draw(recommendation_id, form, error=("rating", EXPIRED))
    rating, months = form.given_rating, form.given_months
    if rating is None or not months:
        field = "months" if rating else "rating"
        return _draw(recommendation_id, form, error=(field, REFUSALS[field]))
    recommendations.rate(
        current_session(), _get(recommendation_id), signed_in_officer(),
        NewRating(months, rating), press_key=form.press_key, now=now(),
    )  # fmt: skip
    return _back(recommendation_id, "rated")


def _get(recommendation_id: UUID) -> Recommendation:
    return recommendations.get_recommendation(
        current_session(), signed_in_officer(), recommendation_id
    )


def _back(recommendation_id: UUID, notice: str) -> ResponseReturnValue:
    address = url_for(".show_recommendation", recommendation_id=recommendation_id, notice=notice)
    return redirect(address, code=303)


def _draw(
    recommendation_id: UUID,
    form: PeriodForm | None = None,
    *,
    error: tuple[str, str] | None = None,
) -> ResponseReturnValue:
    found = _get(recommendation_id)
    page = render_template(
        "officers/recommendation.html",
        found=found,
        behind=monitoring.themes_behind(current_session(), found),
        responses=sum(each.response_id is not None for each in found.evidence),
        months=MONTHS,
        progress=PROGRESS,
        ratings=RATINGS,
        colours=COLOURS,
        tag_colours=TAG_COLOURS,
        due={months: recommendations.update_due(found, months) for months in MONTHS},
        form=form or PeriodForm(formdata=None),
        typed=request.form if error else {},
        errors=[error] if error else [],
        wrong=dict([error]) if error else {},
        demonstration=found.consultation.demonstration or None,
    )
    return make_response(page, 422 if error else 200)
