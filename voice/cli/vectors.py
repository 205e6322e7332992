"""`voice vectors`: read the answers that nobody has read yet for what they mean, all at once."""

import sys
from functools import partial

import click

from voice.analysis.cluster import encode_on_cluster
from voice.analysis.encoder import find_encoder
from voice.cli.opened import opened_database
from voice.cli.progress import ProgressBar
from voice.database import Database
from voice.services import answer_vectors

AT_ONCE = 2_000
MISSING = "The encoder's files are missing, so reports go by words alone: assets/encoder/README.md."


@click.command()
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="A Dask scheduler, such as tcp://10.0.0.5:8786, whose workers do the reading.",
)
def vectors(*, cluster: str | None) -> None:
    """Read what answers mean, such as after a large import. The worker does so by and by.

    It may be stopped at any time: the next run goes on where this one stopped.
    """
    if find_encoder() is None:
        raise click.ClickException(MISSING)
    encode = partial(encode_on_cluster, address=cluster) if cluster else None
    progress = ProgressBar(sys.stderr)
    with opened_database() as database:
        with database.reading() as session:
            waiting = answer_vectors.count_waiting(session)
        done = 0
        while read := _read_some(database, encode):
            done += read
            progress.show(min(1.0, done / max(1, waiting)), "Reading what answers mean")
    progress.finish()
    click.echo(f"{done} answer{'' if done == 1 else 's'} read.")


def _read_some(database: Database, encode: answer_vectors.Encode | None) -> int:
    try:
        return answer_vectors.read_new(database, most=AT_ONCE, encode=encode)
    except OSError as error:
        raise click.ClickException(
            "The cluster does not answer. What was read so far is kept; check the address and that "
            "its scheduler and workers run, then start again."
        ) from error
