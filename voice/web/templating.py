"""The templates' surroundings: what every page may use."""

from flask import Flask, g

from voice.clock import date_in_words, moment_in_words
from voice.config import Settings
from voice.web.addresses import address_of, static_url
from voice.web.drawn import drawn_once, drawn_question
from voice.web.environment import VoiceEnvironment
from voice.web.headers import nonce
from voice.web.languages import (
    SPOKEN,
    day_or,
    in_figures_or,
    languages_here,
    months_here,
    page_direction,
    speak_as_chosen,
    speak_no_more,
    spoken,
)
from voice.web.public.piles import picture_address
from voice.web.public.visitors import title_for
from voice.web.session import current_officer


def set_up_templates(app: Flask, settings: Settings) -> None:
    """Give the templates of `app` the words, filters and particulars that every page may use.

    Must come before anything asks for `app.jinja_env`.
    """
    app.jinja_environment = VoiceEnvironment
    app.jinja_env.globals.update(
        title_for=title_for,
        url_for=address_of,
        **SPOKEN,
        picture_address=picture_address,
        static_url=static_url,
        drawn_once=drawn_once,
        drawn_question=drawn_question,
    )
    app.jinja_env.filters["day"] = app.jinja_env.filters["date"] = day_or(date_in_words)
    app.jinja_env.filters["months"] = months_here
    app.jinja_env.filters["moment"] = in_figures_or(moment_in_words)

    app.before_request(speak_as_chosen)
    app.teardown_request(speak_no_more)

    @app.context_processor
    def _always() -> dict[str, object]:
        return {
            "council": settings.council,
            "nonce": nonce(),
            "demonstration": None,
            "audience": "adult",
            "kiosk": g.get("kiosk"),
            "officer": current_officer() if "session" in g else None,
            "lang": spoken(),
            "text_direction": page_direction(),
            "languages_here": languages_here(),
        }
