"""Giving a browser its key, and taking its officer to what comes next."""

from flask import Response as Reply
from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException

from voice.models import SignInStage
from voice.services import officers, second_steps
from voice.web.officers.blueprint import blueprint
from voice.web.session import OFFICER_COOKIE, current_session, now, settings


def let_in(key: str) -> Reply:
    """Give the browser its new key and go on; a key that it brought along stops working."""
    session = current_session()
    officers.sign_out(session, request.cookies.get(OFFICER_COOKIE, ""))
    reply = Reply(status=303)
    reply.headers["Location"] = _step_after(key) or where_next()
    give_key(reply, key)
    return reply


def give_key(reply: Reply, key: str) -> None:
    """Let the browser keep this key, where no script and no other site reads it."""
    reply.set_cookie(
        OFFICER_COOKIE,
        key,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=settings().is_https,
    )


def _step_after(key: str) -> str | None:
    """Return the page that comes before all others for who has just signed in; None if none."""
    session, wanted = current_session(), request.args.get("next")
    session.flush()
    _, stage = officers.find_half(session, key, now=now())
    if stage is SignInStage.CODE:
        return url_for(".enter_code", next=wanted)
    officer = officers.find_signed_in(session, key, now=now())
    if stage is SignInStage.SET_UP or (
        officer is not None
        and second_steps.days_left(session, officer, settings().council, now=now()) is not None
    ):
        return url_for(".second_step", next=wanted)
    return None


def where_next() -> str:
    """Return the officers' page asked for, if it is one of ours; else their front page (SEC-12)."""
    wanted = request.args.get("next", "")
    if wanted.startswith("/") and not wanted.startswith("//"):
        try:
            endpoint, _ = current_app.url_map.bind("").match(wanted, method="GET")
        except HTTPException:
            endpoint = ""
        if str(endpoint).startswith(f"{blueprint.name}."):
            return wanted
    return url_for(".home")
