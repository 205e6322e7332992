"""Those who are asked by name: the list, what is known of each, and reminders to send."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, StringField

from voice.errors import ConsultationClosedError, WrongDateError
from voice.models import Consultation
from voice.reports.figures import Figure
from voice.services import invitees, reminders
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm, draw_form
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.officers.letters import write_letter
from voice.web.session import current_session, now, settings, signed_in_officer

CHANGES = {
    "replied": ("Has replied another way, such as by e-mail", invitees.Standing.REPLIED),
    "declined": ("Does not want to reply", invitees.Standing.DECLINED),
    "waiting": ("Has not replied after all", invitees.Standing.WAITED_FOR),
    "gone": ("Take them off the list", None),
}
NOBODY = "Write or paste at least one name"
BAD_LINE = f"Line {{}} has no name, or is longer than {invitees.MAX_NAME_CHARS} characters"
TOO_MANY = f"A list can hold {invitees.MAX_INVITEES} people"
CLOSED = "Nobody can reply now: the consultation is not open. Change its dates first"
BAD_DATE = (
    "Line {} has a date that is wrong, or two. Write one day for a review, like 27/6/2026, or a "
    "day with a time, like 27/6/2026 9:30. Nobody was put on the list yet"
)
NO_CHANGE = "Choose somebody, and what happened"


class PeopleForm(PressForm):
    """Names, a line each, and whether replies stand under them."""

    people = StringField()
    named = BooleanField()


@blueprint.get("/consultations/<slug>/invitees")
@open_to(*EDITOR_ROLES)
def list_invitees(slug: str) -> ResponseReturnValue:
    """Show everybody who was asked by name, what is known of each, and the reminders made."""
    return _draw(get_consultation(slug))


@blueprint.post("/consultations/<slug>/invitees")
@open_to(*EDITOR_ROLES)
def add_invitees(slug: str) -> ResponseReturnValue:
    """Put pasted names on the list, all or none; what is wrong comes back as it was typed."""
    consultation, form = get_consultation(slug), PeopleForm()
    if not form.validate_on_submit():
        return _draw(consultation, form, error=("people", EXPIRED))
    try:
        people = invitees.read_people(form.people.data or "")
    except ValueError as refused:
        return _draw(consultation, form, error=("people", _words_of(refused)))
    session, officer = current_session(), signed_in_officer()
    if not invitees.list_invitees(session, consultation):
        invitees.ask_by_name(session, consultation, named=form.named.data)
    try:
        invitees.add_people(
            session, consultation, officer, people, secret=settings().secret_key, now=now()
        )
    except ValueError:
        return _draw(consultation, form, error=("people", TOO_MANY))
    return redirect(url_for(".list_invitees", slug=slug, notice="added"), code=303)


def _words_of(refused: ValueError) -> str:
    line = refused.args[0]
    if isinstance(refused, WrongDateError):
        return BAD_DATE.format(line)
    return BAD_LINE.format(line) if line else NOBODY


@blueprint.post("/consultations/<slug>/invitees/reminders")
@open_to(*EDITOR_ROLES)
def make_reminders(slug: str) -> ResponseReturnValue:
    """Make a reminder for each who has not replied; they are sent by an officer, not from here."""
    consultation, form = get_consultation(slug), PressForm()
    if not form.validate_on_submit():
        return _draw(consultation, error=("remind", EXPIRED))
    officer, key = signed_in_officer(), form.press_key
    try:
        invitees.make_reminders(
            current_session(),
            consultation,
            officer,
            press_key=key,
            now=now(),
            but_by_mail=reminders.sends_mail(settings()),
        )
    except ConsultationClosedError:
        return _draw(consultation, error=("remind", CLOSED))
    return redirect(url_for(".list_invitees", slug=slug, notice="reminded"), code=303)


@blueprint.post("/consultations/<slug>/invitees/change")
@open_to(*EDITOR_ROLES)
def change_invitee(slug: str) -> ResponseReturnValue:
    """Write down what somebody told the council another way, or take them off the list."""
    consultation = get_consultation(slug)
    if not PressForm().validate_on_submit():
        return _draw(consultation, error=("invitee", EXPIRED))
    session, chosen = current_session(), request.form.get("invitee", "")
    found = {str(each.id): each for each in invitees.list_invitees(session, consultation)}
    change = CHANGES.get(request.form.get("change", ""))
    if change is None or chosen not in found:
        return _draw(consultation, error=("invitee", NO_CHANGE))
    invitees.change_standing(session, found[chosen], signed_in_officer(), change[1], now=now())
    return redirect(url_for(".list_invitees", slug=slug, notice="changed"), code=303)


def _draw(
    consultation: Consultation,
    form: PeopleForm | None = None,
    *,
    error: tuple[str, str] | None = None,
) -> ResponseReturnValue:
    session = current_session()
    listed = invitees.list_invitees(session, consultation)
    by_mail = reminders.sends_mail(settings())
    standings = {each.id: invitees.standing_of(each) for each in listed}
    replied = list(standings.values()).count(invitees.Standing.REPLIED)
    return draw_form(
        "officers/invitees.html",
        error,
        consultation=consultation,
        listed=listed,
        standings=standings,
        references=invitees.references_by_invitee(session, consultation),
        replied=Figure("", replied, len(listed)),
        waited_for=[each for each in listed if each.is_waited_for],
        by_hand=invitees.list_by_hand(listed, but_by_mail=by_mail),
        by_mail=by_mail,
        batches=invitees.list_batches(listed),
        mailed=reminders.list_batches(session, listed),
        returns=[
            (each.day, each.came, Figure("", each.so_far, each.asked).words)
            for each in invitees.returns_by_day(listed)
        ],
        example=write_letter(consultation, "[their name]", "[their own link]"),
        changes=[(key, words) for key, (words, _) in CHANGES.items()],
        form=form or PeopleForm(formdata=None),
        typed=request.form if error else {},
        is_open=consultation.is_open(now()),
        demonstration=consultation.demonstration or None,
    )
