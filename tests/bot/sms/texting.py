"""Somebody with an old phone, and requests as gateways make them."""

import io
import json
from itertools import count

from bot.sms.gateways import sign

NUMBER = "447700900123"


def post(webhook, path, body, *, method="POST", **headers):
    """Return the status with which the webhook answers this request."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "CONTENT_LENGTH": str(len(raw)),
        "wsgi.input": io.BytesIO(raw),
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }
    seen = []
    webhook(environ, lambda status, _: seen.append(status))
    return int(seen[0][:3])


def post_signed(webhook, body, secret, *, at, signed=None):
    """Post what a council's own gateway took, signed at this second."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    signature = signed or sign(secret, raw, at=int(at))
    return post(webhook, "/sms", raw, voice_signature=signature)


class Texter:
    """Texts, and reads what comes back."""

    def __init__(self, webhook, token, sender, notify):
        self.webhook, self.token = webhook, token
        self.sender, self.notify = sender, notify
        self.numbers = count(1)

    def text(self, words, *, number=NUMBER, external_id=None):
        """Send a text, and return those that came back."""
        received = {
            "id": external_id or f"in-{next(self.numbers)}",
            "source_number": number,
            "destination_number": "07700900999",
            "message": words,
            "date_received": "2026-11-02T09:00:00.000000Z",
        }
        before = len(self.notify.taken)
        status = post(self.webhook, "/notify", received, authorization=f"Bearer {self.token}")
        assert status == 200, status
        while self.sender.send_next():
            pass
        return self.notify.texts[before:]
