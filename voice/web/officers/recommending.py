"""Write down what a committee recommends after a consultation, with what it rests on."""

from uuid import UUID

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.models import Consultation, ThemeStatus
from voice.services import recommendations, themes
from voice.services.recommendations import NewRecommendation
from voice.web.access import EDITOR_ROLES, TEAM_ROLES, open_to
from voice.web.forms import EXPIRED
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.officers.moment_fields import NOT_A_DAY, read_day, typed_day
from voice.web.officers.recommendation_forms import REFUSALS, RecommendationForm
from voice.web.session import current_session, now, signed_in_officer

DAYS = ("agreed", "due")


@blueprint.get("/consultations/<slug>/recommendations")
@open_to(*TEAM_ROLES)
def recommend(slug: str) -> ResponseReturnValue:
    """Show what was recommended, the findings without an action, and a form for one more."""
    return _draw(get_consultation(slug))


@blueprint.post("/consultations/<slug>/recommendations")
@open_to(*EDITOR_ROLES)
def make_recommendation(slug: str) -> ResponseReturnValue:
    """Write one down; what is wrong with it comes back as it was typed."""
    consultation, form = get_consultation(slug), RecommendationForm()
    if not form.validate_on_submit():
        return _draw(consultation, form, error=("words", EXPIRED))
    agreed, due = (read_day(typed_day(request.form, name)) for name in DAYS)
    if agreed is None or due is None:
        return _draw(consultation, form, error=("due" if agreed else "agreed", NOT_A_DAY))
    ticked = set(request.form.getlist("theme"))
    new = NewRecommendation(
        words=form.words.data or "",
        lead_member=form.lead_member.data or "",
        lead_officer=form.lead_officer.data or "",
        due_on=due,
        measure=form.measure.data or "",
        response=form.response.data or "",
        agreed_on=agreed,
        reach=form.reach.data or "",
        theme_ids=tuple(UUID(key) for key, _ in _themes(consultation) if key in ticked),
        references=tuple((form.references.data or "").replace(",", " ").split()),
    )
    session, officer, key = current_session(), signed_in_officer(), form.press_key
    try:
        made = recommendations.make_recommendation(
            session, consultation, officer, new, press_key=key, now=now()
        )
    except ValueError as refused:
        return _draw(consultation, form, error=(str(refused), REFUSALS[str(refused)]))
    address = url_for(".show_recommendation", recommendation_id=made.id, notice="made")
    return redirect(address, code=303)


def _themes(consultation: Consultation) -> list[tuple[str, str]]:
    """Return the themes that were signed off, by their ids and names."""
    return [
        (str(each.id), each.label)
        for question in themes.free_text_questions(consultation)
        for each in themes.themes_of(current_session(), consultation, question.code)
        if each.status is ThemeStatus.SIGNED_OFF and each.merged_into_id is None
    ]


def _draw(
    consultation: Consultation,
    form: RecommendationForm | None = None,
    *,
    error: tuple[str, str] | None = None,
) -> ResponseReturnValue:
    session = current_session()
    page = render_template(
        "officers/recommend.html",
        consultation=consultation,
        listed=recommendations.list_of_consultation(session, consultation),
        without_action=recommendations.themes_without_action(session, consultation),
        form=form or RecommendationForm(formdata=None),
        themes=_themes(consultation),
        ticked=request.form.getlist("theme") if form else [],
        days={name: typed_day(request.form, name) if form else {} for name in DAYS},
        errors=[error] if error else [],
        wrong=dict([error]) if error else {},
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, 422 if error else 200)
