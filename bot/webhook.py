"""The webhook: Telegram posts an update, it is committed, and only then answered with 200.

A small WSGI application of its own; any number of them may run side by side.
"""

import hmac
import json
import logging
from collections.abc import Callable, Iterable
from typing import Any

from bot.receiving import Receiver
from voice.errors import NotSavedError

logger = logging.getLogger(__name__)

MAX_BODY_BYTES = 1_000_000
SECRET_HEADER = "HTTP_X_TELEGRAM_BOT_API_SECRET_TOKEN"  # noqa: S105 - the header's name
_OK, _FORBIDDEN, _TOO_LARGE = "200 OK", "403 Forbidden", "413 Content Too Large"
_WRONG_METHOD, _DOWN = "405 Method Not Allowed", "503 Service Unavailable"

Environ = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], object]


class Webhook:
    """Answers Telegram: 200 after the commit, 403 without the secret, 503 while the store is down.

    Raises:
        ValueError: if made without a secret: it would take anybody's word (SEC-9).
    """

    def __init__(self, receiver: Receiver, secret: str) -> None:
        if not secret:
            raise ValueError("a webhook needs a secret")
        self._receiver = receiver
        self._secret = secret.encode()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        status, body = self._answer(environ)
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        start_response(status, headers)
        return [body]

    def _answer(self, environ: Environ) -> tuple[str, bytes]:
        if environ["REQUEST_METHOD"] != "POST":
            is_check = environ.get("PATH_INFO") == "/health"
            return (_OK if is_check else _WRONG_METHOD), b""
        given = str(environ.get(SECRET_HEADER, "")).encode("latin-1", "replace")
        if not hmac.compare_digest(given, self._secret):
            return _FORBIDDEN, b""
        body = read_body(environ)
        return (_TOO_LARGE, b"") if body is None else self._take(body)

    def _take(self, body: bytes) -> tuple[str, bytes]:
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            # It would come again for a day and hold up its person's queue.
            logger.warning("update not in JSON")
            return _OK, b""
        try:
            reply = self._receiver.take_in(raw)
        except NotSavedError as error:
            logger.error("update not kept", extra={"error": str(error)})
            return _DOWN, b""
        if reply is None:
            return _OK, b""
        said = {"method": "sendMessage", "chat_id": reply.chat, "text": reply.text}
        return _OK, json.dumps(said).encode()


def read_body(environ: Environ) -> bytes | None:
    """Return the body, or None if it is larger than any update."""
    length = environ.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > MAX_BODY_BYTES:
        return None
    body: bytes = environ["wsgi.input"].read(int(length))
    return body
