"""Rows of the store as objects, made in few steps.

SQLAlchemy works out anew for each statement how a row becomes objects, which takes longer than to
read it. Here that is worked out once. What is made is as if SQLAlchemy had read it: the session
knows it, writes what is changed in it, and reads what is still missing.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from sqlalchemy import Column, ColumnElement, inspect
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import instance_dict, instance_state, set_committed_value

from voice.database import Base

Row = dict[str, Any]
Kind = TypeVar("Kind", bound=Base)


class RowsOf(Generic[Kind]):
    """How the rows of one table become objects. Its key is one column, `id`."""

    def __init__(self, kind: type[Kind]) -> None:
        mapper = inspect(kind)
        properties = list(mapper.column_attrs)
        self.kind, self._manager = kind, mapper.class_manager
        self.names = tuple(each.key for each in properties)
        self.columns: tuple[ColumnElement[Any], ...] = tuple(each.columns[0] for each in properties)
        self._place_of_key = self.names.index("id")
        table = kind.metadata.tables[kind.__tablename__]
        self._defaults = tuple((name, _default_of(table.c[name])) for name in self.names)

    def new_row(self, given: Mapping[str, object]) -> Row:
        """Return a whole row, in order; what is not `given` is as for a new object."""
        return {name: given[name] if name in given else made(None) for name, made in self._defaults}

    def row_of(self, one: Kind) -> tuple[Any, ...]:
        """Return what stands in the columns of an object."""
        return tuple(getattr(one, name) for name in self.names)

    def known(self, session: Session, row: Sequence[Any], **beside: object) -> Kind:
        """Return the object of a row with all `columns`: the one that the session knows, if any.

        `beside` are other objects that it is related to.
        """
        key = (self.kind, (row[self._place_of_key],), None)
        known: Kind | None = session.identity_map.get(key)
        if known is not None:
            return known
        made: Any = self._manager.new_instance()
        state = instance_state(made)
        state.key, state.session_id = key, session.hash_key
        instance_dict(made).update(zip(self.names, row, strict=True), **beside)
        session.identity_map.add(state)
        one: Kind = made
        return one

    def fresh(self, session: Session, row: Sequence[Any]) -> Kind:
        """Return the same, with what stands in the row now in place of what the session knew."""
        one = self.known(session, row)
        for name, value in zip(self.names, row, strict=True):
            set_committed_value(one, name, value)
        return one


def _default_of(column: Column[Any]) -> Callable[[object], object]:
    """Return what makes the value of a column of which nothing was said."""
    default = getattr(column.default, "arg", None)
    if callable(default):
        made: Callable[[object], object] = default
        return made
    return lambda _: default
