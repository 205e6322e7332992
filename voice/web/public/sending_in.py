"""Send a response in, or say what is missing: an answer, or why a worker who helps has none."""

from flask import url_for

from voice.errors import NothingSaidError, NotYetAnsweredError
from voice.models import Response
from voice.services import responses
from voice.services.assisting import Helped
from voice.web.public.asked_for import give_code
from voice.web.public.helped import SILENCE, explain_silence, typed_at
from voice.web.public.visitors import note_reply
from voice.web.session import current_session, now


def send_in(response: Response) -> tuple[list[tuple[str, str]], str]:
    """Send it in; return what is wrong, by the field, and the address to go on at."""
    slug, goal = response.consultation.slug, ".sent"
    try:
        try:
            responses.submit_response(current_session(), response, now=now())
        except NothingSaidError:
            errors, is_worried = explain_silence(response)
            if errors:
                return errors, ""
            goal = ".thank_for_telling" if is_worried else goal
            responses.submit_response(current_session(), response, now=now())
    except NotYetAnsweredError as missing:
        return [], url_for(".ask", slug=slug, code=str(missing))
    note_reply(response)
    give_code(response)
    return [], url_for(goal, slug=slug)


def silence_of(response: Response) -> tuple[str, Helped] | None:
    """Return the fields in which a worker says why nothing is answered, if they must."""
    is_asked = responses.is_silence_unexplained(response)
    return (SILENCE, typed_at(SILENCE)) if is_asked else None
