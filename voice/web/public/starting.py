"""What a consultation is about, and the press that begins a response."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from voice.models import Consultation, Response
from voice.services import announcements, consultations, information, responses
from voice.web.access import EVERYBODY, open_to
from voice.web.alike import draw_alike, is_alike_here
from voice.web.forms import EXPIRED, AnyForm, Press
from voice.web.languages import speak
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
    session, template = current_session(), "public/start.html"
    announced = announcements.announced(session, [consultation])[consultation.id]
    previous = announcements.find_previous(session, consultation)
    begun = _unsent(find_response(consultation.slug))
    about = _about(consultation, announced)

    def context() -> dict[str, Any]:
        return {
            "language_address": lambda code: url_for(
                ".start", slug=about.slug, **(told() | {"language": code})
            ),
            "told": told(),
            "errors": [("start", EXPIRED)] if form is not None else [],
            "survey": survey,
            "is_open": about.is_open,
            "announced": announced,
            "documents": information.documents_in(about.documents),
            "previous": previous,
            "begun": begun,
            "telegram": settings().council.telegram_name,
            "telegram_payload": about.telegram_payload,
            **ways_offered(survey),
            **page_setting(consultation, survey),
            "consultation": about,
        }

    speak(survey.language)
    is_plain = form is None and begun is None and previous is None and not announced.is_said
    if is_plain and is_alike_here():
        return draw_alike(template, Press(blank=True), context, same=(survey,), said=about), status
    return render_template(template, form=form or Press(blank=True), **context()), status


@dataclass(frozen=True, slots=True)
class _About:
    """What the start page says of a consultation, its survey apart."""

    slug: str
    title: str
    demonstration: str
    closes_at: datetime
    is_open: bool
    results_at: datetime | None
    reasons: str
    options: str
    documents: tuple[str, ...]
    decision_on: date | None
    telegram_payload: str


def _about(consultation: Consultation, announced: announcements.Announced) -> _About:
    return _About(
        slug=consultation.slug,
        title=consultation.title,
        demonstration=consultation.demonstration,
        closes_at=consultation.closes_at,
        is_open=consultation.is_open(now()),
        results_at=announced.results_at,
        reasons=consultation.reasons,
        options=consultation.options,
        documents=tuple(consultation.documents),
        decision_on=consultation.decision_on,
        telegram_payload=telegram_payload(consultation.slug),
    )


def _unsent(response: Response | None) -> Response | None:
    return response if response is not None and response.submitted_at is None else None
