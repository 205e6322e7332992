"""Try a draft as somebody who answers would meet it: no answer given here is ever stored."""

from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from surveys.pages import page_with
from surveys.trying import (
    Stand,
    Trial,
    answer,
    begin,
    on_phone,
    pages_on_phone,
    say,
    show,
    step_back,
)
from surveys.turns import State
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.draft_found import get_draft
from voice.web.officers.draft_setting import chosen
from voice.web.officers.draft_trial import carried_state, sent_event, stand_of
from voice.web.officers.draft_trial_page import draw_nothing, draw_trial
from voice.web.officers.draft_trial_phone import read_phone


@blueprint.get("/drafts/<uuid:draft_id>/try")
@open_to(*EDITOR_ROLES)
def try_draft(draft_id: UUID) -> ResponseReturnValue:
    """Begin: the first question on the phone, and the first words of the chat."""
    draft = get_draft(draft_id)
    stand = stand_of(draft)
    if stand is None:
        return draw_nothing(draft)
    return draw_trial(draft, stand, begin(stand, chosen()))


@blueprint.post("/drafts/<uuid:draft_id>/try")
@open_to(*EDITOR_ROLES)
def go_on_trying(draft_id: UUID) -> ResponseReturnValue:
    """Take what was done on the phone, which goes to the next page and nowhere else."""
    draft = get_draft(draft_id)
    stand = stand_of(draft)
    if stand is None:
        return draw_nothing(draft)
    state = carried_state(draft, stand)
    asked = request.form.get("asked", "")
    page = page_with(pages_on_phone(stand.asked(state), state), asked)
    read, sent = read_phone(page, stand.survey.audience)
    if not PressForm().validate_on_submit():
        return draw_trial(draft, stand, show(stand, state), sent=sent, errors=[("", EXPIRED)])
    if "back" in request.form:
        return draw_trial(draft, stand, step_back(stand, state, asked if page else ""))
    if "anew" in request.form or not page:
        return draw_trial(draft, stand, begin(stand, chosen()))
    if read.errors:
        return draw_trial(draft, stand, show(stand, state), sent=sent, errors=read.errors)
    return draw_trial(draft, stand, answer(stand, state, read.answers))


@blueprint.post("/drafts/<uuid:draft_id>/try/chat")
@open_to(*EDITOR_ROLES)
def say_in_trial(draft_id: UUID) -> ResponseReturnValue:
    """Take a tap or words in the chat, which goes to the next page and nowhere else."""
    draft = get_draft(draft_id)
    stand = stand_of(draft)
    if stand is None:
        return draw_nothing(draft)
    state = carried_state(draft, stand)
    if not PressForm().validate_on_submit():
        return draw_trial(draft, stand, show(stand, state), errors=[("", EXPIRED)])
    return draw_trial(draft, stand, _said(stand, state))


def _said(stand: Stand, state: State) -> Trial:
    if "anew" in request.form:
        return begin(stand, chosen())
    return say(stand, state, sent_event(on_phone(stand.asked(state), state)))
