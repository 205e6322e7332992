"""A question as a phone and a chat show it, side by side, to be looked at beside its form."""

from dataclasses import replace
from typing import Any

from surveys.engine import Survey
from surveys.fitting import worded_for_screen
from surveys.how_far import progress_at
from surveys.piping import filled
from surveys.prompts import COMMAND_OF, ask
from surveys.turns import Message, Stage, State
from voice.web.public.asked import draw_question

_NOBODY = State(session="preview", stage=Stage.ASKING)


def preview_of(survey: Survey | None, code: str) -> dict[str, Any] | None:
    """Return a question as both panels draw it, to somebody without answers; None without it."""
    question = survey.question(code) if survey is not None else None
    if survey is None or question is None:
        return None
    question = worded_for_screen(question)
    message = ask(survey, replace(_NOBODY, asking=code), question)
    return {
        "asked": draw_question(filled(question, survey, {}), None),
        "question": question,
        "progress": progress_at(survey, {}, code),
        "audience": survey.audience.value,
        "text": message.text,
        "choices": _buttons(message, quiet=False),
        "quiet": _buttons(message, quiet=True),
    }


def _buttons(message: Message, *, quiet: bool) -> list[str]:
    """Return the words of the buttons that answer, or of those that stand back behind them."""
    return [
        button.label
        for row in message.rows
        for button in row
        if (button.token.rpartition(".")[2] in COMMAND_OF) is quiet
    ]
