"""The worker's watch over concerns, beside its other work: no long job holds an alert up."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from voice.clock import current_time
from voice.config import Settings
from voice.database import Database
from voice.services import escalating, mail

logger = logging.getLogger(__name__)

WATCH_SECONDS = 5.0  # so late may an e-mail about a concern leave
AT_A_LOOK = 20  # letters that leave between two looks, however many wait


@contextmanager
def watching(
    database: Database, settings: Settings, post: mail.Post | None, *, every: float = WATCH_SECONDS
) -> Iterator[None]:
    """Tell whoever must look at a concern, at once and then every few seconds, until the end."""
    ended = threading.Event()
    _look(database, settings, None, ended)

    def watch() -> None:
        while not ended.wait(every):
            _look(database, settings, post, ended)

    thread = threading.Thread(target=watch, name="concerns", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _look(
    database: Database, settings: Settings, post: mail.Post | None, ended: threading.Event
) -> None:
    """Write what is due, and send what waits about concerns alone; whatever breaks, look again."""
    try:
        with database.writing() as session:
            escalating.send_due(session, settings, now=current_time())
        for _ in range(AT_A_LOOK):
            if post is None or ended.is_set() or not _send(database, settings, post):
                break
    except Exception as error:  # noqa: BLE001 - nothing may end the watch over concerns
        logger.error("nobody told of concerns", extra={"error": type(error).__name__})


def _send(database: Database, settings: Settings, post: mail.Post) -> bool:
    now = current_time()
    return mail.send_next(database, settings, post, now=now, about=mail.OF_CONCERNS)
