"""Try a draft as somebody who answers would meet it: no answer given here is ever stored."""

from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from surveys.trying import Stand, Trial, answer, begin, on_phone, say, show, step_back
from surveys.turns import State
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.draft_found import get_draft
from voice.web.officers.draft_trial import carried_state, chosen, sent_event, stand_of
from voice.web.officers.draft_trial_page import draw_nothing, draw_trial
from voice.web.officers.draft_trial_phone import read_phone
from voice.web.public.asked import Sent, read_form


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
    question = stand.asked(state).question(request.form.get("asked", ""))
    sent = read_form(question, request.form) if question is not None else Sent(())
    if not PressForm().validate_on_submit():
        return draw_trial(draft, stand, show(stand, state), sent=sent, error=EXPIRED)
    if "back" in request.form:
        return draw_trial(draft, stand, step_back(stand, state, question.code if question else ""))
    if "anew" in request.form or question is None:
        return draw_trial(draft, stand, begin(stand, chosen()))
    given, error = read_phone(question, sent, stand.survey.audience)
    if given is None:
        return draw_trial(draft, stand, show(stand, state), sent=sent, error=error)
    return draw_trial(draft, stand, answer(stand, state, given))


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
        return draw_trial(draft, stand, show(stand, state), error=EXPIRED)
    return draw_trial(draft, stand, _said(stand, state))


def _said(stand: Stand, state: State) -> Trial:
    if "anew" in request.form:
        return begin(stand, chosen())
    return say(stand, state, sent_event(on_phone(stand.asked(state), state)))
