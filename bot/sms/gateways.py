"""Who carries our texts: GOV.UK Notify, or a gateway of the council's own."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

import httpx

from voice.config import Settings

SIGNATURE_HEADER = "Voice-Signature"
CONNECT_SECONDS, ANSWER_SECONDS = 3.0, 8.0
MOST_WAIT_SECONDS, MOST_DIGITS = 3600, 9
_UUID_CHARS = 36
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class RefusedError(Exception):
    """The gateway will never take this text."""


class LaterError(Exception):
    """The text certainly did not leave; try again, after `wait` if the gateway says so."""

    def __init__(self, reason: str, wait: timedelta | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class UncertainError(Exception):
    """No answer came: the text may have left."""


class Gateway(Protocol):
    """Takes texts, each known by a reference of ours."""

    def send(self, reference: str, number: str, words: str) -> None:
        """Hand over one text. Doing so again with the same reference sends it once.

        Raises:
            RefusedError: if it will never be taken.
            LaterError: if it did not leave.
            UncertainError: if it may have left.
        """


def gateway_for(settings: Settings, client: httpx.Client) -> Gateway | None:
    """Return who carries the texts of this council; None if the settings name nobody."""
    if settings.notify_key:
        return Notify(settings, client)
    return OwnGateway(settings, client) if settings.sms_gateway else None


def sign(secret: str, body: bytes, *, at: int) -> str:
    """Return the signature of `body`, made at this second: `t=SECONDS,v1=HEX`."""
    signed = hmac.new(secret.encode(), b"%d." % at + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={signed}"


@dataclass(frozen=True, slots=True)
class OwnGateway:
    """A gateway that takes `{"id", "to", "text"}`, signed as what it posts to us is."""

    settings: Settings
    client: httpx.Client
    clock: Callable[[], float] = time.time

    def send(self, reference: str, number: str, words: str) -> None:
        """Hand over one text; the gateway knows it again by its `id`."""
        body = json.dumps({"id": reference, "to": number, "text": words}).encode()
        signature = sign(self.settings.sms_secret, body, at=int(self.clock()))
        headers = {"Content-Type": "application/json", SIGNATURE_HEADER: signature}
        answer = _ask(self.client, "POST", self.settings.sms_gateway, headers, body)
        _check(answer)


@dataclass(frozen=True, slots=True)
class Notify:
    """GOV.UK Notify. Its template for us holds nothing but the placeholder `((message))`."""

    settings: Settings
    client: httpx.Client
    clock: Callable[[], float] = time.time

    def send(self, reference: str, number: str, words: str) -> None:
        """Hand over one text, unless Notify has one with this reference already."""
        if self._has(reference):
            return
        asked = {
            "phone_number": f"+{number}",
            "template_id": self.settings.notify_template,
            "personalisation": {"message": words},
            "reference": reference,
        }
        body = json.dumps(asked).encode()
        _check(_ask(self.client, "POST", self._address("/sms"), self._headers(), body))

    def _has(self, reference: str) -> bool:
        address = f"{self._address('')}?reference={reference}"
        answer = _ask(self.client, "GET", address, self._headers(), b"", is_safe=True)
        _check(answer)
        try:
            return bool(answer.json().get("notifications"))
        except (ValueError, AttributeError) as error:  # somebody else's page, in its place
            raise LaterError("not from Notify") from error

    def _address(self, path: str) -> str:
        return f"{self.settings.notify_api}/v2/notifications{path}"

    def _headers(self) -> dict[str, str]:
        """Return a token of the shape that Notify asks for: HS256, by our service, of now."""
        name, secret = self.settings.notify_key[:-_UUID_CHARS], self.settings.notify_key
        service = name.rstrip("-")[-_UUID_CHARS:]
        head = _encoded({"typ": "JWT", "alg": "HS256"})
        claims = _encoded({"iss": service, "iat": int(self.clock())})
        signed = hmac.new(
            secret[-_UUID_CHARS:].encode(), f"{head}.{claims}".encode(), hashlib.sha256
        ).digest()
        token = f"{head}.{claims}.{_base64(signed)}"
        return {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}


def _ask(
    client: httpx.Client,
    method: str,
    address: str,
    headers: dict[str, str],
    body: bytes,
    *,
    is_safe: bool = False,
) -> httpx.Response:
    """Ask once. What is `is_safe` changes nothing there, so no answer is no doubt."""
    try:
        return client.request(method, address, headers=headers, content=body)
    except _NEVER_SENT as error:
        raise LaterError(type(error).__name__) from error
    except httpx.HTTPError as error:
        if is_safe:
            raise LaterError(type(error).__name__) from error
        raise UncertainError(type(error).__name__) from error


def _check(answer: httpx.Response) -> None:
    status = answer.status_code
    if status < 300:
        return
    if status in {401, 403, 408, 429} or status >= 500:
        raise LaterError(str(status), _wait(answer.headers.get("Retry-After", "")))
    raise RefusedError(str(status))


def _wait(said: str) -> timedelta | None:
    """Return how long a gateway asks us to wait; an hour at most."""
    is_number = said.isascii() and said.isdigit() and len(said) <= MOST_DIGITS
    return timedelta(seconds=min(int(said), MOST_WAIT_SECONDS)) if is_number else None


def _encoded(fields: dict[str, object]) -> str:
    return _base64(json.dumps(fields, separators=(",", ":")).encode())


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
