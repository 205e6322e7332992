"""Three months after a course: plan whom to ask, replace a manager, see who did not return it."""

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField, TextAreaField

from voice.models import Consultation, FollowUp, Invitee
from voice.reports.figures import Figure
from voice.services import courses, follow_ups, invitees, teams
from voice.services.invitees import Person, Standing
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm, draw_form
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.officers.moment_fields import NOT_A_DAY, read_day, typed_day
from voice.web.session import current_session, now, settings, signed_in_officer

REFUSALS = {
    "people": "Write or paste those who came",
    "size": "Write a number from 1 to how many came",
    "asked": "Choose what they are asked",
    "name": f"Write the new manager’s name, in up to {follow_ups.MAX_CELL_CHARS} characters",
    "replied": "The manager before has replied already",
    "delegate": "Choose whose manager it is",
    "held": NOT_A_DAY,
    "course": f"Write what it is called in up to {courses.MAX_COURSE_CHARS} characters",
}
_SAID_AT = {"replied": "delegate", "asked": "delegates_asked"}
MAX_SIZE_DIGITS = 6
BAD_LINE = "Line {} must be: name, e-mail, manager’s name, manager’s e-mail"


STANDINGS = {
    Standing.REPLIED: "Replied",
    Standing.DECLINED: "Declined",
    Standing.WAITED_FOR: "Not replied",
}


class FollowUpForm(PressForm):
    """A course and what it is called, those who came, and how many of them to ask."""

    course = StringField()
    people = TextAreaField()
    size = StringField()
    name = StringField()
    reach = StringField()


@blueprint.route("/consultations/<slug>/three-months-later", methods=["GET", "POST"])
@open_to(*EDITOR_ROLES)
def list_follow_ups(slug: str) -> ResponseReturnValue:
    """Show each follow-up with its returns; plan one more, or replace a line manager."""
    consultation, form = get_consultation(slug), FollowUpForm()
    if not form.is_submitted():
        return _draw(consultation, FollowUpForm(formdata=None))
    if not form.validate_on_submit():
        return _draw(consultation, form, error=("people", EXPIRED))
    is_replacing = request.form.get("change") == "replace"
    try:
        if is_replacing:
            _replace_superior(consultation, form)
        else:
            _plan(consultation, form)
    except ValueError as refused:
        fault = refused.args[0]
        if isinstance(fault, int):
            words = BAD_LINE.format(fault) if fault else REFUSALS["people"]
            return _draw(consultation, form, error=("people", words))
        return _draw(consultation, form, error=(_SAID_AT.get(fault, fault), REFUSALS[fault]))
    notice = "replaced" if is_replacing else "planned"
    return redirect(url_for(".list_follow_ups", slug=slug, notice=notice), code=303)


def _plan(consultation: Consultation, form: FollowUpForm) -> None:
    held_on = read_day(typed_day(request.form, "held"))
    if held_on is None:
        raise ValueError("held")
    size = (form.size.data or "").strip()
    attended = follow_ups.read_attended(form.people.data or "")
    open_to_us = {each.slug: each for each in _choices()}
    delegates = open_to_us.get(request.form.get("delegates_asked", ""))
    managers = open_to_us.get(request.form.get("managers_asked", ""))
    if delegates is None or managers is None:
        raise ValueError("asked")
    if not size.isdecimal() or len(size) > MAX_SIZE_DIGITS:
        raise ValueError("size")
    course = _read_course(consultation, form)
    new = follow_ups.NewFollowUp(held_on, int(size), delegates, managers, attended, course)
    session, officer = current_session(), signed_in_officer()
    follow_ups.plan(session, consultation, officer, new, press_key=form.press_key, now=now())


def _read_course(consultation: Consultation, form: FollowUpForm) -> str:
    try:
        return courses.read_label(current_session(), consultation, form.course.data or "")
    except ValueError as refused:
        raise ValueError("course") from refused


def _replace_superior(consultation: Consultation, form: FollowUpForm) -> None:
    listed = follow_ups.list_follow_ups(current_session(), consultation)
    known = {str(each.id): each.id for one in listed for each in one.delegates}
    chosen: UUID | None = known.get(request.form.get("delegate", ""))
    if chosen is None:
        raise ValueError("delegate")
    found = follow_ups.get_delegate(current_session(), consultation, chosen)
    manager = Person(form.name.data or "", form.reach.data or "")
    officer = signed_in_officer()
    follow_ups.replace_superior(current_session(), settings(), found, officer, manager, now=now())


def _choices() -> list[Consultation]:
    """Return the consultations of the team that were launched."""
    listed = teams.list_consultations(current_session(), signed_in_officer())
    return [each for each in listed if each.launched_at is not None]


def _draw(
    consultation: Consultation, form: FollowUpForm, *, error: tuple[str, str] | None = None
) -> ResponseReturnValue:
    listed = follow_ups.list_follow_ups(current_session(), consultation)
    return draw_form(
        "officers/follow_ups.html",
        error,
        consultation=consultation,
        listed=[_card(each) for each in listed],
        people=[
            (each.id, f"{each.name}: {each.manager_name or 'no manager known'}")
            for one in listed
            for each in one.delegates
            if one.drawn_at is None or each.invitee is not None
        ],
        choices=[("", "Choose"), *((each.slug, each.title) for each in _choices())],
        form=form,
        day=typed_day(request.form, "held") if error else {},
        typed=request.form if error else {},
        demonstration=consultation.demonstration or None,
    )


def _card(follow_up: FollowUp) -> dict[str, object]:
    """Return a follow-up as the page says it, with who did not return it."""
    counted = (
        ("Delegates", follow_ups.count_delegates(follow_up)),
        ("Line managers", follow_ups.count_superiors(follow_up)),
    )
    return {
        "follow_up": follow_up,
        "returns": [
            (who, each.asked, Figure("", each.missing, each.asked).words) for who, each in counted
        ],
        "drawn": [
            (
                each.place,
                each.name,
                _standing(each.invitee),
                each.manager_name or "Not known",
                _standing(each.manager_invitee),
            )
            for each in follow_up.delegates
            if each.invitee is not None
        ],
        "replaced": sum(each.managers_before for each in follow_up.delegates),
        "came": len(follow_up.delegates),
    }


def _standing(invitee: Invitee | None) -> str:
    if invitee is None:
        return "Not asked"
    return STANDINGS[invitees.standing_of(invitee)]
