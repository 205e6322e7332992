"""A walk through a draft, carried by its page alone: signed, so that only our own comes back."""

from typing import Any

from flask import request
from itsdangerous import BadSignature, URLSafeSerializer

from surveys.media import TYPES, MediaQuestion, Stored
from surveys.trying import Stand, show
from surveys.turns import Event, Media, State, Tap, Text
from voice.models import Channel, Draft
from voice.services import drafts
from voice.services.chat_scenes import scene_for
from voice.web.officers.draft_setting import chosen
from voice.web.officers.draft_walk import Answers, carry, read_carried
from voice.web.session import settings

PRETENDED = "0" * 31 + "1"  # the id of a file that nobody sent


def stand_of(draft: Draft) -> Stand | None:
    """Return the draft with what its chat would know; None while no question is finished."""
    survey = drafts.check_draft(draft).reading.survey
    if survey is None:
        return None
    return Stand(survey, scene_for(settings(), Channel.WEB_CHAT, None), chosen())


def carried(draft: Draft, state: State) -> dict[str, str]:
    """Return the fields by which a page carries the walk to the next one."""
    return {
        "so-far": carry(dict(state.answers)),
        "walk": _signer(draft).dumps(state.to_json()),
    }


def carried_state(draft: Draft, stand: Stand) -> State:
    """Return where the page before was; where it carried nothing of ours, a state that asks on.

    A draft that was changed meanwhile is asked on as it is now, with the answers that still fit.
    """
    answers: Answers = read_carried(stand.survey, request.form.get("so-far", "[]"))
    try:
        stored: dict[str, Any] = _signer(draft).loads(request.form.get("walk", ""))
    except BadSignature:
        usual = chosen()
        new = State("try", answers=answers, variant=usual.variant, language=usual.language)
        return show(stand, new).state
    return State.from_json(stored, answers)


def sent_event(question: object) -> Event:
    """Return what was done in the chat: a button, the pretence of a file, or words."""
    if "pretend" in request.form and isinstance(question, MediaQuestion):
        stored = Stored(PRETENDED, TYPES[question.kind][0], size_bytes=1)
        return Media(question.kind, stored)
    token = request.form.get("tap", "")
    return Tap(token) if token else Text(request.form.get("words", ""))


def _signer(draft: Draft) -> URLSafeSerializer:
    return URLSafeSerializer(settings().secret_key, salt=f"walk {draft.id} {draft.edition}")
