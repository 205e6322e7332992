"""A plain way to call the Bot API, for receiving and for setting up. Sending is in the sender."""

from typing import Any

import httpx

from voice.config import Settings


class BotApiError(Exception):
    """The Bot API refused. Holds its code and words; never the address, which has the token."""

    def __init__(self, code: int, description: str, retry_after: int = 0) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.retry_after = retry_after

    @property
    def is_token_wrong(self) -> bool:
        """Whether no call with this token can ever work."""
        return self.code in {401, 404}


class UnreachableError(Exception):
    """The Bot API gave no answer in time: nobody knows whether it did what was asked."""


class BotApi:
    """The Bot API of one bot, one call after the other."""

    def __init__(self, settings: Settings) -> None:
        self._root = f"{settings.telegram_api}/bot{settings.telegram_token}"
        self._client = httpx.Client(timeout=10)

    def call(self, method: str, *, wait_seconds: float = 10, **arguments: Any) -> Any:
        """Return the result of one call.

        Raises:
            BotApiError: if the Bot API refuses.
            UnreachableError: if it does not answer within `wait_seconds`, or not in JSON.
        """
        address = f"{self._root}/{method}"
        try:
            reply = self._client.post(address, json=arguments, timeout=wait_seconds).json()
        except (httpx.HTTPError, ValueError) as error:
            raise UnreachableError(type(error).__name__) from None
        if isinstance(reply, dict) and reply.get("ok") is True:
            return reply.get("result")
        refusal = reply if isinstance(reply, dict) else {}
        parameters = refusal.get("parameters") or {}
        raise BotApiError(
            int(refusal.get("error_code") or 0),
            str(refusal.get("description") or "no answer that we understand"),
            int(parameters.get("retry_after") or 0),
        )

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()
