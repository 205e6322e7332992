"""`voice audit`: whether the trail of who did what is still as it was written."""

import click

from voice.cli.opened import opened_database
from voice.database import migrate
from voice.services import audit as trail


@click.group()
def audit() -> None:
    """The trail of who did what."""


@audit.command()
@click.option(
    "--noted",
    nargs=2,
    type=(click.IntRange(min=1), str),
    metavar="ENTRY HASH",
    help="An entry and its hash as an earlier check printed them, kept outside this machine.",
)
def check(noted: tuple[int, str] | None) -> None:
    """Read every entry; print the first that was changed, deleted, added or moved.

    Ends with 1 if there is one. Write down what it prints at the end, somewhere else: with
    --noted it also finds a trail that was written anew from its beginning.
    """
    with opened_database() as database:
        migrate(database)
        with database.reading() as session:
            found = trail.check(session, noted=noted)
    if found.broken is not None:
        raise click.ClickException(f"broken at entry {found.broken}: {found.wrong}")
    click.echo(f"{found.number} entries, as they were written. Write down: "
               f"{found.number} {found.hash}")  # fmt: skip
