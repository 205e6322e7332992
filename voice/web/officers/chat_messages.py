"""Messages in the chat, for those who said that we may write: planned, called off, counted."""

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from voice.models import Consultation, TimerKind
from voice.services import chat_schedules, invitees
from voice.services.chat_schedules import MOST_DAYS, MOST_WEEKS, Plan
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm, draw_form
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.officers.moment_fields import read_day, typed_day
from voice.web.officers.planned_fields import asked_later, day_refused, last_day
from voice.web.officers.planned_messages import card, clock_in_words, samples_of_all
from voice.web.session import current_session, now, signed_in_officer

KINDS = (
    (TimerKind.FIXED_DATE, "On a fixed date", "once, on that day"),
    (
        TimerKind.DAYS_BEFORE,
        "Some days before",
        "before the person’s own review, if the list of names has its day; else before the close",
    ),
    (
        TimerKind.WINDOW,
        "When a window opens, and a week before it shuts",
        "such as the five weeks before a review or the close; nothing once it has shut",
    ),
    (
        TimerKind.CLOCK,
        "Within 72 hours",
        "a day before they are over, counted from the moment in the list of names",
    ),
    (
        TimerKind.THREE_MONTHS_ON,
        "Three months after their own answer",
        "asks those who have finished something else, such as the same again",
    ),
)
REFUSALS = {
    "kind": "Choose when to write",
    "number": f"Write a number of days from 1 to {MOST_DAYS}, or of weeks from 2 to {MOST_WEEKS}",
    "next": "Choose what they are asked then, another survey that is open in three months",
}
MAX_DIGITS = 3


@blueprint.route("/consultations/<slug>/chat-messages", methods=["GET", "POST"])
@open_to(*EDITOR_ROLES)
def chat_messages(slug: str) -> ResponseReturnValue:
    """Show what is planned and what came of it, in counts; plan one more, or call one off."""
    consultation, form = get_consultation(slug), PressForm()
    if not form.is_submitted():
        return _draw(consultation)
    if not form.validate_on_submit():
        return _draw(consultation, error=("kind", EXPIRED))
    if "off" in request.form:
        _call_off(consultation, request.form["off"])
        return redirect(url_for(".chat_messages", slug=slug, notice="off"), code=303)
    session, officer = current_session(), signed_in_officer()
    try:
        new, key = _read_plan(consultation), form.press_key
        chat_schedules.plan(session, officer, new, press_key=key, now=now())
    except ValueError as refused:
        return _draw(consultation, error=_refusal(consultation, refused.args[0]))
    return redirect(url_for(".chat_messages", slug=slug, notice="planned"), code=303)


def _read_plan(consultation: Consultation) -> Plan:
    chosen = request.form.get("kind", "")
    kind = next((kind for kind, _, _ in KINDS if kind.value == chosen), None)
    if kind is None:
        raise ValueError("kind")
    typed = request.form.get("number", "").strip()
    is_number = typed.isdecimal() and len(typed) <= MAX_DIGITS
    named = {each.slug: each for each in asked_later(consultation)[0]}
    return Plan(
        consultation,
        kind,
        day=read_day(typed_day(request.form, "day")),
        number=int(typed) if is_number else 0,
        working="working" in request.form,
        next=named.get(request.form.get("next", "")),
    )


def _call_off(consultation: Consultation, chosen: str) -> None:
    session, officer = current_session(), signed_in_officer()
    known = {str(each.schedule.id) for each in chat_schedules.list_plans(session, consultation)}
    if chosen in known:
        chat_schedules.call_off(session, consultation, officer, UUID(chosen), now=now())


def _refusal(consultation: Consultation, field: str) -> tuple[str, str]:
    """Return the field that cannot stand, with what is wrong with it."""
    if field != "day":
        return field, REFUSALS[field]
    typed = typed_day(request.form, "day")
    return field, day_refused(typed, at=now(), closes_at=consultation.closes_at)


def _draw(
    consultation: Consultation, *, error: tuple[str, str] | None = None
) -> ResponseReturnValue:
    session = current_session()
    listed = invitees.list_invitees(session, consultation)
    later, not_later = asked_later(consultation)
    return draw_form(
        "officers/chat_messages.html",
        error,
        consultation=consultation,
        plans=[card(each) for each in chat_schedules.list_plans(session, consultation)],
        samples=samples_of_all(consultation, [(kind, words) for kind, words, _ in KINDS]),
        clocks=[clock_in_words(each) for each in chat_schedules.list_clocks(listed, now=now())],
        kinds=[(kind.value, words, hint) for kind, words, hint in KINDS],
        choices=[("", "Choose"), *((one.slug, one.title) for one in later)],
        not_later=[one.title for one in not_later],
        last_day=last_day(consultation),
        form=PressForm(formdata=None),
        day=typed_day(request.form, "day") if error else {},
        typed=request.form if error else {},
        demonstration=consultation.demonstration or None,
    )
