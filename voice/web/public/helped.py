"""What a worker writes beside an answer in somebody's own words, read and kept apart from it."""

from dataclasses import replace

from flask import request
from werkzeug.wrappers import Response as Reply

from voice.models import Response
from voice.services import assisting
from voice.services.assisting import Helped
from voice.web.forms import EXPIRED, PressForm
from voice.web.public.asked import Sent, read_sent
from voice.web.public.drawing import draw
from voice.web.public.found import Asked
from voice.web.public.keeping import keep
from voice.web.session import current_session, now

REFUSALS = {
    assisting.NOTHING: "Write their own words, or say below why there are none",
    assisting.BOTH: "There are words of theirs above. Choose “There are”, or take the words out",
    assisting.NO_REASON: "Write the reason why you did not ask",
    assisting.TOO_LONG: f"Your own note can have up to {assisting.MAX_NOTE_CHARS:,} characters",
}


def answer_with_help(asked: Asked, response: Response, sent: Sent, form: PressForm) -> Reply:
    """Keep the person's own words and the worker's note apart, or say what is missing (B7)."""
    code = asked.question.code
    helped = Helped(
        request.form.get(f"{code}-hearing", ""),
        request.form.get(f"{code}-reason", ""),
        request.form.get(f"{code}-note", ""),
    )
    asked = replace(asked, helped=helped)
    given, error = read_sent(asked.question, sent, asked.survey.audience)
    if not form.validate_on_submit():
        return draw(asked, {code: sent}, form, expired=EXPIRED)
    refusal = assisting.refusal_of(given.text, helped) if given is not None else None
    error = REFUSALS[refusal] if refusal is not None else error
    if given is None or error is not None:
        return draw(asked, {code: sent}, form, errors=[(code, error or "")])
    raised = []
    if response.submitted_at is None:
        raised = assisting.keep_note(current_session(), response, code, helped, now=now())
    return keep(response, (given,), is_worried=bool(raised))
