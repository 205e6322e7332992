"""`voice migrate`: bring the store to the newest schema."""

import click

from voice.cli.opened import opened_database
from voice.database import migrate as bring_to


@click.command()
def migrate() -> None:
    """Bring the database to the newest schema. Safe to run at every start."""
    with opened_database() as database:
        bring_to(database)
    click.echo("The database is up to date.")
