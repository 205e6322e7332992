"""Try a draft as somebody who answers would meet it: no answer given here is ever stored."""

from flask import request
from flask.typing import ResponseReturnValue

from surveys.pages import page_with
from surveys.trying import (
    Stand,
    Trial,
    answer,
    on_phone,
    pages_on_phone,
    say,
    show,
    step_back,
)
from surveys.turns import State
from voice.models import Draft
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.draft_trial import carried_state, sent_event
from voice.web.officers.draft_trial_opening import begin_anew, opens_draft
from voice.web.officers.draft_trial_page import draw_trial
from voice.web.officers.draft_trial_phone import read_phone


@blueprint.get("/drafts/<uuid:draft_id>/try")
@open_to(*EDITOR_ROLES)
@opens_draft
def try_draft(draft: Draft, stand: Stand) -> ResponseReturnValue:
    """Begin: the first question on the phone, and the first words of the chat."""
    return draw_trial(draft, stand, begin_anew(stand))


@blueprint.post("/drafts/<uuid:draft_id>/try")
@open_to(*EDITOR_ROLES)
@opens_draft
def go_on_trying(draft: Draft, stand: Stand) -> ResponseReturnValue:
    """Take what was done on the phone, which goes to the next page and nowhere else."""
    state = carried_state(draft, stand)
    asked = request.form.get("asked", "")
    page = page_with(pages_on_phone(stand.asked(state), state), asked)
    read, sent = read_phone(page, stand.survey.audience)
    if not PressForm().validate_on_submit():
        return draw_trial(draft, stand, show(stand, state), sent=sent, errors=[("", EXPIRED)])
    if "back" in request.form:
        return draw_trial(draft, stand, step_back(stand, state, asked if page else ""))
    if "anew" in request.form or not page:
        return draw_trial(draft, stand, begin_anew(stand))
    if read.errors:
        return draw_trial(draft, stand, show(stand, state), sent=sent, errors=read.errors)
    return draw_trial(draft, stand, answer(stand, state, read.answers))


@blueprint.post("/drafts/<uuid:draft_id>/try/chat")
@open_to(*EDITOR_ROLES)
@opens_draft
def say_in_trial(draft: Draft, stand: Stand) -> ResponseReturnValue:
    """Take a tap or words in the chat, which goes to the next page and nowhere else."""
    state = carried_state(draft, stand)
    if not PressForm().validate_on_submit():
        return draw_trial(draft, stand, show(stand, state), errors=[("", EXPIRED)])
    return draw_trial(draft, stand, _said(stand, state))


def _said(stand: Stand, state: State) -> Trial:
    if "anew" in request.form:
        return begin_anew(stand)
    return say(stand, state, sent_event(on_phone(stand.asked(state), state)))
