"""Opening the store, with the keys without which its words are only letters (PRI-11)."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

from sqlalchemy import inspect, select

from voice import sealed
from voice.clock import current_time
from voice.config import Settings
from voice.database import Database, migrate
from voice.errors import SettingsError
from voice.models import SealingKey


def open_store(settings: Settings) -> Database:
    """Return the store of a service, and seal with its keys from now on in this process.

    A store that has no words yet gets its first key.

    Raises:
        SettingsError: if a key that its words need is not there. Nothing has been changed.
    """
    database = Database(settings.database_url)
    needed = needed_keys(database)
    path = settings.keys_file
    if not path.exists() and needed:
        database.close()
        raise SettingsError(_missing(settings, needed))
    sealed.make_keys(path, on=current_time().date())
    keys = sealed.Keys(path)
    if lacking := [each for each in needed if each not in keys.all]:
        database.close()
        raise SettingsError(_missing(settings, lacking))
    sealed.use(keys)
    return database


@contextmanager
def migrated_store(settings: Settings) -> Iterator[Database]:
    """Give the store with the newest schema, and let go of it at the end.

    Raises:
        SettingsError: as `open_store`.
    """
    with closing(open_store(settings)) as database:
        migrate(database)
        yield database


def needed_keys(database: Database) -> Sequence[str]:
    """Return the ids of the keys that the words of this store are sealed with."""
    if not inspect(database.engine).has_table(SealingKey.__tablename__):
        return []
    with database.reading() as session:
        return session.scalars(select(SealingKey.id).order_by(SealingKey.id)).all()


def _missing(settings: Settings, lacking: Sequence[str]) -> str:
    named = ", ".join(lacking)
    return (
        f"the words in this store are sealed with a key that is not in {settings.keys_file} "
        f"({named}). Put the file back from where its copy is kept, or say in VOICE_SEALING_KEYS "
        "where it lies. Nothing has been changed."
    )
