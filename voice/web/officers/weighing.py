"""Weigh what people said: each theme considered, the other responses read, then the decision."""

from uuid import UUID

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField, TextAreaField

from voice.errors import PlanRefusedError, StageRefusedError
from voice.models import Consultation
from voice.services import audit, considering, raw_responses, themes
from voice.services.considering import Deciding
from voice.web.access import EDITOR_ROLES, PUBLISHER_ROLES, open_to
from voice.web.forms import BARE_PERCENTAGE, EXPIRED, UNRATED_PERCENTAGE, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.officers.moment_fields import NOT_A_DAY, read_day, typed_day
from voice.web.session import current_session, keeps, now, signed_in_officer

PAGE_RESPONSES = 50
_REFUSALS = {
    "open": "This can be done once it has closed and everybody has been heard",
    "archived": "It is in the archive, so nothing can change",
    "not signed off": "Sign the theme off before you say how it was considered",
    "not weighed": "Consider every theme and read every other response before a decision is "
    "recorded. “Where it stands” shows what remains",
    "words missing": "Write this in a few sentences",
    "words long": f"Write up to {considering.MAX_DECISION_CHARS:,} characters",
    "words bare": BARE_PERCENTAGE,
    "decided_by bare": BARE_PERCENTAGE,
    "words unrated": UNRATED_PERCENTAGE,
    "decided_by unrated": UNRATED_PERCENTAGE,
    "decided_by missing": "Say who decided, such as Cabinet",
    "decided_by long": f"Write up to {considering.MAX_BODY_CHARS} characters",
    "decided_on future": "A decision can be recorded once it is made",
    "decided_on early": "It was decided before the consultation closed. That cannot be recorded "
    "here: people had not been heard. Speak to your legal team",
}
LIST_EXPIRED = (
    "This page was open for a long time, so nothing was marked. Open the list again and press the "
    "button again"
)
Errors = dict[str, str]


class WordsForm(PressForm):
    """How a theme was considered."""

    words = TextAreaField()


class DecisionForm(WordsForm):
    """What was decided and by whom; the day is read beside it."""

    decided_by = StringField()


@blueprint.get("/consultations/<slug>/considerations")
@open_to(*EDITOR_ROLES)
def weigh_themes(slug: str) -> ResponseReturnValue:
    """Show every theme with how it was considered, and a form for those that were not."""
    return _draw_themes(get_consultation(slug), {})


@blueprint.post("/themes/<uuid:theme_id>/consideration")
@open_to(*EDITOR_ROLES)
def record_consideration(theme_id: UUID) -> ResponseReturnValue:
    """Keep how a theme was considered."""
    session, officer, form = current_session(), signed_in_officer(), WordsForm()
    theme, consultation = themes.get_theme(session, officer, theme_id)
    if not form.validate_on_submit():
        return _draw_themes(consultation, {str(theme_id): EXPIRED}, typed=form.words.data)
    try:
        considering.record_consideration(
            session, theme, officer, form.words.data or "", press_key=form.press_key, now=now()
        )
    except (PlanRefusedError, StageRefusedError) as refused:
        wrong = {str(theme_id): _REFUSALS[str(refused)]}
        return _draw_themes(consultation, wrong, typed=form.words.data)
    return redirect(
        url_for(".weigh_themes", slug=consultation.slug, _anchor=str(theme_id)), code=303
    )


@blueprint.get("/consultations/<slug>/unread")
@open_to(*EDITOR_ROLES)
@keeps
def read_the_rest(slug: str) -> ResponseReturnValue:
    """Show the responses that no theme reaches; that they were looked at is written down."""
    return _draw_rest(get_consultation(slug))


@blueprint.post("/consultations/<slug>/unread")
@open_to(*EDITOR_ROLES)
def mark_read(slug: str) -> ResponseReturnValue:
    """Keep that the officer has read the responses that were on the page."""
    consultation = get_consultation(slug)
    if not PressForm().validate_on_submit():
        return _draw_rest(consultation, error=LIST_EXPIRED)
    shown = {one for one in map(_read_id, request.form.getlist("response")) if one is not None}
    officer = signed_in_officer()
    try:
        considering.mark_read(current_session(), consultation, officer, shown, now=now())
    except StageRefusedError as refused:
        return _draw_rest(consultation, error=_REFUSALS[str(refused)])
    return redirect(url_for(".read_the_rest", slug=slug, notice="read"), code=303)


@blueprint.get("/consultations/<slug>/decision")
@open_to(*EDITOR_ROLES, *PUBLISHER_ROLES)
def show_decision(slug: str) -> ResponseReturnValue:
    """Show what was decided, with a form to record a decision."""
    return _draw_decision(get_consultation(slug), DecisionForm(formdata=None), {})


@blueprint.post("/consultations/<slug>/decision")
@open_to(*PUBLISHER_ROLES)
def record_decision(slug: str) -> ResponseReturnValue:
    """Keep and publish what was decided."""
    consultation, form = get_consultation(slug), DecisionForm()
    day = typed_day(request.form, "decided_on")
    decided_on = read_day(day)
    if not form.validate_on_submit():
        return _draw_decision(consultation, form, day, wrong={"": EXPIRED})
    if decided_on is None:
        return _draw_decision(consultation, form, day, wrong={"decided_on": NOT_A_DAY})
    body = form.decided_by.data or ""
    made = Deciding(form.words.data or "", decided_on, body, form.press_key)
    officer = signed_in_officer()
    try:
        considering.record_decision(current_session(), consultation, officer, made, now=now())
    except PlanRefusedError as refused:
        wrong = {str(refused).partition(" ")[0]: _REFUSALS[str(refused)]}
        return _draw_decision(consultation, form, day, wrong=wrong)
    except StageRefusedError as refused:
        return _draw_decision(consultation, form, day, wrong={"": _REFUSALS[str(refused)]})
    return redirect(url_for(".where_it_stands", slug=slug, notice="decided"), code=303)


def _read_id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _draw_themes(
    consultation: Consultation, wrong: Errors, *, typed: str | None = None
) -> ResponseReturnValue:
    asked = {each.code: each.text for each in themes.free_text_questions(consultation)}
    page = render_template(
        "officers/weighing.html",
        consultation=consultation,
        weighed=considering.weighed_themes(current_session(), consultation),
        asked=asked,
        wrong=wrong,
        typed=typed,
        errors=[(f"words-{key}", words) for key, words in wrong.items()],
        limit=considering.MAX_CONSIDERATION_CHARS,
        form=WordsForm,
        is_closed=consultation.closes_at < now(),
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, 422 if wrong else 200)


def _draw_rest(consultation: Consultation, *, error: str = "") -> ResponseReturnValue:
    """Draw the list, and write down that it was read; with an error, nobody's words are shown."""
    session = current_session()
    waiting = considering.unread_responses(session, consultation)
    if not error:
        audit.record(session, signed_in_officer(), "responses read", consultation.id, now=now())
    page = render_template(
        "officers/unread.html",
        consultation=consultation,
        waiting=len(waiting),
        shown=raw_responses.read_some(session, [] if error else waiting[:PAGE_RESPONSES]),
        errors=[("", error)] if error else [],
        form=PressForm(formdata=None),
        is_closed=consultation.closes_at < now(),
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, 422 if error else 200)


def _draw_decision(
    consultation: Consultation,
    form: DecisionForm,
    day: dict[str, str],
    *,
    wrong: Errors | None = None,
) -> ResponseReturnValue:
    errors = wrong or {}
    session = current_session()
    page = render_template(
        "officers/decision.html",
        consultation=consultation,
        decisions=considering.list_decisions(session, consultation),
        rest=considering.remaining(session, consultation),
        form=form,
        day=day,
        wrong=errors,
        errors=list(errors.items()),
        limit=considering.MAX_DECISION_CHARS,
        is_closed=consultation.closes_at < now(),
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, 422 if errors else 200)
