"""The page that says what a consultation is about: for most people, one drawn once for all."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from surveys.engine import Survey
from voice.models import Consultation, Response
from voice.services import announcements, information
from voice.web.alike import draw_alike, is_alike_here
from voice.web.forms import EXPIRED, AnyForm, Press
from voice.web.languages import ENGLISH, chosen_language, speak, spoken
from voice.web.public.beginning import telegram_payload
from voice.web.public.visitors import find_response, setting_around
from voice.web.public.ways import newcomers_survey, told, ways_offered
from voice.web.session import current_session, now, settings


def draw_start(
    consultation: Consultation, form: AnyForm | None = None, *, status: int = 200
) -> ResponseReturnValue:
    """Return the page; `form` is one that was sent in too late."""
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
            **setting_around(consultation, survey),
            "consultation": about,
            "is_in_another": spoken() != survey.language,
        }

    if _is_spoken_as_its_survey(survey):
        speak(survey.language)
    is_plain = form is None and begun is None and previous is None and not announced.is_said
    if is_plain and is_alike_here():
        return draw_alike(template, Press(blank=True), context, same=(survey,), said=about), status
    return render_template(template, form=form or Press(blank=True), **context()), status


def _is_spoken_as_its_survey(survey: Survey) -> bool:
    """Return whether the page speaks as its survey does and offers the languages of that alone.

    Where the survey has not the language chosen, or is in English only, it is a page like others:
    it can be read in any language of ours, and says in which the questions are.
    """
    chosen = chosen_language()
    if chosen != ENGLISH and chosen not in survey.languages:
        return False
    return survey.languages != (ENGLISH,)


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
