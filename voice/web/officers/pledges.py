"""Pledges of one consultation: write one down, see which are due, say what became of each."""

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from voice.models import Consultation, PledgeStatus
from voice.services import pledges
from voice.web.access import EDITOR_ROLES, TEAM_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm, draw_form
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.officers.moment_fields import NOT_A_DAY, read_day, typed_day
from voice.web.session import current_session, now, signed_in_officer

STATUSES = {
    PledgeStatus.DELIVERED: "Delivered",
    PledgeStatus.NOT_DELIVERED: "Not delivered",
    PledgeStatus.UNKNOWN: "Not known yet",
}
REFUSALS = {
    "words": f"Write what was promised, in up to {pledges.MAX_WORDS_CHARS:,} characters",
    "reach": "Write an e-mail address, like name@example.org, or leave it out",
    "owner": f"Write who promised it, in up to {pledges.MAX_OWNER_CHARS} characters",
}
NO_STATUS = "Choose a pledge, and what became of it"


class PledgeForm(PressForm):
    """A pledge and who made it; its day is in three fields of its own."""

    words = StringField()
    owner = StringField()
    reach = StringField()


@blueprint.get("/consultations/<slug>/pledges")
@open_to(*TEAM_ROLES)
def list_pledges(slug: str) -> ResponseReturnValue:
    """Show what was promised, what is due, and how many were delivered."""
    return _draw(get_consultation(slug))


@blueprint.post("/consultations/<slug>/pledges")
@open_to(*EDITOR_ROLES)
def make_pledge(slug: str) -> ResponseReturnValue:
    """Write a pledge down; what is wrong with it comes back as it was typed."""
    consultation, form = get_consultation(slug), PledgeForm()
    if not form.validate_on_submit():
        return _draw(consultation, form, error=("words", EXPIRED))
    day = read_day(typed_day(request.form, "follow_up"))
    if day is None:
        return _draw(consultation, form, error=("follow_up", NOT_A_DAY))
    new = pledges.NewPledge(
        form.words.data or "", form.owner.data or "", day, form.reach.data or ""
    )
    session, officer, key = current_session(), signed_in_officer(), form.press_key
    try:
        pledges.make_pledge(session, consultation, officer, new, press_key=key, now=now())
    except ValueError as refused:
        field = str(refused)
        return _draw(consultation, form, error=(field, REFUSALS[field]))
    return redirect(url_for(".list_pledges", slug=slug, notice="made"), code=303)


@blueprint.post("/consultations/<slug>/pledges/status")
@open_to(*EDITOR_ROLES)
def settle_pledge(slug: str) -> ResponseReturnValue:
    """Write down what became of a pledge."""
    consultation = get_consultation(slug)
    if not PressForm().validate_on_submit():
        return _draw(consultation, error=("pledge", EXPIRED))
    session, officer = current_session(), signed_in_officer()
    known = {str(each.id) for each in pledges.list_pledges(session, consultation)}
    chosen, status = request.form.get("pledge", ""), request.form.get("status", "")
    if chosen not in known or status not in {each.value for each in STATUSES}:
        return _draw(consultation, error=("pledge", NO_STATUS))
    became = PledgeStatus(status)
    pledges.settle(session, consultation, officer, UUID(chosen), status=became, now=now())
    return redirect(url_for(".list_pledges", slug=slug, notice="settled"), code=303)


def _draw(
    consultation: Consultation,
    form: PledgeForm | None = None,
    *,
    error: tuple[str, str] | None = None,
) -> ResponseReturnValue:
    listed = pledges.list_pledges(current_session(), consultation)
    counts = pledges.count_by_status(listed)
    return draw_form(
        "officers/pledges.html",
        error,
        consultation=consultation,
        listed=listed,
        due=[each for each in listed if pledges.is_due(each, now=now())],
        counts=[(words, counts[status]) for status, words in STATUSES.items()],
        statuses=STATUSES,
        choices=[
            ("", "Choose"),
            *((each.id, f"{each.owner}: {each.words[:80]}") for each in listed),
        ],
        form=form or PledgeForm(formdata=None),
        day=typed_day(request.form, "follow_up") if form else {},
        typed=request.form if error else {},
        demonstration=consultation.demonstration or None,
    )
