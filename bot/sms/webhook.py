"""The webhook for texts: committed first, and only then answered with 200.

A small WSGI application of its own; any number of them may run side by side.
"""

import hmac
import logging
import re
import time
from collections.abc import Callable, Iterable
from functools import partial

from bot.sms.gateways import sign
from bot.sms.inbound import Stop, Unreadable, read_notify, read_own
from bot.webhook import Environ, StartResponse, read_body
from voice.clock import current_time
from voice.config import Settings
from voice.database import Database
from voice.errors import NotSavedError
from voice.models import Channel
from voice.services import chat_ahead, chat_outside, chats
from voice.services.chat_arrivals import Arrival
from voice.services.storing import saving

logger = logging.getLogger(__name__)

OWN, NOTIFY, HEALTH = "/sms", "/notify", "/health"
FRESH_SECONDS = 300  # an older signature may be a recording
_SIGNATURE = re.compile(r"t=([0-9]{1,12}),v1=[0-9a-f]{64}")
_BEARER = "Bearer "
_OK, _FORBIDDEN, _TOO_LARGE = "200 OK", "403 Forbidden", "413 Content Too Large"
_NOT_FOUND, _WRONG_METHOD = "404 Not Found", "405 Method Not Allowed"
_DOWN = "503 Service Unavailable"


class SmsWebhook:
    """Answers gateways: 200 after the commit, 403 unsigned, 503 while the store is down."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        wake_sender: Callable[[], None] = lambda: None,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._settings = settings
        self._wake_sender = wake_sender
        self._clock = clock

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        start_response(self._answer(environ), [("Content-Length", "0")])
        return [b""]

    def _answer(self, environ: Environ) -> str:
        path = environ.get("PATH_INFO")
        if path == HEALTH:
            return _OK
        if path not in {OWN, NOTIFY}:
            return _NOT_FOUND
        if environ["REQUEST_METHOD"] != "POST":
            return _WRONG_METHOD
        body = read_body(environ)
        if body is None:
            return _TOO_LARGE
        is_known = self._is_notify(environ) if path == NOTIFY else self._is_signed(environ, body)
        if not is_known:
            return _FORBIDDEN
        return self._take(read_notify(body) if path == NOTIFY else read_own(body))

    def _is_notify(self, environ: Environ) -> bool:
        given = str(environ.get("HTTP_AUTHORIZATION", "")).removeprefix(_BEARER)
        return _is_same(given, self._settings.notify_token)

    def _is_signed(self, environ: Environ, body: bytes) -> bool:
        given = str(environ.get("HTTP_VOICE_SIGNATURE", ""))
        found = _SIGNATURE.fullmatch(given)
        if found is None or abs(self._clock() - int(found[1])) > FRESH_SECONDS:
            return False
        secret = self._settings.sms_secret
        return bool(secret) and _is_same(given, sign(secret, body, at=int(found[1])))

    def _take(self, said: Arrival | Stop | Unreadable) -> str:
        try:
            match said:
                case Unreadable(words=words):
                    # It would come again and again, and hold up the texts behind it.
                    logger.warning("text not readable")
                    with saving(self._database) as session:
                        chat_outside.hear_unreadable(
                            session, Channel.SMS, words, now=current_time()
                        )
                case Stop(arrival=arrival):
                    with saving(self._database) as session:
                        chats.stop(session, arrival, self._settings, now=current_time())
                case Arrival() as arrival:
                    self._receive(arrival)
        except NotSavedError as error:
            logger.error("text not kept", extra={"error": str(error)})
            return _DOWN
        self._wake_sender()
        return _OK

    def _receive(self, arrival: Arrival) -> None:
        try:
            look = partial(chat_ahead.look, arrival=arrival, settings=self._settings)
            with saving(self._database, look) as session:
                chats.receive(session, arrival, self._settings, now=current_time())
        except NotSavedError:
            raise
        except Exception as error:  # noqa: BLE001 - the outermost edge of a chat's turn
            # Only the error's name: its message may hold the person's words.
            logger.error("turn failed", extra={"error": type(error).__name__})
            with saving(self._database) as session:
                chats.apologise(session, arrival, self._settings, now=current_time())


def _is_same(given: str, wanted: str) -> bool:
    """Return whether both are the same secret; none is nobody's."""
    return bool(wanted) and hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())
