"""Consultations side by side, and one question through the years."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from surveys.questions import OneOf
from voice.clock import in_london
from voice.models import Consultation
from voice.services import teams, trends, walls
from voice.services.comparisons import Comparison
from voice.services.consultations import current_survey
from voice.web.access import EDITOR_ROLES, TEAM_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, now, signed_in_officer

MOST_COMPARED = 12
WHOLE = 100
TOO_MANY = f"Choose {MOST_COMPARED} consultations at most"
CHOOSE_TWO = "Choose two consultations or more"
KEPT_APART = (
    "What victims say and what young people in restorative justice say is kept apart. Open one of "
    "them and choose “Two sides”"
)
NO_SHARE = "Enter a target from 1 to 100, like 60"
NO_ANSWERS = "Choose at least one answer that counts"


@blueprint.get("/compare")
@open_to(*TEAM_ROLES)
def compare() -> ResponseReturnValue:
    """Choose consultations and read the questions they share, the earliest first."""
    listed = teams.list_consultations(current_session(), signed_in_officer())
    named = request.args.getlist("with")
    chosen = [each for each in reversed(listed) if each.slug in named]
    error = _error(named, chosen)
    shown = Comparison(current_session(), chosen) if len(chosen) > 1 and not error else None
    page = render_template(
        "officers/compare.html",
        listed=[(each.slug, each.title, _when(each)) for each in listed],
        chosen=[each.slug for each in chosen],
        comparison=shown,
        grouped=_grouped(shown) if shown else None,
        choices=_choices(chosen[-1]) if shown else [],
        errors=[("with", error)] if error else [],
        demonstration=next((each.demonstration for each in chosen if each.demonstration), None),
    )
    return make_response(page, 422 if error else 200)


def _error(named: list[str], chosen: list[Consultation]) -> str | None:
    if len(chosen) > MOST_COMPARED:
        return TOO_MANY
    if walls.are_kept_apart(chosen):
        return KEPT_APART
    return CHOOSE_TWO if named and len(chosen) == 1 else None


def _when(consultation: Consultation) -> str:
    verb = "Closed" if consultation.closes_at < now() else "Closes"
    return f"{verb} {in_london(consultation.closes_at):%B %Y}, {consultation.slug}"


def _choices(leading: Consultation) -> list[tuple[str, str]]:
    """Return the questions with options, for the choice of one and of groups."""
    questions = current_survey(leading).questions
    return [(each.code, each.text) for each in questions if isinstance(each, OneOf)]


def _grouped(comparison: Comparison) -> dict[str, object] | None:
    """Return one answer by group, as the address asks for it: its words and its lines."""
    code, option, group = (request.args.get(each, "") for each in ("question", "answer", "by"))
    survey = current_survey(comparison.sources[-1].consultation)
    question, by = survey.question(code), survey.question(group)
    if not isinstance(question, OneOf) or not isinstance(by, OneOf):
        return None
    answer = question.option(option) or question.options[0]
    return {
        "question": question,
        "answer": answer,
        "answers": [(each.code, each.label) for each in question.options],
        "by": by,
        "lines": comparison.by_group(code, answer.code, group),
    }


@blueprint.get("/consultations/<slug>/trend/<choice>")
@open_to(*TEAM_ROLES)
def trend(slug: str, choice: str) -> ResponseReturnValue:
    """Show one question through this consultation and those before it, with the targets."""
    return _draw_trend(get_consultation(slug), choice, PressForm(formdata=None))


@blueprint.post("/consultations/<slug>/trend/<choice>")
@open_to(*EDITOR_ROLES)
def set_target(slug: str, choice: str) -> ResponseReturnValue:
    """Set what share of which answers this consultation is to reach."""
    consultation = get_consultation(slug)
    read = trends.read_trend(current_session(), consultation, choice)
    form, errors = PressForm(), {}
    chosen = [each for each in request.form.getlist("counts") if read.question.option(each)]
    percent = request.form.get("percent", "").strip().removesuffix("%").strip()
    if not form.validate_on_submit():
        errors[""] = EXPIRED
    if not chosen:
        errors["counts"] = NO_ANSWERS
    if not (percent.isascii() and percent.isdigit() and 0 < int(percent) <= WHOLE):
        errors["percent"] = NO_SHARE
    if errors:
        return _draw_trend(consultation, choice, form, errors=errors)
    aim = trends.Aim(read.question, chosen, int(percent))
    trends.set_target(current_session(), consultation, signed_in_officer(), aim, now=now())
    return redirect(url_for(".trend", slug=slug, choice=choice, notice="target"), code=303)


def _draw_trend(
    consultation: Consultation, code: str, form: PressForm, *, errors: dict[str, str] | None = None
) -> ResponseReturnValue:
    wrong = errors or {}
    read = trends.read_trend(current_session(), consultation, code)
    sent = request.form if wrong else None
    page = render_template(
        "officers/trend.html",
        consultation=consultation,
        trend=read,
        form=form,
        may_change=signed_in_officer().may_read_answers,
        counts=sent.getlist("counts") if sent is not None else read.options,
        percent=sent.get("percent", "") if sent is not None else read.points[-1].target or "",
        wrong=wrong,
        errors=list(wrong.items()),
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, 422 if wrong else 200)
