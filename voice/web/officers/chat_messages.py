"""Messages in the chat, for those who said that we may write: planned, called off, counted."""

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from voice.models import Consultation, TimerKind
from voice.services import chat_schedules, invitees, teams
from voice.services.chat_schedules import MOST_DAYS, MOST_WEEKS, Clock, Plan
from voice.services.invitees import Standing
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm, draw_form
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.officers.moment_fields import read_day, typed_day
from voice.web.officers.planned_messages import card, samples_of_all
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
STANDINGS = {Standing.REPLIED: "Replied", Standing.DECLINED: "Declined"}
REFUSALS = {
    "kind": "Choose when to write",
    "day": "Write a day after today and before the close, like 27 3 2026",
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
        return _draw(consultation, error=(refused.args[0], REFUSALS[refused.args[0]]))
    return redirect(url_for(".chat_messages", slug=slug, notice="planned"), code=303)


def _read_plan(consultation: Consultation) -> Plan:
    chosen = request.form.get("kind", "")
    kind = next((kind for kind, _, _ in KINDS if kind.value == chosen), None)
    if kind is None:
        raise ValueError("kind")
    typed = request.form.get("number", "").strip()
    is_number = typed.isdecimal() and len(typed) <= MAX_DIGITS
    named = {each.slug: each for each in _choices(consultation)}
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


def _choices(consultation: Consultation) -> list[Consultation]:
    """Return what may be asked three months later: what the team has launched, but not this."""
    listed = teams.list_consultations(current_session(), signed_in_officer())
    return [each for each in listed if each.launched_at and each.id != consultation.id]


def _draw(
    consultation: Consultation, *, error: tuple[str, str] | None = None
) -> ResponseReturnValue:
    session = current_session()
    listed = invitees.list_invitees(session, consultation)
    return draw_form(
        "officers/chat_messages.html",
        error,
        consultation=consultation,
        plans=[card(each) for each in chat_schedules.list_plans(session, consultation)],
        samples=samples_of_all(consultation, [(kind, words) for kind, words, _ in KINDS]),
        clocks=[_clock(each) for each in chat_schedules.list_clocks(listed, now=now())],
        kinds=[(kind.value, words, hint) for kind, words, hint in KINDS],
        choices=[("", "Choose"), *((one.slug, one.title) for one in _choices(consultation))],
        form=PressForm(formdata=None),
        day=typed_day(request.form, "day") if error else {},
        typed=request.form if error else {},
        demonstration=consultation.demonstration or None,
    )


def _clock(clock: Clock) -> tuple[str, object, str, bool]:
    """Return who it is, by when, how it stands, and whether that is a breach."""
    is_late = bool(clock.is_late)
    standing = STANDINGS.get(clock.standing, "Not replied")
    return clock.invitee.name, clock.due_by, f"{standing}, late" if is_late else standing, is_late
