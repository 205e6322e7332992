"""Write down that a child was heard before a conference on paper, by phone or by a worker."""

from datetime import date
from uuid import UUID

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.models import Conference, Consultation, HeardBy
from voice.services import conferences, heard_otherwise, sealing
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.conferences import WAYS
from voice.web.officers.found import get_consultation
from voice.web.officers.moment_fields import read_day, typed_day
from voice.web.session import current_session, now, settings, signed_in_officer

HOW, ON = "how", "heard-on"
NO_WAY = "Choose how they were heard"
NO_DAY = (
    "Enter the day on which they were heard, like 27 3 2026. It must be one of those that count"
)
Errors = dict[str, str]


@blueprint.route(
    "/consultations/<slug>/conferences/<uuid:conference_id>/heard", methods=["GET", "POST"]
)
@open_to(*EDITOR_ROLES)
def hear_otherwise(slug: str, conference_id: UUID) -> ResponseReturnValue:
    """Ask how and on what day, and keep both; never what they said."""
    consultation, form = get_consultation(slug), PressForm()
    conference = conferences.get(current_session(), consultation, conference_id)
    if not form.is_submitted():
        return _draw(consultation, conference)
    if not form.validate_on_submit():
        return _draw(consultation, conference, errors={HOW: EXPIRED})
    way = next((each for each in heard_otherwise.WAYS if each == request.form.get(HOW)), None)
    day = read_day(typed_day(request.form, ON))
    if way is None or day is None:
        return _draw(consultation, conference, errors=_missing(has_way=way is not None))
    try:
        _note(consultation, conference_id, (way, day))
    except ValueError:
        return _draw(consultation, conference, errors={ON: NO_DAY})
    return redirect(url_for(".list_conferences", slug=slug, notice="heard"), code=303)


def _note(consultation: Consultation, conference_id: UUID, heard: tuple[HeardBy, date]) -> None:
    heard_otherwise.note(
        current_session(),
        consultation,
        signed_in_officer(),
        conference_id,
        heard=heard,
        now=now(),
    )


def _missing(*, has_way: bool) -> Errors:
    return ({} if has_way else {HOW: NO_WAY}) | (
        {} if read_day(typed_day(request.form, ON)) is not None else {ON: NO_DAY}
    )


def _draw(
    consultation: Consultation, conference: Conference, *, errors: Errors | None = None
) -> ResponseReturnValue:
    wrong = errors or {}
    first, last = heard_otherwise.days_that_count(conference, now=now())
    secret = settings().secret_key
    page = render_template(
        "officers/heard_otherwise.html",
        consultation=consultation,
        reference=sealing.unseal(secret, conference.child_sealed) or "unknown",
        conference=conference,
        ways=[(way.value, WAYS[way].capitalize()) for way in heard_otherwise.WAYS],
        how=request.form.get(HOW),
        day=typed_day(request.form, ON),
        first=first,
        last=last,
        form=PressForm(formdata=None),
        errors=list(wrong.items()),
        wrong=wrong,
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, 422 if wrong else 200)
