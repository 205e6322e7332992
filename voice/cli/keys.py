"""`voice keys`: the keys that people's words are sealed with in the store."""

import sys
from time import sleep

import click

from voice.cli.opened import opened_database
from voice.cli.progress import ProgressBar
from voice.clock import current_time
from voice.database import Database
from voice.sealed import LOOK_SECONDS, Keys, keys_in_use
from voice.services import rotation

WAIT_SECONDS = LOOK_SECONDS + 5  # by then every part of the service has looked at the file
WAITS = 5


@click.group()
def keys() -> None:
    """See and change the keys that people's words are sealed with."""


@keys.command("list")
def list_keys() -> None:
    """Show each key by its id, since when it sealed, and how many values need it."""
    with opened_database() as database, database.reading() as session:
        ours = keys_in_use()
        click.echo(f"The keys are in {ours.path}. Keep a copy apart from the backups.")
        for key in ours.all.values():
            count = rotation.count_sealed(session, key.id)
            seals = ", seals now" if key is ours.current else ""
            click.echo(f"{key.id}  made {key.made_on.isoformat()}  seals {count} values{seals}")


@keys.command()
def rotate() -> None:
    """Make a new key and seal everything anew with it; one that stopped today is taken up again.

    People may answer meanwhile: it waits a minute, until all parts of the service seal with the
    new key. An old key is kept for backups, and dropped by the first rotation 35 days after
    nothing in the store needed it any more.
    """
    with opened_database() as database:
        ours = keys_in_use()
        today = current_time().date()
        dropped = rotation.drop_old(database, ours, today=today)
        current = rotation.begin(database, ours, today=today)
        count = _seal_anew(database, current.id) + _seal_late_ones(database, ours)
        rotation.note_emptied(database, ours, now=current_time())
        click.echo(f"{count} values are sealed anew with key {current.id}.")
        for key_id in dropped:
            click.echo(f"Key {key_id} was dropped: nothing needs it any more.")
        _say_what_to_keep(ours)


def _seal_anew(database: Database, key_id: str) -> int:
    with database.reading() as session:
        total = rotation.count_others(session, key_id)
    bar, count = ProgressBar(sys.stderr), 0
    for some in rotation.seal_anew(database, key_id):
        count += some
        bar.show(min(1.0, count / max(total, 1)), "sealing anew")
    bar.finish()
    return count


def _seal_late_ones(database: Database, ours: Keys) -> int:
    """Seal anew what other parts of the service sealed before they looked at the file."""
    count = 0
    for _ in range(WAITS):
        click.echo("Waiting until every part of the service seals with the new key.", err=True)
        sleep(WAIT_SECONDS)
        late = _seal_anew(database, ours.current.id)
        count += late
        if not late:
            return count
    raise click.ClickException(
        f"Somebody still seals with an older key. Copy {ours.path} to every machine of the service,"
        " then run `voice keys rotate` again."
    )


def _say_what_to_keep(ours: Keys) -> None:
    click.echo(f"Copy {ours.path} to where its copy is kept, apart from the backups.")
