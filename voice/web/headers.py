"""The headers of every answer: nothing inline, nobody else's host, nothing kept by the browser."""

import secrets
from collections.abc import Sequence

from flask import g, request
from werkzeug.wrappers import Response as Reply

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}
NOBODY = "'none'"
STATIC_SECONDS = 60 * 60 * 24 * 365


def nonce() -> str:
    """Return this answer's nonce, by which a script of ours is told from anybody else's."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    made: str = g.nonce
    return made


def content_security_policy(framed_by: Sequence[str] = ()) -> str:
    """Return the policy: only our own files, no plug-ins, no frames, forms to ourselves.

    `framed_by` are the sites that may show this one page in a frame: by default, none.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'nonce-{nonce()}'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            f"frame-ancestors {' '.join(framed_by) or NOBODY}",
        )
    )


def add_headers(reply: Reply, *, is_https: bool) -> Reply:
    """Set the headers on an answer, error pages included."""
    reply.headers.extend(_ALWAYS)
    framed_by: Sequence[str] = g.get("framed_by", ())
    reply.headers["Content-Security-Policy"] = content_security_policy(framed_by)
    if framed_by:  # this older header knows only nobody or ourselves, and browsers obey both
        del reply.headers["X-Frame-Options"]
    if is_https:
        reply.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    if request.endpoint == "static" and reply.status_code == 200:
        reply.headers["Cache-Control"] = f"public, max-age={STATIC_SECONDS}, immutable"
    else:
        reply.headers["Cache-Control"] = "no-store"
    return reply
