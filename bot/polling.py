"""Polling: ask Telegram for updates, take each in, and only then move on. For a desk."""

import logging
import threading
from typing import Any

from bot.calls import BotApi, BotApiError, UnreachableError
from bot.receiving import Receiver
from bot.updates import ALLOWED_UPDATES
from voice.errors import NotSavedError

logger = logging.getLogger(__name__)

POLL_SECONDS = 25  # how long Telegram holds a question for updates open
PATIENCE_SECONDS = 10  # how much longer we wait for its answer
FIRST_BREAK_SECONDS = 1.0
LONGEST_BREAK_SECONDS = 60.0
_OTHER_POLLER = (
    "another program is asking for this bot's updates; stop it, or give each its own bot"
)


class Poller:
    """Takes updates in one after the other. A crash at any point repeats, and loses nothing."""

    def __init__(self, api: BotApi, receiver: Receiver) -> None:
        self._api = api
        self._receiver = receiver
        self._stop = threading.Event()
        self._offset = 0
        self._break_seconds = FIRST_BREAK_SECONDS

    def stop(self) -> None:
        """End `run` after the update that is being taken in."""
        self._stop.set()

    def run(self) -> None:
        """Poll until stopped.

        Raises:
            BotApiError: if Telegram says that the token is wrong.
        """
        while not self._stop.is_set():
            try:
                for update in self._fetch():
                    self._take(update)
                self._break_seconds = FIRST_BREAK_SECONDS
            except BotApiError as error:
                self._answer_refusal(error)
            except (UnreachableError, NotSavedError) as error:
                logger.warning("polling paused", extra={"error": type(error).__name__})
                self._pause()

    def _fetch(self) -> list[Any]:
        updates = self._api.call(
            "getUpdates",
            wait_seconds=POLL_SECONDS + PATIENCE_SECONDS,
            offset=self._offset,
            timeout=POLL_SECONDS,
            allowed_updates=ALLOWED_UPDATES,
        )
        return updates if isinstance(updates, list) else []

    def _take(self, update: Any) -> None:
        """Take one update in; the next question to Telegram confirms it, after its commit."""
        reply = self._receiver.take_in(update)
        if isinstance(update, dict) and isinstance(update.get("update_id"), int):
            self._offset = update["update_id"] + 1
        if reply is not None:
            try:
                self._api.call("sendMessage", chat_id=reply.chat, text=reply.text)
            except (BotApiError, UnreachableError):
                logger.info("group not answered")

    def _answer_refusal(self, error: BotApiError) -> None:
        if error.is_token_wrong:
            raise error
        if error.code == 409:
            logger.error(_OTHER_POLLER)
        else:
            logger.warning("polling refused", extra={"code": error.code})
        self._stop.wait(error.retry_after)
        self._pause()

    def _pause(self) -> None:
        self._stop.wait(self._break_seconds)
        self._break_seconds = min(self._break_seconds * 2, LONGEST_BREAK_SECONDS)
