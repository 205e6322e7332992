"""Open the trial of a draft: what of it can be tried, or that nothing can yet."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from flask import Response as Reply
from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from surveys.trying import Stand, Trial, begin
from voice.models import Draft
from voice.web.officers.draft_found import get_draft
from voice.web.officers.draft_setting import chosen
from voice.web.officers.draft_trial import stand_of

Tried = Callable[[Draft, Stand], ResponseReturnValue]


def opens_draft(view: Tried) -> Callable[[UUID], ResponseReturnValue]:
    """Give a view the draft at its address and what of it can be tried; nothing yet says so."""

    @wraps(view)
    def opened(draft_id: UUID) -> ResponseReturnValue:
        draft = get_draft(draft_id)
        stand = stand_of(draft)
        return _draw_nothing(draft) if stand is None else view(draft, stand)

    return opened


def begin_anew(stand: Stand) -> Trial:
    """Return the first question on the phone, and the first words of the chat."""
    return begin(stand, chosen())


def _draw_nothing(draft: Draft) -> Reply:
    """Say that no question is finished yet."""
    return make_response(render_template("officers/draft_try.html", draft=draft, survey=None))
