"""`voice responses`: the answers that are stored, as lines."""

import json
import sys

import click

from voice.cli.importing import import_answers
from voice.cli.opened import opened_database
from voice.errors import NotFoundError
from voice.services.consultations import find_by_slug
from voice.services.equality import exported
from voice.services.exports import stored_answers


@click.group()
def responses() -> None:
    """The answers that are stored."""


responses.add_command(import_answers)


@responses.command()
@click.argument("slug")
def equality(slug: str) -> None:
    """Print who answered the consultation SLUG: its tallies, rounded, small ones withheld."""
    out = sys.stdout
    out.reconfigure(encoding="utf-8")  # type: ignore[union-attr] # always a text stream here
    with opened_database() as database, database.reading() as session:
        consultation = find_by_slug(session, slug)
        if consultation is None:
            raise click.ClickException(f"there is no consultation {slug}; see `voice survey list`")
        for line in exported(session, consultation):
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


@responses.command()
@click.argument("survey")
@click.option("--format", "shape", type=click.Choice(["jsonl"]), default="jsonl", show_default=True)
def export(survey: str, shape: str) -> None:
    """Print every stored answer to SURVEY (a survey's code or a consultation's slug), one a line.

    Each line has respondent (a pseudonym), question, value, channel, variant, language and wave
    (the label of the course, if any). Answers not sent in yet, or hidden by a changed path, are
    there too and say so: submitted, counted. Courses of a few are not withheld: pass nothing on.
    """
    out = sys.stdout
    out.reconfigure(encoding="utf-8")  # type: ignore[union-attr] # always a text stream here
    with opened_database() as database, database.reading() as session:
        try:
            for line in stored_answers(session, survey):
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
        except NotFoundError as error:
            raise click.ClickException(
                f"there is no survey or consultation {survey}; see `voice survey list`"
            ) from error
