"""`voice analyse`: the themes of any spreadsheet, without a database."""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict, Unpack

import click

from voice.analysis.aliases import Aliases, AliasesError, own_aliases, read_aliases
from voice.analysis.findings import Comment, Report
from voice.cli.frame_files import Coding, read_coding
from voice.cli.progress import ProgressBar
from voice.cli.spreadsheets import Sheet, read_sheet

READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


class Columns(TypedDict):
    """Which column holds people's words, the question and what to compare."""

    text: str
    question: str | None
    groups: Sequence[str]


@click.command()
@click.argument("file", type=READABLE)
@click.option("--text", required=True, metavar="COLUMN", help="The column with people's words.")
@click.option("--question", metavar="COLUMN", help="The column that says which question it was.")
@click.option(
    "--group", "groups", multiple=True, metavar="COLUMN", help="A column to compare; repeatable."
)
@click.option("--themes", "frame", type=READABLE, metavar="FRAME.csv", help="A coding frame.")
@click.option("--coded", type=READABLE, metavar="CODED.csv", help="Answers that people coded.")
@click.option("--aliases", type=READABLE, metavar="ALIASES.csv", help="Your names of one thing.")
@click.option("--out", required=True, type=FOLDER, help="The folder for what is found.")
def analyse(
    file: Path,
    *,
    frame: Path | None,
    coded: Path | None,
    aliases: Path | None,
    out: Path,
    **columns: Unpack[Columns],
) -> None:
    """Find the themes in the CSV file FILE, one answer a row.

    Writes themes.csv, mentions.csv, themes.json and summary.html to the folder of --out. A column
    called "id" names the answers; without one, or where it is empty, an answer is known by its row
    number: 1 is the first row below the header. An id that comes twice for one question gets
    " (2)" added. Everything happens on this machine.

    With --themes the answers are sorted into a frame of your own: key,name[,note,keywords], a theme
    a row, keywords separated by "|". With --coded it learns from answers that people coded:
    id,labels[,question], keys separated by "|", empty where none fits. What they coded stands.

    With --aliases a council adds its own names of one thing to ours: name,also, the other names
    separated by "|". Comments in another language than most are in form a group of their own.
    """
    sheet = read_sheet(file)
    comments, repeated = read_answers(sheet, **columns)
    for note in (*sheet.notes, *_note_repeated(repeated)):
        click.echo(f"Note: {note}.", err=True)
    from voice.cli.theme_files import write_findings  # noqa: PLC0415  # loads pandas

    coding = read_coding(frame, coded, comments)
    for note in coding.notes:
        click.echo(f"Note: {note}.", err=True)
    reports = _read_all(comments, coding, read_own_aliases(aliases))
    write_findings(out, reports, comments, title=file.stem, group_names=columns["groups"])
    themes = len({theme.key for report in reports.values() for theme in report.themes})
    people = sum(report.base for report in reports.values())
    click.echo(f"{themes} themes in {people} answers with content: {out / 'summary.html'}")
    click.echo("A file does not say how many people were asked, so there is no response rate.")


def _read_all(comments: Sequence[Comment], coding: Coding, aliases: Aliases) -> dict[str, Report]:
    """Return a report for each question: by the frame if there is one, else what is found."""
    from voice.analysis.coding.reports import code_by_question  # noqa: PLC0415  # loads scikit-learn
    from voice.analysis.comments import find_themes_by_question  # noqa: PLC0415  # likewise

    progress = ProgressBar(sys.stderr)
    if coding.frame:
        found = code_by_question(comments, coding.frame, coding.codes, on_progress=progress.show)
    else:
        found = find_themes_by_question(comments, on_progress=progress.show, aliases=aliases)
    progress.finish()
    return found


def read_own_aliases(path: Path | None) -> Aliases:
    """Return our names of one thing, with those in the file at `path` if there is one.

    Raises:
        ClickException: if the file cannot be read.
    """
    if path is None:
        return own_aliases()
    try:
        return read_aliases(path.read_text(encoding="utf-8-sig").splitlines())
    except (UnicodeDecodeError, AliasesError) as error:
        fault = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        raise click.ClickException(f"{path.name} cannot be used: {fault}") from error


def read_answers(
    sheet: Sheet, *, text: str, question: str | None, groups: Sequence[str]
) -> tuple[list[Comment], int]:
    """Return a comment for each row, and how many rows had an id that was taken.

    Raises:
        ClickException: if a column is not there.
    """
    words = sheet.get_column(text)
    asked = sheet.get_column(question) if question else None
    columns = {name: sheet.get_column(name) for name in groups}
    named = sheet.find_column("id")
    seen: Counter[tuple[str, str]] = Counter()
    comments: list[Comment] = []
    for number, row in enumerate(sheet.rows, start=1):
        put = row[asked].strip() if asked else ""
        name = (row[named].strip() if named else "") or str(number)
        seen[put, name] += 1
        many = seen[put, name]
        comments.append(
            Comment(
                id=name if many == 1 else f"{name} ({many})",
                text=row[words],
                question=put,
                groups={group: row[column] for group, column in columns.items()},
            )
        )
    return comments, len(comments) - len(seen)


def _note_repeated(repeated: int) -> list[str]:
    if not repeated:
        return []
    return [f"{repeated} rows have an id that came before for the same question; each still counts"]
