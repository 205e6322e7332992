"""What a consultation is about, and the press that begins a response."""

from flask import redirect
from flask.typing import ResponseReturnValue

from voice.models import Consultation
from voice.services import consultations, responses
from voice.web.access import EVERYBODY, open_to
from voice.web.forms import Press
from voice.web.public.beginning import ask_as_chosen, begin_here
from voice.web.public.blueprint import blueprint
from voice.web.public.found import next_address
from voice.web.public.kiosk import welcome_on_kiosk
from voice.web.public.start_page import draw_start
from voice.web.public.visitors import find_response, remember
from voice.web.session import current_session, now, settings


def get_consultation(slug: str) -> Consultation:
    """Return the consultation of this page; an unknown one answers 404."""
    return consultations.get_public(current_session(), slug, now=now())


@blueprint.get("/consultations/<slug>")
@open_to(EVERYBODY)
def start(slug: str) -> ResponseReturnValue:
    """Say what it is about, so that people can decide whether to take part.

    On a kiosk it knows nobody: whoever was there before is forgotten.
    """
    consultation = get_consultation(slug)
    return welcome_on_kiosk(consultation) or draw_start(consultation)


@blueprint.post("/consultations/<slug>")
@open_to(EVERYBODY)
def begin(slug: str) -> ResponseReturnValue:
    """Begin a response and ask the first question; a double click begins one.

    Where this browser has sent one in before, the new one is an addition by the same person.
    """
    consultation = get_consultation(slug)
    form = Press()
    if not form.validate_on_submit():
        return welcome_on_kiosk(consultation) or draw_start(consultation, form, status=422)
    consultations.check_help_is_there(consultation, settings().council)
    begun = begin_here(consultation, form.press_key)
    if not begun.response.channel.is_shared:
        responses.add_to_earlier(begun.response, find_response(slug))
    ask_as_chosen(consultation, begun.response)
    return remember(redirect(next_address(begun.response)), slug, begun)
