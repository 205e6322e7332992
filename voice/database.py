"""The store: one engine, durable sessions, and how moments and enums lie in it."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from threading import BoundedSemaphore
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import JSON, DateTime, Dialect, Enum, MetaData, TypeDecorator, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import PoolProxiedConnection

from voice.errors import MigrationError
from voice.resources import migrations_folder

SQLITE_BUSY_MILLISECONDS = 10_000
LOOK_SECONDS = 0.0005  # between two looks whether another writer has finished
CLEARING_MILLISECONDS = 1_000
_only_reads = ContextVar("only_reads", default=False)  # what begins at this moment
_ERASED = "erased"  # in a session's info: words were deleted that somebody wanted gone

_NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A moment, aware and in UTC on both stores (SQLite keeps no time zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone, and write it in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware moment."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table. Constraints are named, so that a migration can speak of them."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: Moment,
        dict[str, Any]: JSON,
        list[str]: JSON,
        StrEnum: Enum(
            StrEnum,
            native_enum=False,
            length=40,
            values_callable=lambda kinds: [kind.value for kind in kinds],
        ),
    }


class Database:
    """The way to sessions. A `writing` session commits once at its end; a `reading` one never."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        if parsed.drivername in {"postgres", "postgresql"}:
            parsed = parsed.set(drivername="postgresql+psycopg")
        self.engine = _sqlite(str(parsed)) if parsed.drivername.startswith("sqlite") else (
            create_engine(
                parsed,
                hide_parameters=True,  # an error message is no place for anybody's words
                pool_pre_ping=True,
                pool_size=10,
                max_overflow=20,
                # Whatever the server's own default: "thank you" is said only after the disk has it.
                connect_args={"options": "-c synchronous_commit=on"},
            )
        )  # fmt: skip
        self._turns = _Turns(1 if self.engine.dialect.name == "sqlite" else None)

    @property
    def takes_one_writer(self) -> bool:
        """Return whether writers wait for one another, as on SQLite."""
        return self._turns.are_waited_for

    @contextmanager
    def writing(self, look: Callable[[Session], None] | None = None) -> Iterator[Session]:
        """Give a session that commits, durably, when the block ends without an error.

        Where writers wait for one another (SQLite), `look` may read ahead before the wait. What
        it read can have changed by then, so the block must ask before it relies on it.
        """
        with self._turns.take(), Session(self.engine, expire_on_commit=False) as session:
            if look is not None and self.takes_one_writer:
                _begin_to_read(session)
                look(session)
                _begin_writing_after(session)
                yield session
                session.commit()
            else:
                with session.begin():
                    yield session
        has_erased = session.info.get(_ERASED)
        session.info.clear()  # what was noted points back at the session, which would outlive us
        if has_erased:
            self.clear_log()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session whose changes are never kept. It takes no write lock."""
        with Session(self.engine, autoflush=False) as session:
            _begin_to_read(session)
            yield session
        session.info.clear()

    def clear_log(self) -> bool:
        """Empty SQLite's log of changes, in which erased words still stand; False if it is in use.

        Tried again after the next erasure; the log is also emptied when the last process closes.
        PostgreSQL looks after its own.
        """
        if self.engine.dialect.name != "sqlite":
            return True
        connection = self.engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA busy_timeout={CLEARING_MILLISECONDS}")
            is_busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            cursor.execute(f"PRAGMA busy_timeout={SQLITE_BUSY_MILLISECONDS}")
        finally:
            connection.close()
        return not is_busy

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


class _Turns:
    """Lets so many threads of this process write at a time; the others wait, and cost nothing.

    SQLite takes one writer. Threads that all ask it again and again would take the interpreter's
    lock from the one that writes. None: as many as like, for PostgreSQL queues them itself.
    """

    def __init__(self, at_once: int | None) -> None:
        self._turn = None if at_once is None else BoundedSemaphore(at_once)

    @property
    def are_waited_for(self) -> bool:
        """Return whether writers wait for one another."""
        return self._turn is not None

    @contextmanager
    def take(self) -> Iterator[None]:
        """Wait for a turn, as long as for SQLite's own lock.

        Raises:
            OperationalError: if none comes, as SQLite says it.
        """
        if self._turn is None:
            yield
            return
        if not self._turn.acquire(timeout=SQLITE_BUSY_MILLISECONDS / 1000):
            raise OperationalError("BEGIN IMMEDIATE", None, sqlite3.OperationalError("locked"))
        try:
            yield
        finally:
            self._turn.release()


def note_erased(session: Session) -> None:
    """Ask that nothing of what this session deleted stays in SQLite's log after its commit."""
    session.info[_ERASED] = True


def insert_into(session: Session, table: type[Base]) -> Any:
    """Return an insert that may say what becomes of a row that is there, in the store's dialect."""
    is_postgres = session.get_bind().dialect.name == "postgresql"
    return (postgresql.insert if is_postgres else sqlite.insert)(table)


def _sqlite(url: str) -> Engine:
    """Return an engine whose commits survive a power cut, and whose writers queue politely."""
    engine = create_engine(
        url, hide_parameters=True, connect_args={"timeout": SQLITE_BUSY_MILLISECONDS / 1000}
    )

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",  # erased words leave no trace in free pages
            f"busy_timeout={SQLITE_BUSY_MILLISECONDS}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    # In place of a listener to "begin": with one, SQLAlchemy announces every step it takes.
    engine.dialect.do_begin = _begin  # type: ignore[method-assign, assignment] # bound to nothing
    return engine


def _begin_to_read(session: Session) -> None:
    """Begin at once what only reads, so that on SQLite it takes no lock."""
    _only_reads.set(True)
    try:
        session.connection()
    finally:
        _only_reads.set(False)


def _begin_writing_after(session: Session) -> None:
    """End what only read, and begin to write in what the session takes for the same transaction.

    It had changed nothing, so nothing is to be undone if the lock cannot be had.
    """
    store: Any = session.connection().connection.driver_connection
    store.execute("COMMIT")
    _begin_writing(store)


def _begin(connection: PoolProxiedConnection) -> None:
    store = connection.driver_connection
    if store is None:
        raise InterfaceError("BEGIN", None, ConnectionError())
    if _only_reads.get():
        store.execute("BEGIN")
    else:
        _begin_writing(store)


def _begin_writing(store: Any) -> None:
    """Take the write lock at once: upgrading later can fail with "database is locked".

    SQLite itself waits in steps that grow to a tenth of a second, so that on a busy day somebody
    unlucky waits for seconds. We look about every millisecond, one thread of a process at a time.
    """
    until = time.monotonic() + SQLITE_BUSY_MILLISECONDS / 1000
    store.execute("PRAGMA busy_timeout=0")
    while not _takes_lock(store) and time.monotonic() < until:
        time.sleep(LOOK_SECONDS)
    store.execute(f"PRAGMA busy_timeout={SQLITE_BUSY_MILLISECONDS}")
    if not store.in_transaction:
        raise OperationalError("BEGIN IMMEDIATE", None, sqlite3.OperationalError("locked"))


def _takes_lock(store: Any) -> bool:
    try:
        store.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            return False
        raise OperationalError("BEGIN IMMEDIATE", None, error) from error
    return True


def migrate(database: Database, *, revision: str = "head") -> None:
    """Bring the schema to `revision` in one transaction; going down is for tests and rescue."""
    with _migrating(database.engine) as connection:
        config = _alembic_config(connection)
        if revision == "base" or revision.startswith("-"):
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)


@contextmanager
def _migrating(engine: Engine) -> Iterator[Connection]:
    """Give a connection in one transaction, in which a table may be made anew with its rows.

    SQLite changes most of a table by making it anew and dropping the old one, and a drop deletes
    whatever hangs on it. So its foreign keys rest meanwhile, and are checked before the commit.
    """
    with engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        raw = connection.connection.dbapi_connection
        if is_sqlite and raw is not None:
            raw.execute("PRAGMA foreign_keys=OFF")  # works only before the transaction begins
        try:
            with connection.begin():
                yield connection
                if is_sqlite:
                    _check_foreign_keys(connection)
        finally:
            if is_sqlite and raw is not None:
                raw.execute("PRAGMA foreign_keys=ON")


def _check_foreign_keys(connection: Connection) -> None:
    orphan = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if orphan is not None:
        raise MigrationError(f"a row of {orphan[0]} would hang on nothing")


def schema_differences(database: Database) -> list[Any]:
    """Return what the models say and the migrated store does not, for a test to be empty."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        return list(compare_metadata(context, Base.metadata))


def _alembic_config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    config.attributes["metadata"] = Base.metadata
    return config
