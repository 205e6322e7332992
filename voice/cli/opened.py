"""The store, as every command opens it."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from voice.config import Settings, read_settings
from voice.database import Database
from voice.errors import SettingsError
from voice.services.stores import open_store


def settings_or_exit() -> Settings:
    """Return the settings; stop with one line that says the cure when they cannot be used."""
    try:
        return read_settings()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def opened_database(settings: Settings | None = None) -> Iterator[Database]:
    """Give the store, and let go of it at the end; stop with one line if its keys are missing."""
    try:
        database = open_store(settings or settings_or_exit())
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    try:
        yield database
    finally:
        database.close()
