"""Who may open each page. A page that says nothing is closed to everybody."""

from collections.abc import Callable
from typing import TypeVar

from flask import (
    Flask,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as Reply

from voice.models import Role
from voice.web.devices import find_kiosk
from voice.web.session import asked_for_now, current_officer, here

EVERYBODY = "everybody"
_NOBODYS_WORDS = frozenset({"csrf_token", "press", "edition", "email", "passphrase"})
TEAM_ROLES = (Role.OFFICER, Role.AUTHOR, Role.ANALYST, Role.COMMUNICATIONS, Role.ADMIN)
EDITOR_ROLES = tuple(one for one in Role if one.changes)
PUBLISHER_ROLES = tuple(one for one in Role if one.publishes)
View = TypeVar("View", bound=Callable[..., object])


def open_to(*who: Role | str) -> Callable[[View], View]:
    """Say who may open a page: `EVERYBODY`, or officers with one of these roles."""

    def mark(view: View) -> View:
        view.open_to = frozenset(who)  # type: ignore[attr-defined] # read back by `_check`
        return view

    return mark


def roles_for(app: Flask, endpoint: str) -> frozenset[Role | str]:
    """Return who may open this endpoint; nobody if it does not say."""
    if endpoint == "static":
        return frozenset({EVERYBODY})
    found: frozenset[Role | str] = getattr(app.view_functions.get(endpoint), "open_to", frozenset())
    return found


def check_access() -> Reply | None:
    """Let the request on, send a stranger to sign in, or answer 403. Runs before every page."""
    officer = current_officer()  # read while there is a session: an error page has none
    find_kiosk()  # so is this
    endpoint = asked_for_now().endpoint
    if endpoint is None:
        return None
    allowed = roles_for(here(), endpoint)
    if EVERYBODY in allowed:
        return None
    if officer is None and request.method == "GET":
        return redirect(url_for("officers.sign_in", next=request.path))
    if officer is None:
        return make_response(render_template("errors/401.html", words=_words_sent()), 401)
    if officer.role not in allowed:
        abort(403)
    return None


def _words_sent() -> list[tuple[str, str]]:
    """Return what an officer typed into a form whose sign-in had ended, so that it is not lost."""
    return [
        (name.replace("_", " ").capitalize(), words)
        for name, words in request.form.items(multi=True)
        if name not in _NOBODYS_WORDS and words.strip()
    ]
