"""What the bot tells Telegram once, when it starts: its commands, and where updates go."""

import logging
import threading
from typing import Any

from bot.calls import BotApi, BotApiError, UnreachableError
from bot.updates import ALLOWED_UPDATES
from surveys.catalogue import LANGUAGES, say
from voice.config import Settings

logger = logging.getLogger(__name__)

BREAK_SECONDS = 5.0
COMMANDS = (
    ("start", "Begin, or carry on"),
    ("help", "Get help now"),
    ("skip", "Leave this question out"),
    ("back", "Go back one question"),
    ("stop", "Stop for now"),
    ("delete", "Delete my answers"),
    ("code", "I have a code"),
)


class Introduction:
    """Tells Telegram about us, trying again until Telegram can be reached."""

    def __init__(self, api: BotApi, settings: Settings) -> None:
        self._api = api
        self._settings = settings
        self._stop = threading.Event()

    def stop(self) -> None:
        """Give up trying."""
        self._stop.set()

    def find_name(self) -> str:
        """Return the bot's own username; empty while Telegram cannot be reached.

        Raises:
            BotApiError: if Telegram says that the token is wrong.
        """
        try:
            me = self._api.call("getMe")
        except UnreachableError:
            logger.warning("Telegram cannot be reached; going on trying")
            return ""
        except BotApiError as error:
            if error.is_token_wrong:
                raise
            return ""
        return str(me.get("username", "")) if isinstance(me, dict) else ""

    def begin_polling(self) -> None:
        """Take the webhook away, so that polling may begin; nothing that waits is dropped."""
        self._insist("deleteWebhook", drop_pending_updates=False)
        self._set_commands()

    def begin_webhook(self) -> None:
        """Tell Telegram where to post updates, and with which secret."""
        self._insist(
            "setWebhook",
            url=self._settings.telegram_webhook_url,
            secret_token=self._settings.telegram_webhook_secret,
            allowed_updates=ALLOWED_UPDATES,
            drop_pending_updates=False,
        )
        self._set_commands()

    def _set_commands(self) -> None:
        """List the commands in the menu, in each language that a phone may be set to."""
        languages = sorted(path.stem for path in LANGUAGES.glob("*.yaml"))
        try:
            self._api.call("setMyCommands", commands=_commands_in("en"))
            for language in languages:
                commands = _commands_in(language)
                self._api.call("setMyCommands", commands=commands, language_code=language)
        except (BotApiError, UnreachableError):
            logger.info("commands not set")

    def _insist(self, method: str, **arguments: Any) -> None:
        """Call until it worked; the log says how it goes. A wrong token is hopeless."""
        while not self._stop.is_set():
            wait = BREAK_SECONDS
            try:
                self._api.call(method, **arguments)
            except UnreachableError:
                logger.warning("Telegram cannot be reached", extra={"method": method})
            except BotApiError as error:
                logger.warning("not set up", extra={"method": method, "code": error.code})
                if error.is_token_wrong:
                    return
                wait = error.retry_after or BREAK_SECONDS
            else:
                logger.info("set up", extra={"method": method})
                return
            self._stop.wait(wait)


def _commands_in(language: str) -> list[dict[str, str]]:
    return [{"command": name, "description": say(language, says)} for name, says in COMMANDS]
