"""`voice survey translate`: a spreadsheet out for a translator, and back in."""

import json
import re
from pathlib import Path

import click

from surveys.definition import DefinitionError, read_survey_file
from surveys.engine import Survey
from surveys.translating import SheetError, rows_for
from surveys.translations import LANGUAGE_PATTERN, Translation
from voice.services.translators import read_workbook_for, workbook_for
from voice.services.workbooks import WorkbookError


@click.group()
def translate() -> None:
    """Have a survey translated."""


@translate.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("language")
@click.option("--to", "target", type=click.Path(path_type=Path), help="The workbook to write.")
def export(file: Path, language: str, target: Path | None) -> None:
    """Write each text of the survey FILE into a workbook, to be translated into LANGUAGE (cy, …).

    Only the last column can be typed in; the places of the texts are protected.
    """
    survey = _read(file, language)
    rows = rows_for(survey, language)
    target = target or file.with_name(f"{file.stem}.{language}.xlsx")
    target.write_bytes(workbook_for(survey, language))
    todo = sum(not row[-1] for row in rows)
    click.echo(f"{target}: {len(rows)} texts, {todo} of them not translated yet.")


@translate.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("language")
@click.argument("workbook", type=click.Path(path_type=Path))
@click.option("--by", default="", help="Who translated it, and whether somebody checked it.")
def import_(file: Path, language: str, workbook: Path, by: str) -> None:
    """Read a WORKBOOK that a translator filled in, and put it beside the survey FILE.

    Nothing is written unless every text is there.
    """
    survey = _read(file, language)
    try:
        translation = read_workbook_for(survey, language, workbook.read_bytes())
    except OSError as error:
        raise click.ClickException(f"{workbook.name}: cannot be opened; check the path") from error
    except (SheetError, WorkbookError) as error:
        lines = str(error).splitlines()
        raise click.ClickException("\n".join(f"{workbook.name}: {line}" for line in lines)) from (
            error
        )
    target = file.with_name(f"{file.stem}.{language}{file.suffix}")
    target.write_text(_as_yaml(translation, by), encoding="utf-8")
    click.echo(f"{target}: {len(translation.texts)} texts.")


def _read(file: Path, language: str) -> Survey:
    if not re.fullmatch(LANGUAGE_PATTERN, language):
        raise click.ClickException(f"“{language}” is no language code; use one such as cy, pl, ur")
    try:
        return read_survey_file(file)
    except DefinitionError as error:
        raise click.ClickException(str(error)) from error


def _as_yaml(translation: Translation, by: str) -> str:
    """Return the file of a translation; a JSON string is a YAML string, whatever is in it."""
    lines = [f"language: {translation.language}"]
    lines += [f"source: {json.dumps(by, ensure_ascii=False)}"] if by else []
    lines.append("texts:")
    for place, text in translation.texts.items():
        lines.append(f"  {place}: {json.dumps(text, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"
