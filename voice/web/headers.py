"""The headers of every answer: nothing inline, nobody else's host, nothing kept by the browser."""

import re
import secrets
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from flask import Response as Reply

from voice.web.session import asked_for_now, kept_meanwhile

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()"),
)
_UNFRAMED = (("X-Frame-Options", "DENY"),)  # this header knows only nobody or ourselves
_OVER_HTTPS = (("Strict-Transport-Security", "max-age=63072000; includeSubDomains"),)
_PAGES = (("Cache-Control", "no-store"), ("Vary", "Accept-Encoding, Cookie"))
NOBODY = "'none'"
_BEFORE_NONCE = "default-src 'none'; script-src 'nonce-"
_AFTER_NONCE = "'; " + "; ".join(
    (
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors ",
    )
)
_WITH_BODY = frozenset({200, 302, 422})
_PLAIN = re.compile(r"/[\w/.-]*", re.ASCII)  # an address in which nothing needs to be quoted
STATIC_SECONDS = 60 * 60 * 24 * 365


def nonce() -> str:
    """Return this answer's nonce, by which a script of ours is told from anybody else's."""
    here = kept_meanwhile()
    if "nonce" not in here:
        here.nonce = secrets.token_urlsafe(16)
    made: str = here.nonce
    return made


def content_security_policy(framed_by: Sequence[str] = ()) -> str:
    """Return the policy: only our own files, no plug-ins, no frames, forms to ourselves.

    `framed_by` are the sites that may show this one page in a frame: by default, none.
    """
    return f"{_BEFORE_NONCE}{nonce()}{_AFTER_NONCE}{' '.join(framed_by) or NOBODY}"


class Answer(Reply):
    """An answer that leaves with `standing` headers, which nobody has to look up or may change."""

    standing: tuple[tuple[str, str], ...] = ()

    def get_wsgi_response(
        self, environ: "WSGIEnvironment"
    ) -> tuple[Iterable[bytes], str, list[tuple[str, str]]]:
        """Return what leaves: the body, the status and every header."""
        own = list(self.headers)
        if environ["REQUEST_METHOD"] in {"GET", "POST"} and self._is_ordinary(dict(own)):
            return self.response, self.status, [*own, *self.standing]  # type: ignore[return-value] # bytes
        body, status, headers = super().get_wsgi_response(environ)
        return body, status, [*headers, *self.standing]

    def _is_ordinary(self, own: dict[str, str]) -> bool:
        """Return whether it may leave as it stands: all of it is there, and nothing comes after."""
        is_all = type(self.response) is list and "Content-Length" in own and not self._on_close
        is_usual = self.status_code in _WITH_BODY and not self.direct_passthrough
        is_plain = "Content-Location" not in own and _PLAIN.fullmatch(own.get("Location", "/"))
        return is_all and is_usual and is_plain is not None


def add_headers(reply: Answer, *, is_https: bool) -> Answer:
    """Set the headers on an answer, error pages included."""
    framed_by: Sequence[str] = kept_meanwhile().get("framed_by", ())
    policy = (("Content-Security-Policy", content_security_policy(framed_by)),)
    framing = () if framed_by else _UNFRAMED  # browsers obey both
    of_all = _ALWAYS + policy + framing + (_OVER_HTTPS if is_https else ())
    if reply.status_code == 200 and asked_for_now().endpoint == "static":
        reply.headers["Cache-Control"] = f"public, max-age={STATIC_SECONDS}, immutable"
        reply.vary.add("Accept-Encoding")
        reply.standing = of_all
    else:
        reply.headers.remove("Cache-Control")
        reply.standing = of_all + _PAGES
    return reply
