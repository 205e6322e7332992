"""Fetch what somebody sent, from Telegram's own servers, before its turn is taken."""

import logging
from dataclasses import replace

import httpx

from bot.calls import BotApi, BotApiError, UnreachableError
from surveys.media import BYTES_A_MB, MediaQuestion
from surveys.refusals import Refusal
from surveys.turns import Media
from voice.config import Settings
from voice.services import media
from voice.services.chat_arrivals import Arrival, FileSent
from voice.services.media_content import MediaRefusedError

logger = logging.getLogger(__name__)

FETCH_SECONDS = 20.0


class TooLargeError(Exception):
    """The file has more bytes than the question takes; the rest was not fetched."""


def with_file(arrival: Arrival, question: MediaQuestion, settings: Settings) -> Arrival:
    """Return the arrival with its file put away, or with why it was not taken."""
    sent, kind = arrival.file, arrival.event
    if sent is None or not isinstance(kind, Media):
        return arrival
    try:
        content = fetch(settings, sent, most_bytes=question.max_mb * BYTES_A_MB)
        stored = media.put_away(media.folder_of(settings), content, name=sent.name)
    except TooLargeError:
        return _refused(arrival, kind, Refusal.TOO_LARGE)
    except MediaRefusedError as refused:
        return _refused(arrival, kind, refused.refusal)
    except (BotApiError, UnreachableError) as error:
        logger.warning("file not fetched", extra={"error": type(error).__name__})
        return _refused(arrival, kind, Refusal.DAMAGED)
    return replace(arrival, event=replace(kind, stored=stored, words=arrival.caption))


def _refused(arrival: Arrival, kind: Media, refusal: Refusal) -> Arrival:
    return replace(arrival, event=replace(kind, refusal=refusal))


def fetch(settings: Settings, sent: FileSent, *, most_bytes: int) -> bytes:
    """Return the bytes of a file, never more than `most_bytes`, whatever Telegram says of it.

    Raises:
        TooLargeError: if it has more.
        BotApiError: if the Bot API refuses.
        UnreachableError: if it does not answer in time, or with anything but the file.
    """
    if sent.size_bytes > most_bytes:
        raise TooLargeError
    api = BotApi(settings)
    try:
        found = api.call("getFile", file_id=sent.file_id)
    finally:
        api.close()
    path = found.get("file_path") if isinstance(found, dict) else None
    if not isinstance(path, str) or not path:
        raise UnreachableError("no path")
    # Never logged: the address has the token in it.
    root = settings.telegram_file_api or settings.telegram_api
    address = f"{root}/file/bot{settings.telegram_token}/{path}"
    return _download(address, most_bytes)


def _download(address: str, most_bytes: int) -> bytes:
    parts, length = [], 0
    try:
        with httpx.stream("GET", address, timeout=FETCH_SECONDS) as reply:
            if reply.status_code != 200:
                raise UnreachableError(str(reply.status_code))
            for part in reply.iter_bytes():
                length += len(part)
                if length > most_bytes:
                    raise TooLargeError
                parts.append(part)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise UnreachableError(type(error).__name__) from None
    return b"".join(parts)
