"""`voice privacy`: the privacy papers, from the service as it is set up now."""

from pathlib import Path

import click

from voice.cli.opened import opened_database, settings_or_exit
from voice.clock import current_time
from voice.reports.privacy import privacy_document, privacy_page
from voice.services.privacy import privacy_papers


@click.command()
@click.option(
    "--out",
    default="privacy.html",
    show_default=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write it: a page, or a Word document if the name ends in .docx.",
)
def privacy(out: Path) -> None:
    """Write what is held of people, why, on what basis, how long, and the risks (DPIA)."""
    settings = settings_or_exit()
    with opened_database(settings) as database, database.reading() as session:
        papers = privacy_papers(session, settings, now=current_time())
    if out.suffix == ".docx":
        out.write_bytes(privacy_document(papers))
    else:
        out.write_text(privacy_page(papers), encoding="utf-8")
    click.echo(out)
