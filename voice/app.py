"""The web application: pages, put together."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, g, url_for
from flask.typing import ResponseReturnValue
from jinja2 import StrictUndefined
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.middleware.proxy_fix import ProxyFix

from surveys.translations import direction, language_name
from voice.clock import current_time, date_in_words, day_in_words, moment_in_words
from voice.config import Settings, read_settings
from voice.database import Database
from voice.errors import NotSavedError
from voice.logs import set_up_logs
from voice.resources import templates_folder
from voice.web import officers, public
from voice.web.access import check_access
from voice.web.compression import compress
from voice.web.devices import begin_anew_when_idle
from voice.web.error_pages import register_error_pages
from voice.web.headers import add_headers, nonce
from voice.web.languages import in_figures_or, page_direction, plain_words, spoken, words
from voice.web.public.piles import picture_address
from voice.web.session import Service, current_officer, is_writing
from voice.web.uploads import receive

MAX_BODY_BYTES = 5_000_000  # Flask limits no urlencoded body by itself
MAX_FIELDS = 1_000


class VoiceApp(Flask):
    """Flask, with one session for each request, committed before the answer leaves."""

    def dispatch_request(self) -> ResponseReturnValue:
        """Answer inside one session: "thank you" is said only after the commit (REL-1)."""
        receive()
        database = self.extensions["voice"].database
        opened = database.writing() if is_writing() else database.reading()
        try:
            with opened as g.session:
                refused = check_access()
                return refused if refused is not None else super().dispatch_request()
        except (DBAPIError, PoolTimeoutError) as error:
            raise NotSavedError(type(error).__name__) from error


def create_app(
    settings: Settings,
    database: Database | None = None,
    *,
    now: Callable[[], datetime] = current_time,
) -> Flask:
    """Return the application for these settings; a test hands in its own store and clock."""
    app = VoiceApp("voice", template_folder=str(templates_folder()), static_folder="static")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_BODY_BYTES,
        MAX_FORM_PARTS=MAX_FIELDS,
        SESSION_COOKIE_NAME="form",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_https,
        WTF_CSRF_TIME_LIMIT=settings.csrf_seconds,
        WTF_CSRF_SSL_STRICT=False,
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.extensions["voice"] = Service(settings, database or Database(settings.database_url), now)
    _set_up_templates(app, settings)
    app.after_request(compress)
    app.after_request(lambda reply: add_headers(reply, is_https=settings.is_https))
    app.after_request(begin_anew_when_idle)
    register_error_pages(app)
    app.register_blueprint(public.blueprint)
    app.register_blueprint(officers.blueprint)
    if settings.is_https:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_proto=1, x_host=1)  # type: ignore[method-assign]
    return app


def _set_up_templates(app: Flask, settings: Settings) -> None:
    app.jinja_options = {"undefined": StrictUndefined}
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["picture_address"] = picture_address
    app.jinja_env.globals.update(
        _=words, _plain=plain_words, language_name=language_name, direction=direction
    )
    app.jinja_env.filters["day"] = in_figures_or(day_in_words)
    app.jinja_env.filters["date"] = date_in_words
    app.jinja_env.filters["moment"] = in_figures_or(moment_in_words)

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
            "static_url": lambda name: url_for("static", filename=name, v=_mark_of(name)),
        }


def create_app_from_environment() -> Flask:
    """Return the application for the environment's settings, as gunicorn starts it."""
    set_up_logs()
    return create_app(read_settings())


@lru_cache
def _mark_of(name: str) -> str:
    """Return a mark of what a static file holds, so that a new one has a new address."""
    held = (Path(__file__).parent / "static" / name).read_bytes()
    return sha256(held).hexdigest()[:12]
