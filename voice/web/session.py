"""The store's session and the people behind a request: one session each, committed once."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import TYPE_CHECKING, TypeVar

from flask import Flask, Request, request, session
from flask.ctx import _AppCtxGlobals
from flask.globals import _cv_app as _of_app
from flask.globals import _cv_request as _of_request
from flask.sessions import SessionMixin

from voice.clock import current_time
from voice.config import Settings
from voice.database import Database
from voice.errors import NotSavedError
from voice.models import Officer
from voice.services import officers
from voice.services.storing import saving
from voice.services.throttling import Sender

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

OFFICER_COOKIE = "officer"
PERSON = "person"  # which of the people of a shared device is here, by chance
GUARD = "csrf_token"  # where the guard against forgery keeps its key of chance
View = TypeVar("View", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Service:
    """What every page may reach: the settings, the store and the clock."""

    settings: Settings
    database: Database
    now: Callable[[], datetime] = current_time


def asked_for_now() -> Request:
    """Return the request itself: each look through Flask's `request` takes four steps."""
    return _of_request.get().request


def kept_meanwhile() -> _AppCtxGlobals:
    """Return what is kept while this request lasts, Flask's `g`, itself."""
    return _of_app.get().g


def kept_in_browser() -> SessionMixin:
    """Return what stands in the browser's signed cookie, Flask's `session`, itself."""
    return _of_request.get().session


def here() -> Flask:
    """Return the application that answers this request, Flask's `current_app`, itself."""
    return _of_app.get().app


def service() -> Service:
    """Return the service that this application serves."""
    found: Service = here().extensions["voice"]
    return found


def settings() -> Settings:
    """Return the settings."""
    return service().settings


def current_session() -> "Session":
    """Return this request's session; `VoiceApp` opened it and commits it."""
    session: Session = kept_meanwhile().session
    return session


def now() -> datetime:
    """Return the moment at which this request arrived: one moment for the whole request."""
    kept = kept_meanwhile()
    if "now" not in kept:
        kept.now = service().now()
    moment: datetime = kept.now
    return moment


def keeps(view: View) -> View:
    """Mark a page that writes even when it is only looked at, such as to the audit trail."""
    view.keeps = True  # type: ignore[attr-defined] # read back by `is_writing`
    return view


def only_reads(view: View) -> View:
    """Mark a page that writes nothing, whatever is sent to it: it may take its time."""
    view.only_reads = True  # type: ignore[attr-defined] # read back by `is_writing`
    return view


def is_writing() -> bool:
    """Return whether this request may change anything."""
    asked = asked_for_now()
    view = here().view_functions.get(asked.endpoint or "")
    if getattr(view, "only_reads", False):
        return False
    return asked.method not in {"GET", "HEAD", "OPTIONS"} or getattr(view, "keeps", False)


def write_beside(act: Callable[["Session"], None]) -> None:
    """Write something small on a page that is only looked at; while the store is busy it is lost.

    A page that writes anyway writes it with all else.
    """
    if is_writing():
        act(current_session())
        return
    with suppress(NotSavedError), saving(service().database) as session:
        act(session)


def current_officer() -> Officer | None:
    """Return the officer who is signed in, or None."""
    kept = kept_meanwhile()
    if "officer" not in kept:
        kept.officer = _find_officer(asked_for_now().cookies.get(OFFICER_COOKIE, ""))
    officer: Officer | None = kept.officer
    return officer


def _find_officer(key: str) -> Officer | None:
    officer = officers.find_signed_in(current_session(), key, now=now()) if key else None
    if officer is not None and is_writing():
        officers.note_seen(current_session(), key, now=now())
    return officer


def signed_in_officer() -> Officer:
    """Return the officer who is signed in, on a page that only officers can open."""
    officer = current_officer()
    if officer is None:
        raise LookupError("no officer on a page for officers")
    return officer


def sender_here() -> Sender:
    """Return what tells this visitor from others while one request lasts.

    The key in the cookie that guards forms stands for the browser: no form is taken without it.
    On a device that many use, `let_next_person_come` adds which of its people it is.
    """
    browser = session.get(GUARD, "")
    person = session.get(PERSON, "") if browser else ""
    return Sender(f"{browser}{person}", request.remote_addr or "")


def let_next_person_come() -> None:
    """Let whoever uses a shared device next be counted as somebody else, not with who was before.

    Only for a device that is known to be shared. It opens no way round the day's limit that was
    not there: whoever wants to be another browser can drop their cookies as well, and against a
    script it is the limit of the whole network that holds, which no cookie changes.
    """
    if GUARD in session:
        session[PERSON] = token_hex(8)
