"""The templates' surroundings: what every page may use, and the parts that are drawn once."""

from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any

from flask import Flask, g, request, url_for
from jinja2 import StrictUndefined

from surveys.catalogue import offered_languages
from surveys.translations import direction, language_name
from voice.clock import date_in_words, moment_in_words
from voice.config import Settings
from voice.resources import static_folder
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
    app.jinja_options = {"undefined": StrictUndefined}
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        title_for=title_for,
        **SPOKEN,
        offered_languages=offered_languages,
        language_name=language_name,
        direction=direction,
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


def drawn_once(macro: Callable[..., str], *given: Hashable) -> str:
    """Return what a macro draws, drawn once for each language: for what is alike on every page.

    The macro may depend on nothing but the language and what it is `given`.
    """
    return _drawn(macro, spoken(), given)


@lru_cache(maxsize=512)
def _drawn(macro: Callable[..., str], _language: str, given: tuple[Hashable, ...]) -> str:
    return macro(*given)


class _Blank:
    """A question with nothing in it yet, as its page draws it: the same for everybody asked it."""

    __slots__ = ("asked",)

    def __init__(self, asked: Mapping[str, Any]) -> None:
        self.asked = asked

    def __hash__(self) -> int:
        return id(self.asked["blank"])

    def __eq__(self, other: object) -> bool:
        # The very same question: a key holds it, so that no other can take its place in memory.
        return isinstance(other, _Blank) and self.asked["blank"] is other.asked["blank"]


def drawn_question(macro: Callable[..., str], asked: Mapping[str, Any], *, heading: bool) -> str:
    """Return what a macro draws of a question, once for everybody while nothing is in it."""
    if asked["blank"] is None:
        return macro(asked, heading=heading)
    return _drawn_blank(macro, spoken(), _Blank(asked), heading)


@lru_cache(maxsize=1_024)
def _drawn_blank(macro: Callable[..., str], _language: str, blank: _Blank, heading: bool) -> str:
    return macro(blank.asked, heading=heading)


def static_url(name: str) -> str:
    """Return the address of a static file, with a mark of what it holds."""
    return _static_address(name, request.root_path)


@lru_cache(maxsize=256)
def _static_address(name: str, _root: str) -> str:
    return url_for("static", filename=name, v=_mark_of(name))


def _mark_of(name: str) -> str:
    """Return a mark of what a static file holds, so that a new one has a new address."""
    return sha256((static_folder() / name).read_bytes()).hexdigest()[:12]
