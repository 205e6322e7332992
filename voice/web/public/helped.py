"""What a worker writes beside an answer in somebody's own words, read and kept apart from it."""

from dataclasses import replace

from flask import request
from werkzeug.wrappers import Response as Reply

from voice.models import Response
from voice.services import assisting
from voice.services.assisting import Helped
from voice.web.forms import EXPIRED, AnyForm, Press
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
# Where each is said: in the worker's own field, or at the words of the person they help.
REFUSED_AT = {assisting.NO_REASON: "-reason", assisting.TOO_LONG: "-note"}
SILENCE = "why-nothing"  # no question's code has a hyphen
NO_ANSWERS = "Nothing is answered. Put in their own answers above, or say why there are none"
LOST = (
    "This browser has lost its place, so nothing of this page was saved. Copy the words, choose "
    "“Help somebody to answer” on the start page again, and put them in there"
)


def explain_silence(response: Response) -> tuple[list[tuple[str, str]], bool]:
    """Keep what a worker says at the check of why nothing is answered (B7).

    Returns what is wrong with it, by the field; and whether their words raised a concern.
    """
    helped = typed_at(SILENCE)
    refusal = assisting.refusal_of("", helped)
    if refusal is not None:
        said = NO_ANSWERS if refusal == assisting.NOTHING else REFUSALS[refusal]
        return [(f"{SILENCE}{REFUSED_AT.get(refusal, '-hearing')}", said)], False
    raised = assisting.explain_silence(current_session(), response, helped, now=now())
    return [], bool(raised)


def has_workers_part(code: str) -> bool:
    """Return whether the page that was sent in had a worker's part."""
    return f"{code}-hearing" in request.form


def draw_lost(asked: Asked, sent: Sent) -> Reply:
    """Give everything back to a worker whose browser lost its key: it would be nobody's note."""
    code = asked.question.code
    asked = replace(asked, helped=typed_at(code))
    return draw(asked, {code: sent}, Press(blank=True), errors=[(code, LOST)])


def typed_at(code: str) -> Helped:
    """Return what the page says of a worker's part, as it was typed."""
    fields = (request.form.get(f"{code}-{part}", "") for part in ("hearing", "reason", "note"))
    return Helped(*fields)


def answer_with_help(asked: Asked, response: Response, sent: Sent, form: AnyForm) -> Reply:
    """Keep the person's own words and the worker's note apart, or say what is missing (B7)."""
    code, helped = asked.question.code, typed_at(asked.question.code)
    asked = replace(asked, helped=helped)
    given, error = read_sent(asked.question, sent, asked.survey.audience)
    if not form.validate_on_submit():
        return draw(asked, {code: sent}, form, expired=EXPIRED)
    refusal = assisting.refusal_of(given.text, helped) if given is not None else None
    error = REFUSALS[refusal] if refusal is not None else error
    if given is None or error is not None:
        field = f"{code}{REFUSED_AT.get(refusal or '', '')}"
        return draw(asked, {code: sent}, form, errors=[(field, error or "")])
    raised = []
    if response.submitted_at is None:
        raised = assisting.keep_note(current_session(), response, code, helped, now=now())
    return keep(response, (given,), is_worried=bool(raised))
