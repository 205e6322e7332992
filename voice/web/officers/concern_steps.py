"""What is done about a concern besides deciding: who takes it, and whether the LADO is told."""

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from voice.models import Concern, Role
from voice.services import concern_record
from voice.services import concerns as queue
from voice.web.access import open_to
from voice.web.forms import PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.session import current_session, now, signed_in_officer


@blueprint.post("/concerns/<uuid:concern_id>/assign")
@open_to(Role.SAFEGUARDING)
def assign_concern(concern_id: UUID) -> ResponseReturnValue:
    """Give the concern to one of those who may read it; a choice of nobody changes nothing."""
    found = queue.get(current_session(), concern_id)
    taker = request.form.get("taker", "")
    if PressForm().validate_on_submit() and taker:
        concern_record.assign(current_session(), found, signed_in_officer(), taker, now=now())
    return _back(found)


@blueprint.post("/concerns/<uuid:concern_id>/about-staff")
@open_to(Role.SAFEGUARDING)
def mark_about_staff(concern_id: UUID) -> ResponseReturnValue:
    """Say whether it is an allegation against somebody who works with children."""
    found = queue.get(current_session(), concern_id)
    if PressForm().validate_on_submit():
        concern_record.mark_about_staff(
            current_session(),
            found,
            signed_in_officer(),
            is_about_staff=request.form.get("about") == "staff",
            now=now(),
        )
    return _back(found)


def _back(found: Concern) -> ResponseReturnValue:
    return redirect(url_for(".concern", concern_id=found.id), code=303)
