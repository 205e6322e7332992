"""The web application: pages, put together."""

import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Flask, Request, g
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import MapAdapter

from voice.clock import current_time
from voice.config import Settings, read_settings, warning_of
from voice.database import Database
from voice.errors import NotSavedError
from voice.logs import set_up_logs
from voice.resources import templates_folder
from voice.services.settling import settle
from voice.services.stores import open_store
from voice.web import officers, public
from voice.web.access import check_access
from voice.web.compression import compress
from voice.web.devices import begin_anew_when_idle
from voice.web.error_pages import register_error_pages
from voice.web.guards import GuardKeeper
from voice.web.headers import Answer, add_headers
from voice.web.incoming import Asked, way_of
from voice.web.languages import keep_language
from voice.web.session import Service, is_writing
from voice.web.templating import set_up_templates
from voice.web.turns import AT_ONCE_WITH_SERVER, InTurn
from voice.web.uploads import receive

MAX_BODY_BYTES = 5_000_000  # Flask limits no urlencoded body by itself
MAX_FIELDS = 1_000


class VoiceApp(Flask):
    """Flask, with one session for each request, committed before the answer leaves."""

    request_class, response_class = Asked, Answer

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return a view as it is: none of ours waits in Python's own manner (`async`)."""
        return func

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Return what finds the page of a request; nothing of ours depends on the host's name."""
        found = way_of(request, self.url_map) if request is not None else None
        return found or super().create_url_adapter(request)

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
    app.extensions["voice"] = Service(settings, database or open_store(settings), now)
    app.session_interface = GuardKeeper()
    set_up_templates(app, settings)
    app.after_request(compress)
    app.after_request(lambda reply: add_headers(reply, is_https=settings.is_https))
    app.after_request(begin_anew_when_idle)
    app.after_request(keep_language)
    register_error_pages(app)
    app.register_blueprint(public.blueprint)
    app.register_blueprint(officers.blueprint)
    if settings.is_https:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_proto=1, x_host=1)  # type: ignore[method-assign]
    return app


def create_app_from_environment() -> Flask:
    """Return the application for the environment's settings, as the server of pages starts it."""
    set_up_logs()
    settings = read_settings()
    sys.stderr.write(warning_of(settings))
    app = create_app(settings)
    at_once = 1 if settings.database_url.startswith("sqlite") else AT_ONCE_WITH_SERVER
    app.wsgi_app = InTurn(app.wsgi_app, at_once=at_once)  # type: ignore[method-assign]
    settle()
    return app
