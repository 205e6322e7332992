"""The worker's watch over concerns, beside its other work: no long job holds an alert up."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from voice.clock import current_time
from voice.config import Settings
from voice.database import Database
from voice.services import escalating, mail

logger = logging.getLogger(__name__)

WATCH_SECONDS = 5.0  # so late may an e-mail about a concern leave


@contextmanager
def watching(
    database: Database, settings: Settings, post: mail.Post | None, *, every: float = WATCH_SECONDS
) -> Iterator[None]:
    """Tell whoever must look at a concern, at once and then every few seconds, until the end."""
    ended = threading.Event()
    _look(database, settings, post=None)

    def watch() -> None:
        while not ended.wait(every):
            _look(database, settings, post)

    thread = threading.Thread(target=watch, name="concerns", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _look(database: Database, settings: Settings, post: mail.Post | None) -> None:
    """Write what is due, and send it; the next look does it if the store is away."""
    try:
        with database.writing() as session:
            told = escalating.send_due(session, settings, now=current_time())
        while (
            told
            and post is not None
            and mail.send_next(database, settings, post, now=current_time())
        ):
            continue
    except DBAPIError as error:
        logger.error("nobody told of concerns", extra={"error": type(error).__name__})
