"""A durable transaction for callers outside the pages, with the store's failures in our words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from voice.database import Database
from voice.errors import NotSavedError


@contextmanager
def saving(database: Database, look: Callable[[Session], None] | None = None) -> Iterator[Session]:
    """Give a session that commits, durably, when the block ends; `look` as in `Database.writing`.

    Raises:
        NotSavedError: if the store is down or too busy: nothing was kept, and trying again is
            right. Any other error means that trying again would fail again.
    """
    try:
        with database.writing(look) as session:
            yield session
    except (OperationalError, InterfaceError, PoolTimeoutError) as error:
        raise NotSavedError(type(error).__name__) from error


@contextmanager
def looking(database: Database) -> Iterator[Session]:
    """Give a session that only reads.

    Raises:
        NotSavedError: as `saving`.
    """
    try:
        with database.reading() as session:
            yield session
    except (OperationalError, InterfaceError, PoolTimeoutError) as error:
        raise NotSavedError(type(error).__name__) from error
