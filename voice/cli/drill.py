"""`voice drill`: play a disclosure and an erasure, and print both as a page for an inspector."""

from pathlib import Path
from secrets import token_urlsafe
from tempfile import TemporaryDirectory

import click

from voice.analysis.safeguarding import detector_version, screen
from voice.cli.opened import opened_database
from voice.clock import current_time
from voice.config import Settings
from voice.database import migrate
from voice.reports.drill import Act, drill_page
from voice.services.drill_disclosure import play_disclosure
from voice.services.drill_erasure import play_erasure
from voice.services.drilling import COUNCIL, open_drill


@click.command()
@click.option(
    "--out",
    default="drill.html",
    show_default=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the page.",
)
def drill(out: Path) -> None:
    """Play a disclosure from the chat to the closed record, and an erasure to its proof.

    In a store of its own, thrown away at the end: the council's store is never opened, and no
    e-mail leaves. Ends with 1 if any step breaks its promise; the page says which.
    """
    began_at = current_time()
    screen("the service has read its lexicons before anybody writes")
    acts = _play()
    out.write_text(drill_page(acts, version=detector_version(), at=began_at), encoding="utf-8")
    for act in acts:
        for step in act.steps:
            mark = "kept  " if step.has_passed else "FAILED"
            click.echo(f"{mark} {step.millis:7.0f} ms  {step.promise}: {step.found}")
    click.echo(f"The page: {out}")
    if not all(each.has_passed for each in acts):
        raise click.ClickException("a step broke its promise")


def _play() -> list[Act]:
    """Play both acts, each in a store of its own."""
    acts = []
    for play in (play_disclosure, play_erasure):
        with TemporaryDirectory(prefix="voice-drill-") as folder:
            home = Path(folder)
            settings = Settings(
                home=home,
                database_url=f"sqlite:///{home / 'voice.db'}",
                secret_key=token_urlsafe(48),
                council=COUNCIL,
                mail_server="smtp://mail.invalid",  # nothing goes there: the drill has its own post
            )
            with opened_database(settings) as database:
                migrate(database)
                now = current_time()
                open_drill(database, now=now)
                acts.append(play(database, settings, now=now))
    return acts
