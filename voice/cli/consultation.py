"""`voice consultation`: invite people to answer, and make files of what came of it."""

from datetime import datetime, time
from pathlib import Path

import click

from surveys.checks import check_survey
from surveys.definition import DefinitionError, read_from_library, read_survey_file
from surveys.engine import Survey
from voice.cli import pack
from voice.cli.opened import opened_database, settings_or_exit
from voice.clock import LONDON, current_time, moment_in_words
from voice.database import migrate
from voice.errors import ConsultationNotReadyError
from voice.services.consultations import Opening, find_by_slug, open_consultation

LAST_MINUTE = time(23, 59)
DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def consultation() -> None:
    """Invite people to answer."""


consultation.add_command(pack.results)
consultation.add_command(pack.write_evidence)
consultation.add_command(pack.write_pack)


@consultation.command(name="open")
@click.argument("survey")
@click.option("--slug", required=True, help="Its address: /consultations/SLUG.")
@click.option("--team", required=True, help="Officers of this team see the answers.")
@click.option("--opens", type=DAY, default=None, help="The first day, 00:00 UK time. Default: now.")
@click.option("--closes", type=DAY, required=True, help="The last day, 23:59 UK time.")
@click.option("--invited", type=int, default=None, help="How many were asked, for a response rate.")
def open_one(
    survey: str,
    *,
    slug: str,
    team: str,
    opens: datetime | None,
    closes: datetime,
    invited: int | None,
) -> None:
    """Open a consultation that asks SURVEY (a file, or a code from `voice survey list`)."""
    settings, now = settings_or_exit(), current_time()
    asked = _read(survey)
    opening = Opening(
        slug=slug,
        team=team,
        opens_at=datetime.combine(opens.date(), time.min, LONDON) if opens else now,
        closes_at=datetime.combine(closes.date(), LAST_MINUTE, LONDON),
        invited=invited,
    )
    _warn(asked)
    with opened_database(settings) as database:
        migrate(database)
        with database.writing() as session:
            if find_by_slug(session, slug) is not None:
                raise click.ClickException(f"there is a consultation {slug} already")
            try:
                open_consultation(session, asked, opening, council=settings.council, now=now)
            except ConsultationNotReadyError as error:
                raise click.ClickException(str(error)) from error
    click.echo(f"/consultations/{slug} is open until {moment_in_words(opening.closes_at)}.")


def _read(survey: str) -> Survey:
    try:
        path = Path(survey)
        is_file = path.suffix in {".yaml", ".yml"}
        return read_survey_file(path) if is_file else read_from_library(survey)
    except DefinitionError as error:
        raise click.ClickException(str(error)) from error


def _warn(survey: Survey) -> None:
    for finding in check_survey(survey):
        where = f"question {finding.question}: " if finding.question else ""
        click.echo(f"{finding.severity} mend: {where}{finding.message}", err=True)
