"""Send a response in, or say what is missing: an answer, or why a worker who helps has none."""

from voice.errors import NothingSaidError, NotYetAnsweredError
from voice.models import Response
from voice.services import responses
from voice.services.assisting import Helped
from voice.web.addresses import address_of, address_of_question
from voice.web.public.asked_for import give_code
from voice.web.public.helped import SILENCE, explain_silence, typed_at
from voice.web.public.visitors import note_reply
from voice.web.session import current_session, now


def send_in(response: Response) -> tuple[list[tuple[str, str]], str]:
    """Send it in; return what is wrong, by the field, and the address to go on at."""
    slug, goal = response.consultation.slug, "public.sent"
    try:
        try:
            responses.submit_response(current_session(), response, now=now())
        except NothingSaidError:
            errors, is_worried = explain_silence(response)
            if errors:
                return errors, ""
            goal = "public.thank_for_telling" if is_worried else goal
            responses.submit_response(current_session(), response, now=now())
    except NotYetAnsweredError as missing:
        return [], address_of_question(slug, str(missing))
    note_reply(response)
    give_code(response)
    return [], address_of(goal, slug=slug)


def silence_of(response: Response) -> tuple[str, Helped] | None:
    """Return the fields in which a worker says why nothing is answered, if they must."""
    is_asked = responses.is_silence_unexplained(response)
    return (SILENCE, typed_at(SILENCE)) if is_asked else None
