"""`voice consultation results` and `evidence`: what a meeting, or a judge, asks for."""

import zipfile
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy.orm import Session

from voice.cli.opened import opened_database, settings_or_exit
from voice.clock import current_time
from voice.database import Database
from voice.errors import StageRefusedError
from voice.models import Consultation
from voice.services import evidence, packs, snapshots, themes
from voice.services.consultations import find_by_slug


@click.command()
@click.argument("slug")
@click.option(
    "--to",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write, made if it is not there.",
)
def results(slug: str, folder: Path) -> None:
    """Write the results of SLUG, which has closed, and publish the public page of results.

    Themes that nobody has worked on are found anew first. What is published stays as it is, until
    the command is run again.
    """
    settings, now = settings_or_exit(), current_time()
    with opened_database(settings) as database:
        _find_themes(database, slug, now)
        with database.writing() as session:
            consultation = _get(session, slug)
            try:
                council = settings.council.name
                snapshots.publish_results(session, consultation, council=council, now=now)
            except StageRefusedError as error:
                raise click.ClickException(_REFUSALS[str(error)]) from error
            files = packs.results_pack(session, consultation, council=council, now=now)
        folder.mkdir(parents=True, exist_ok=True)
        for name, held in files.items():
            (folder / name).write_bytes(held)
            click.echo(folder / name)
    click.echo(f"Published: /consultations/{slug}/results")


@click.command(name="pack")
@click.argument("slug")
@click.option(
    "--to",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write, made if it is not there.",
)
def write_pack(slug: str, folder: Path) -> None:
    """Write every paper about SLUG that a meeting may ask for, and its tables. Publishes nothing.

    Each paper is a Word document, a tagged PDF and a page, from the same figures.
    """
    from voice.services import leadership_packs  # noqa: PLC0415 - slow to load, only needed here

    settings, now = settings_or_exit(), current_time()
    folder.mkdir(parents=True, exist_ok=True)
    with opened_database(settings) as database, database.reading() as session:
        consultation = _get(session, slug)
        meeting = leadership_packs.Meeting(session, consultation, settings.council.name, now)
        for name, held in leadership_packs.leadership_pack(meeting):
            (folder / name).write_bytes(held)
            click.echo(folder / name)


@click.command(name="evidence")
@click.argument("slug")
@click.option(
    "--to",
    "path",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The .zip file to write.",
)
def write_evidence(slug: str, path: Path) -> None:
    """Write the evidence of how SLUG was run and decided as one .zip file. It quotes nobody."""
    now = current_time()
    with opened_database() as database, database.reading() as session:
        packed = evidence.packed_evidence(session, _get(session, slug), now=now)
    path.write_bytes(packed)
    click.echo(f"{path}: {len(zipfile.ZipFile(path).namelist())} files")


_REFUSALS = {
    "open": "results are published once the consultation has closed",
    "archived": "the consultation is in the archive, so nothing of it changes any more",
}


def _find_themes(database: Database, slug: str, now: datetime) -> None:
    """Find the themes of every free-text question, but where somebody has worked on them."""
    from voice.services import analyses  # noqa: PLC0415 - slow to load, and only needed here

    with database.reading() as session:
        consultation = _get(session, slug)
        if consultation.archived_at is not None or now <= consultation.closes_at:
            return
        asked = [each.code for each in themes.free_text_questions(consultation)]
        found = {code: themes.themes_of(session, consultation, code) for code in asked}
        codes = [code for code in asked if not any(map(themes.is_worked_on, found[code]))]
    for code in codes:
        keep = analyses.analyse_question(database, f"{slug}/{code}", now)
        with database.writing() as session:
            keep(session)


def _get(session: Session, slug: str) -> Consultation:
    consultation = find_by_slug(session, slug)
    if consultation is None:
        raise click.ClickException(f"there is no consultation {slug}; see `voice survey list`")
    return consultation
