"""What a consultation is about, and the press that begins a response."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from voice.models import Consultation, Response
from voice.services import announcements, consultations, information, responses
from voice.web.access import EVERYBODY, open_to
from voice.web.forms import EXPIRED, AnyForm, Press
from voice.web.public.beginning import ask_as_chosen, begin_here, telegram_payload
from voice.web.public.blueprint import blueprint
from voice.web.public.found import next_address
from voice.web.public.kiosk import welcome_on_kiosk
from voice.web.public.visitors import find_response, page_setting, remember
from voice.web.public.ways import newcomers_survey, told, ways_offered
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
    return welcome_on_kiosk(consultation) or _draw_start(consultation)


@blueprint.post("/consultations/<slug>")
@open_to(EVERYBODY)
def begin(slug: str) -> ResponseReturnValue:
    """Begin a response and ask the first question; a double click begins one.

    Where this browser has sent one in before, the new one is an addition by the same person.
    """
    consultation = get_consultation(slug)
    form = Press()
    if not form.validate_on_submit():
        return welcome_on_kiosk(consultation) or _draw_start(consultation, form, status=422)
    consultations.check_help_is_there(consultation, settings().council)
    begun = begin_here(consultation, form.press_key)
    if not begun.response.channel.is_shared:
        responses.add_to_earlier(begun.response, find_response(slug))
    ask_as_chosen(consultation, begun.response)
    return remember(redirect(next_address(begun.response)), slug, begun)


def _draw_start(
    consultation: Consultation, form: AnyForm | None = None, *, status: int = 200
) -> ResponseReturnValue:
    survey = newcomers_survey(consultation)
    page = render_template(
        "public/start.html",
        language_address=lambda code: url_for(
            ".start", slug=consultation.slug, **(told() | {"language": code})
        ),
        told=told(),
        form=form or Press(blank=True),
        errors=[("start", EXPIRED)] if form is not None else [],
        survey=survey,
        is_open=consultation.is_open(now()),
        announced=announcements.announced(current_session(), [consultation])[consultation.id],
        documents=information.documents_in(consultation.documents),
        previous=announcements.find_previous(current_session(), consultation),
        begun=_unsent(find_response(consultation.slug)),
        telegram=settings().council.telegram_name,
        telegram_payload=telegram_payload(consultation.slug),
        **ways_offered(survey),
        **page_setting(consultation, survey),
    )
    return page, status


def _unsent(response: Response | None) -> Response | None:
    return response if response is not None and response.submitted_at is None else None
