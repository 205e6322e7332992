"""Statements that go straight to SQLite, and rows that become objects without SQLAlchemy's steps.

To compile a statement anew, announce it and wrap what came back costs SQLAlchemy fifty to a
hundred calls each time. What every update of a chat needs is compiled once instead, and given to
the driver. On PostgreSQL, and where somebody listens to statements, it goes the usual way.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, Generic
from uuid import UUID

from sqlalchemy import Dialect, Enum, Executable, Select, Uuid, bindparam, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler

from voice.database import Moment
from voice.services.rows import Kind, RowsOf

Given = Mapping[str, Any]
_Convert = Callable[[Any], Any] | None
_STORE = "the store as its driver has it"  # in a session's notes


class Straight:
    """One statement, whose values are all bound by name; an INSERT names every column it fills."""

    def __init__(self, statement: Executable) -> None:
        self.statement = statement
        self._ready: _Ready | None = None

    def rows(self, session: Session, given: Given) -> Sequence[Sequence[Any]]:
        """Carry it out and return the rows that it gives, with values as the models have them."""
        store = _store_of(session)
        if store is None:
            return session.connection().execute(self.statement, given).all()
        ready = self._ready or self._prepared(session)
        raw = _carried_out(store, ready.text, ready.bound(given)).fetchall()
        return [ready.read(row) for row in raw] if ready.reads else raw

    def raw_rows(self, session: Session, given: Given) -> Sequence[Sequence[Any]]:
        """Carry it out on SQLite and return its rows as SQLite has them."""
        store = _store_of(session) or session.connection().connection.driver_connection
        ready = self._ready or self._prepared(session)
        return _carried_out(store, ready.text, ready.bound(given)).fetchall()

    def carry_out(self, session: Session, *each: Given) -> None:
        """Carry it out with each of these values in turn; it gives nothing back."""
        store = _store_of(session)
        if store is None:
            session.connection().execute(self.statement, list(each))
            return
        ready = self._ready or self._prepared(session)
        for given in each:
            _carried_out(store, ready.text, ready.bound(given))

    def _prepared(self, session: Session) -> "_Ready":
        self._ready = _Ready(self.statement, session.get_bind().dialect)
        return self._ready


class _Ready:
    """The text of a statement for SQLite, and how its values are written and read."""

    def __init__(self, statement: Executable, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)  # type: ignore[attr-defined] # all can
        if not isinstance(compiled, SQLCompiler) or compiled.insert_prefetch:
            raise TypeError("a column is filled by nobody")
        names = compiled.positiontup or []
        kinds = [compiled.binds[name].type for name in names]
        given = compiled.construct_params(_check=False)
        self._fixed = {name: each for name, each in given.items() if each is not None}
        self._in_order = _getter(names)
        converts = [convert_for_store(kind, dialect) for kind in kinds]
        self._converts = [(at, each) for at, each in enumerate(converts) if each is not None]
        self.text = compiled.string
        columns = statement.selected_columns if isinstance(statement, Select) else ()
        self._read = [convert_from_store(each.type, dialect) for each in columns]
        self.reads = any(self._read)

    def bound(self, given: Given) -> Sequence[Any]:
        """Return the values in the statement's order, as SQLite takes them."""
        values = [*self._in_order({**self._fixed, **given} if self._fixed else given)]
        for at, convert in self._converts:
            values[at] = convert(values[at])
        return values

    def read(self, row: Sequence[Any]) -> list[Any]:
        """Return a row with its values as the models have them."""
        both = zip(self._read, row, strict=True)
        return [
            each if each is None or convert is None else convert(each) for convert, each in both
        ]


def write_changes(session: Session) -> None:
    """Write what was changed of objects, as SQLAlchemy does by itself before it asks anything."""
    if session.autoflush:
        session.flush()


class Part(Generic[Kind]):
    """The columns of one table among those of a row, which become an object of a session."""

    def __init__(self, kind: type[Kind]) -> None:
        self._rows = RowsOf(kind)
        self.columns = self._rows.columns
        self._insert = Straight(
            insert(kind).values({name: bindparam(f"new_{name}") for name in self._rows.names})
        )
        self._reads: list[_Convert] | None = None

    def values(self, raw: Sequence[Any], dialect: Dialect) -> tuple[Any, ...]:
        """Return what SQLite gave for these columns as the model has it."""
        if self._reads is None:
            self._reads = [convert_from_store(each.type, dialect) for each in self.columns]
        both = zip(self._reads, raw, strict=True)
        return tuple(
            [each if each is None or convert is None else convert(each) for convert, each in both]
        )

    def add(self, session: Session, given: Given, **beside: object) -> Kind:
        """Write a new row, whose other columns get their defaults, and return its object.

        `beside` are other objects that it is related to.
        """
        session.flush()  # what it hangs on, if somebody made that as an object
        values = self._rows.new_row(given)
        self._insert.carry_out(session, {f"new_{name}": each for name, each in values.items()})
        return self.put(session, tuple(values.values()), **beside)

    def put(self, session: Session, values: Sequence[Any], **beside: object) -> Kind:
        """Return the object of a row in this session, as if the session had loaded it itself."""
        return self._rows.known(session, values, **beside)


def convert_for_store(kind: Any, dialect: Dialect) -> _Convert:
    """Return what makes a value of this type into one that the driver takes; None: nothing."""
    convert: _Convert = kind.dialect_impl(dialect).bind_processor(dialect)
    return _kept_ready(convert) if isinstance(kind, Moment | Enum) else convert


def convert_from_store(kind: Any, dialect: Dialect) -> _Convert:
    """Return what makes what the driver gives into a value of this type; None: nothing."""
    convert: _Convert = kind.dialect_impl(dialect).result_processor(dialect, None)
    if isinstance(kind, Uuid):
        return _read_id
    return _kept_ready(convert) if isinstance(kind, Moment | Enum) else convert


def _kept_ready(convert: _Convert) -> _Convert:
    """Return the same, which knows what it made of the moments and names that came just now."""
    return lru_cache(maxsize=4_096)(convert) if convert is not None else None


@lru_cache(maxsize=4_096)
def _read_id(written: str) -> UUID:
    """Return the id that SQLite keeps as these letters; the same few come in every row."""
    return UUID(written)


def _getter(names: Sequence[str]) -> Callable[[Given], Sequence[Any]]:
    """Return what takes the values of these names out of all that is given."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda given: [given[name] for name in names]


def _store_of(session: Session) -> Any:
    """Return SQLite itself as this session writes to it; None on PostgreSQL, or if it is heard.

    Found once in each transaction: after it, the session may be given another connection.
    """
    transaction = session.get_transaction()
    known: tuple[Any, Any] | None = session.info.get(_STORE)
    if known is not None and known[0] is transaction and transaction is not None:
        return known[1]
    connection = session.connection()
    is_heard = connection._has_events or connection.engine._has_events
    may_go_straight = connection.dialect.name == "sqlite" and not is_heard
    store = connection.connection.driver_connection if may_go_straight else None
    session.info[_STORE] = (session.get_transaction(), store)
    return store


def _carried_out(store: Any, text: str, values: Sequence[Any]) -> sqlite3.Cursor:
    """Give it to the driver.

    Raises:
        DBAPIError: if the store refuses, of the kind that SQLAlchemy makes of it.
    """
    try:
        cursor: sqlite3.Cursor = store.execute(text, values)
    except sqlite3.Error as error:  # what was given may be somebody's words: it is not repeated
        raise DBAPIError.instance(text, None, error, sqlite3.Error, True) from error
    return cursor
