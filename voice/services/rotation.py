"""Rotating the keys: everything sealed with an older key is sealed anew, while people answer.

The old key stays in its file, for words in a backup need it, until those are gone as well.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    LargeBinary,
    Table,
    Text,
    and_,
    bindparam,
    cast,
    delete,
    func,
    not_,
    select,
    update,
)
from sqlalchemy.orm import Session

from voice.database import Base, Database, insert_into
from voice.models import AuditEntry, SealingKey
from voice.sealed import MARK, Key, Keys, Sealed, SealedBytes, SealedJson
from voice.services import audit

AT_ONCE = 500  # rows sealed anew between two writes, so that nobody waits long
BACKUPS_KEPT = timedelta(days=35)
EMPTIED = "key needed by backups alone"  # from then on, no value of the store needs it


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A column of sealed words, and the key of its table."""

    table: Table
    key: ColumnElement[Any]
    column: ColumnElement[Any]

    def is_sealed_with(self, key_id: str) -> ColumnElement[bool]:
        """Say that a row's words were sealed with this key."""
        mark = f"{MARK}{key_id}:"
        if isinstance(self.column.type, SealedBytes):
            return cast(func.substr(self.column, 1, len(mark)), LargeBinary) == mark.encode()
        written = cast(self.column, Text)
        return written.like(f'"{mark}%' if isinstance(self.column.type, SealedJson) else f"{mark}%")

    @property
    def is_sealed(self) -> ColumnElement[bool]:
        """Say that a row has words there."""
        if isinstance(self.column.type, SealedBytes):
            return func.length(self.column) > 0
        return cast(self.column, Text).not_in(["", "[]", "{}", "null"])


def sealed_columns() -> Sequence[SealedColumn]:
    """Return every column that holds sealed words."""
    return [
        SealedColumn(table, next(iter(table.primary_key)), column)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Sealed | SealedJson | SealedBytes)
    ]


def count_sealed(session: Session, key_id: str) -> int:
    """Return how many values are sealed with this key."""
    return sum(_count(session, one, one.is_sealed_with(key_id)) for one in sealed_columns())


def count_others(session: Session, key_id: str) -> int:
    """Return how many values are sealed with any other key."""
    return sum(_count(session, one, _other(one, key_id)) for one in sealed_columns())


def begin(database: Database, keys: Keys, *, today: date) -> Key:
    """Return the key to seal with: a new one, unless a rotation of today is not finished."""
    with database.reading() as session:
        is_of_today = keys.current.made_on == today
        is_unfinished = is_of_today and count_others(session, keys.current.id) > 0
    current = keys.current if is_unfinished else keys.add(on=today)
    with database.writing() as session:
        noted = insert_into(session, SealingKey).values(id=current.id, made_on=current.made_on)
        session.execute(noted.on_conflict_do_nothing())
    return current


def seal_anew(database: Database, key_id: str) -> Iterator[int]:
    """Seal with this key whatever another one sealed, and say after each step how many it were."""
    for one in sealed_columns():
        last = None
        while True:
            with database.writing() as session:
                some = _some(session, one, key_id, after=last)
                _write(session, one, some)
            if not some:
                break
            last = some[-1][0]
            yield len(some)
    database.clear_log()


def note_emptied(database: Database, keys: Keys, *, now: datetime) -> None:
    """Write down, once for each older key, that from now on backups alone need it."""
    with database.writing() as session:
        noted = _emptied(session)
        for key_id in keys.all:
            is_old = key_id != keys.current.id and key_id not in noted
            if is_old and not count_sealed(session, key_id):
                audit.record(session, None, EMPTIED, key_id, now=now)


def drop_old(database: Database, keys: Keys, *, today: date) -> list[str]:
    """Drop each key that neither the store nor a backup needs, and return their ids."""
    with database.reading() as session:
        emptied = _emptied(session)
    dropped = []
    for key_id in [*keys.all]:
        if key_id not in emptied or emptied[key_id].date() > today - BACKUPS_KEPT:
            continue
        with database.writing() as session:
            if count_sealed(session, key_id):
                continue
            session.execute(delete(SealingKey).where(SealingKey.id == key_id))
        keys.drop(key_id)
        dropped.append(key_id)
    return dropped


def _emptied(session: Session) -> dict[str, datetime]:
    """Return when each key was needed by backups alone."""
    noted = select(AuditEntry.subject, AuditEntry.at).where(AuditEntry.action == EMPTIED)
    return {key_id: at for key_id, at in session.execute(noted)}


def _other(one: SealedColumn, key_id: str) -> ColumnElement[bool]:
    return and_(one.is_sealed, not_(one.is_sealed_with(key_id)))


def _count(session: Session, one: SealedColumn, condition: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(one.table).where(condition)) or 0


def _some(session: Session, one: SealedColumn, key_id: str, *, after: Any) -> Sequence[Any]:
    found = select(one.key, one.column).where(_other(one, key_id)).order_by(one.key)
    if after is not None:
        found = found.where(one.key > after)
    return session.execute(found.limit(AT_ONCE).with_for_update()).all()


def _write(session: Session, one: SealedColumn, some: Sequence[Any]) -> None:
    if not some:
        return
    words = bindparam("sealed_anew", type_=one.column.type)
    change = update(one.table).where(one.key == bindparam("which")).values({one.column: words})
    session.connection().execute(
        change, [{"which": key, "sealed_anew": said} for key, said in some]
    )
