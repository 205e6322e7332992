"""The guard against forgery, and the cookie that keeps its key, in few steps.

Both are signed as Flask and Flask-WTF sign them, by itsdangerous, so that a page drawn by one is
taken by the other. As they come, each signature made or looked at derives its key anew.
"""

import hmac
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha1
from secrets import token_hex
from typing import Any

from flask import Flask
from flask.sessions import (
    SecureCookieSession,
    SecureCookieSessionInterface,
    SessionMixin,
    session_json_serializer,
)
from flask.wrappers import Request, Response
from itsdangerous import BadData, TimestampSigner, URLSafeTimedSerializer
from itsdangerous.encoding import int_to_bytes
from itsdangerous.signer import HMACAlgorithm

from voice.web.session import GUARD, here, kept_in_browser, kept_meanwhile

GUARD_BYTES = 20
COOKIES_KNOWN = 2_048  # of browsers at work just now: nothing but their keys of chance is in them
COOKIE_SECONDS = 60 * 60 * 24 * 31  # Flask's own limit
HOUR_SECONDS = 60 * 60


class _InOneStep(HMACAlgorithm):
    """The signature that itsdangerous makes by itself, made by one call."""

    def get_signature(self, key: bytes, value: bytes) -> bytes:
        return hmac.digest(key, value, "sha1")


class _Signer(TimestampSigner):
    """A signer that derives its one key once."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._derived = super().derive_key()

    def derive_key(self, secret_key: str | bytes | None = None) -> bytes:
        return self._derived


class _Sealed(URLSafeTimedSerializer):
    """What itsdangerous signs, with one secret and one signer."""

    def __init__(self, secret: str, purpose: str, derivation: str, serializer: Any = None) -> None:
        super().__init__(secret, salt=purpose, serializer=serializer)
        how: dict[str, Any] = {"key_derivation": derivation, "algorithm": _InOneStep(sha1)}
        self._signer = _Signer(secret, salt=purpose, digest_method=sha1, **how)

    def make_signer(self, salt: str | bytes | None = None) -> TimestampSigner:
        return self._signer

    def iter_unsigners(self, salt: str | bytes | None = None) -> Iterator[TimestampSigner]:
        return iter((self._signer,))


class _Guards:
    """Guards as Flask-WTF signs them: a browser's key of chance, the moment, and a signature."""

    def __init__(self, secret: str) -> None:
        sealed = _Sealed(secret, "wtf-csrf-token", "django-concat")
        self._key = sealed.make_signer().derive_key()
        self._written = lru_cache(COOKIES_KNOWN)(sealed.dump_payload)

    def make(self, kept: str) -> str:
        """Return a guard for the browser that has this key."""
        moment = urlsafe_b64encode(int_to_bytes(int(time.time()))).rstrip(b"=")
        said = b".".join((self._written(kept), moment))
        return b".".join((said, self._sign(said))).decode()

    def holds(self, guard: str, kept: str, *, seconds: int) -> bool:
        """Return whether we made this guard for this key, at most so many seconds ago."""
        said, _, signature = guard.encode().rpartition(b".")
        if not hmac.compare_digest(signature, self._sign(said)):
            return False
        written, _, moment = said.rpartition(b".")
        age = int(time.time()) - int.from_bytes(urlsafe_b64decode(moment + b"=="))
        return 0 <= age <= seconds and hmac.compare_digest(written, self._written(kept))

    def _sign(self, said: bytes) -> bytes:
        return urlsafe_b64encode(hmac.digest(self._key, said, "sha1")).rstrip(b"=")


_guards = lru_cache(maxsize=8)(_Guards)


@lru_cache(maxsize=8)
def _cookies(secret: str) -> _Sealed:
    return _Sealed(secret, "cookie-session", "hmac", session_json_serializer)  # as Flask does


def guard_here() -> str:
    """Return the guard of this browser, for a form that is drawn now: one for each answer."""
    kept = kept_meanwhile()
    if GUARD not in kept:
        browser = kept_in_browser()
        key = browser.get(GUARD)
        if not isinstance(key, str):
            browser[GUARD] = key = token_hex(GUARD_BYTES)
        kept.csrf_token = _guards(here().config["SECRET_KEY"]).make(key)
    made: str = kept.csrf_token
    return made


def is_guarded(guard: str) -> bool:
    """Return whether a form came from a page of ours that this browser opened not too long ago."""
    kept = kept_in_browser().get(GUARD)
    if not guard or not guard.isascii() or not isinstance(kept, str):
        return False
    config = here().config
    seconds = config["WTF_CSRF_TIME_LIMIT"]
    return _guards(config["SECRET_KEY"]).holds(guard, kept, seconds=seconds)


class GuardKeeper(SecureCookieSessionInterface):
    """Flask's cookie with the key of the guard in it; one that was seen just now is known again."""

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return what signs the cookies of `app`."""
        return _cookies(app.config["SECRET_KEY"])

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """Return what stands in the cookie; nothing if we did not sign it."""
        cookie = request.cookies.get(app.config["SESSION_COOKIE_NAME"])
        if not cookie:
            return self.session_class()
        try:
            hour = int(time.time() / HOUR_SECONDS)
            return self.session_class(_read(app.config["SECRET_KEY"], cookie, hour))
        except BadData:
            return self.session_class()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Give the browser a cookie when what stands in it is new."""
        if session.modified:
            super().save_session(app, session, response)


@lru_cache(maxsize=COOKIES_KNOWN)
def _read(secret: str, cookie: str, _hour: int) -> dict[str, Any]:
    """Return what stands in a cookie that we signed; one that we did not is never remembered.

    Looked at anew each hour, because a cookie may grow too old.
    """
    kept: dict[str, Any] = _cookies(secret).loads(cookie, max_age=COOKIE_SECONDS)
    return kept
