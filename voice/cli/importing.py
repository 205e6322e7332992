"""`voice responses import`: answers from a file, all of them or none."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from sqlalchemy.orm import Session

from voice.cli import import_columns
from voice.cli.opened import opened_database, settings_or_exit
from voice.clock import current_time
from voice.database import Database
from voice.errors import ReceivedOnRefusedError, VoiceError
from voice.models import Consultation, Import, ImportStatus
from voice.services import import_mapping, importing, imports
from voice.services.consultations import find_by_slug
from voice.services.entering import moment_received
from voice.spreadsheets import SpreadsheetError

MOST_FAULTS = 100
_REFUSED = {
    "faults": "nothing was brought in: mend what is listed above first",
    "days": "nothing was brought in: say with --received when the rows with no day were received",
    "future": "nothing was brought in: a row would be received after today",
    "early": "nothing was brought in: a row would be received before the consultation opened",
}
_WRITTEN = click.Path(exists=True, dir_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed after `voice responses import`."""

    slug: str
    file: Path
    expected: int
    named: tuple[str, ...]
    same: tuple[str, ...]
    received: datetime | None
    again: bool
    dry_run: bool


@click.command(name="import")
@click.argument("slug")
@click.argument("file", type=_WRITTEN)
@click.option("--expect", "expected", type=int, required=True, help="How many answers it holds.")
@click.option("--map", "named", multiple=True, help="HEADER=QUESTION, or HEADER= to leave it out.")
@click.option("--same", multiple=True, help="QUESTION=OPTION in every row, by code.")
@click.option("--received", type=click.DateTime(["%Y-%m-%d"]), help="For rows with no day.")
@click.option("--again", is_flag=True, help="Bring the very same file in once more.")
@click.option("--dry-run", is_flag=True, help="Check everything and bring in nothing.")
def import_answers(**typed: Any) -> None:
    """Bring the answers of FILE (CSV or XLSX) into the consultation SLUG: all of them or none.

    Prints what each column is taken for and every fault with its row, column and cure. Count the
    forms first: if FILE holds another number than --expect, nothing comes in. A QUESTION is its
    code, its number on paper or its text; also `-received`, `-wave`, `-code` and
    `-side`. --map and --same may be
    given many times. What was agreed on the officers' page for the same columns is remembered.
    Exits with 1 if anything is wrong.
    """
    wanted, secret = Wanted(**typed), settings_or_exit().secret_key
    with opened_database() as database:
        try:
            _bring_in(database, wanted, secret=secret, now=current_time())
        except imports.KnownFileError:
            raise click.ClickException(
                f"{wanted.file.name} was brought in before; --again brings it in once more"
            ) from None
        except imports.TotalRefusedError as there:
            raise click.ClickException(
                f"{wanted.file.name} does not hold {_count(wanted.expected)} but {there}: "
                "nothing was brought in; find out which is right first"
            ) from None
        except (imports.ImportRefusedError, ReceivedOnRefusedError) as refused:
            raise click.ClickException(_REFUSED[str(refused)]) from None
        except (SpreadsheetError, import_mapping.ColumnsRefusedError) as refused:
            raise click.ClickException(str(refused)) from None


class _OnlyTriedError(VoiceError):
    """Everything is in order and nothing is to be kept: ends the transaction without a trace."""


def _bring_in(database: Database, wanted: Wanted, *, secret: str, now: datetime) -> None:
    """Check the file and agree on it in one transaction; a long one is read after that."""
    try:
        with database.writing() as session:
            found = _agree(session, wanted, now=now)
            if wanted.dry_run:
                raise _OnlyTriedError
            if found.row_count <= imports.INLINE_ROWS:
                importing.bring_in_now(session, found, now=now, secret=secret)
            subject = str(found.id)
    except _OnlyTriedError:
        click.echo(f"{_count(wanted.expected)} can come in. Nothing was brought in: a dry run.")
        return
    keep = importing.bring_in(
        database, subject, now, secret=secret
    )  # finds nothing to be done if it is in
    with database.writing() as session:
        keep(session)
    with database.reading() as session:
        _tell(session, subject)


def _agree(session: Session, wanted: Wanted, *, now: datetime) -> Import:
    consultation = find_by_slug(session, wanted.slug)
    if consultation is None:
        raise click.ClickException(f"there is no consultation {wanted.slug}")
    handed_in = imports.HandedIn(wanted.file.name, wanted.file.read_bytes(), wanted.again)
    found = imports.upload(session, consultation, None, handed_in, now=now)
    survey = imports.survey_of(found)
    mapping = import_columns.decide(
        survey, found.columns, imports.mapping_of(found), named=wanted.named, same=wanted.same
    )
    import_columns.show(survey, found.columns, mapping)
    imports.save_mapping(session, found, mapping)
    _print_faults(found)
    received_on = wanted.received.date() if wanted.received is not None else None
    agreement = imports.Agreement(wanted.expected, received_on)
    imports.confirm(session, found, None, agreement, now=now)
    _check_days(consultation, found, now=now)
    return found


def _print_faults(found: Import) -> None:
    faults = sorted(imports.dry_run(found).faults, key=lambda fault: fault.row)
    for fault in faults[:MOST_FAULTS]:
        click.echo(fault.words)
    if len(faults) > MOST_FAULTS:
        click.echo(f"and {len(faults) - MOST_FAULTS} more faults")


def _check_days(consultation: Consultation, found: Import, *, now: datetime) -> None:
    """Refuse a day on which nothing can have been received, before a long file is read."""
    days = {row.received_on or found.received_on for row in imports.dry_run(found).rows}
    for day in days:
        if day is not None:
            moment_received(consultation, day, now=now)


def _tell(session: Session, subject: str) -> None:
    found = session.get_one(Import, UUID(subject))
    if found.status is not ImportStatus.IMPORTED:
        raise click.ClickException("nothing was brought in: look at the file on the officers' page")
    click.echo(f"{_count(found.imported)} came in. They can be undone on the officers' page.")
    if found.concerns:
        click.echo(f"{found.concerns} may mean that somebody is not safe: see the concerns.")


def _count(answers: int) -> str:
    return "1 answer" if answers == 1 else f"{answers} answers"
