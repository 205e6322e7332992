"""The page of a walk through a draft: a phone and a chat at the same place, both to be pressed."""

from collections.abc import Mapping
from typing import Any

from flask import Response as Reply
from flask import make_response, render_template
from markupsafe import Markup

from surveys.media import MediaQuestion
from surveys.talking import said_so_far
from surveys.trying import Stand, Trial, on_phone, page_on_phone
from voice.models import Draft
from voice.web.forms import PressForm
from voice.web.officers.draft_setting import chosen_names, who_to_choose
from voice.web.officers.draft_trial import carried
from voice.web.officers.draft_trial_phone import Errors, draw_phone
from voice.web.officers.draft_walk import all_ways, walked_so_far
from voice.web.public.asked import Sent

# Buttons that are there on every turn stand back behind those that answer.
_STANDING_BACK = (".-skip", ".-back", ".-stop", ".-help")


def draw_trial(
    draft: Draft,
    stand: Stand,
    trial: Trial,
    *,
    sent: Mapping[str, Sent] | None = None,
    errors: Errors = (),
) -> Reply:
    """Draw both halves; `sent` and `errors` are what the phone was given and what is wrong."""
    survey = stand.asked(trial.state)
    question = None if trial.is_over else on_phone(survey, trial.state)
    phone = draw_phone(stand, trial, sent or {}, errors)
    page = render_template(
        "officers/draft_try.html",
        draft=draft,
        survey=survey,
        phone=Markup(phone),  # noqa: S704 - drawn by a template of ours
        shown=[{"name": e.code, "text": e.text} for e in page_on_phone(survey, trial.state)],
        chat=_draw_chat(stand, trial),
        pretend=question.called if isinstance(question, MediaQuestion) else "",
        carried=carried(draft, trial.state),
        chosen=chosen_names(),
        walked=walked_so_far(survey, dict(trial.state.answers)),
        ways=all_ways(survey) | who_to_choose(stand.survey),
        form=PressForm(formdata=None),
        errors=errors,
    )
    return make_response(page, 422 if errors else 200)


def _draw_chat(stand: Stand, trial: Trial) -> dict[str, Any]:
    """Return the chat as components/draft_chat.html draws it."""
    last = trial.messages[-1] if trial.messages and not trial.is_over else None
    buttons = [(b.token, b.label) for row in last.rows for b in row] if last is not None else []
    return {
        "history": said_so_far(stand.asked(trial.state), trial.state),
        "messages": trial.messages,
        "choices": [each for each in buttons if not each[0].endswith(_STANDING_BACK)],
        "quiet": [each for each in buttons if each[0].endswith(_STANDING_BACK)],
        "done": trial.done,
        "is_over": trial.is_over,
        "language": stand.asked(trial.state).language,
    }
