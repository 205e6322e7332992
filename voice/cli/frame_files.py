"""A council's coding frame and what people coded, read from two spreadsheets."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from voice.analysis.coding.frame_sheets import FrameFaultsError, read_lines
from voice.analysis.coding.frames import Codes, Frame, widen
from voice.analysis.findings import Comment
from voice.cli.spreadsheets import Sheet, read_sheet

LABELS_NAMED = 5


@dataclass(frozen=True, slots=True)
class Coding:
    """The frame with what people coded, and what a reader of the files should know."""

    frame: Frame
    codes: Codes
    notes: tuple[str, ...]


def read_coding(themes: Path | None, coded: Path | None, comments: Iterable[Comment]) -> Coding:
    """Return the frame in `themes` and what `coded` says of `comments`; either may be missing.

    A label that the frame lacks becomes a theme of that name.

    Raises:
        ClickException: if a column is missing, a key comes twice, or no id is known.
    """
    frame = _read_frame(themes) if themes else ()
    if coded is None:
        return Coding(frame, {}, ())
    codes, notes = _read_codes(coded, comments)
    wider = widen(frame, (label for labels in codes.values() for label in labels))
    added = [theme.key for theme in wider[len(frame) :]]
    if themes and added:
        named = ", ".join(f"“{one}”" for one in added[:LABELS_NAMED])
        more = f" and {len(added) - LABELS_NAMED} more" if len(added) > LABELS_NAMED else ""
        notes.append(f"labels that {themes.name} lacks became themes: {named}{more}")
    return Coding(wider, codes, tuple(notes))


def _read_frame(path: Path) -> Frame:
    sheet = read_sheet(path)
    if not sheet.size:
        raise click.ClickException(f"{path.name} has no themes: write one a row below the header")
    rows = ([row[column] for column in sheet.columns] for row in sheet.rows())
    try:
        return tuple(theme for _, theme in read_lines(sheet.columns, enumerate(rows, start=1)))
    except FrameFaultsError as refused:
        number, words = refused.faults[0]
        where = f"{path.name}, row {number}" if number else path.name
        raise click.ClickException(f"{where}: {words}") from refused


def _read_codes(path: Path, comments: Iterable[Comment]) -> tuple[Codes, list[str]]:
    sheet = read_sheet(path)
    named, labels = sheet.get_column("id"), sheet.get_column("labels")
    asked = sheet.find_column("question")
    questions: dict[str, list[str]] = {row[named].strip(): [] for row in sheet.rows()}
    for comment in comments:
        if comment.id in questions:
            questions[comment.id].append(comment.question)
    codes: dict[tuple[str, str], frozenset[str]] = {}
    unknown = 0
    for number, row in enumerate(sheet.rows(), start=1):
        name = row[named].strip()
        places = [one for one in questions.get(name, ()) if not asked or one == row[asked].strip()]
        if len(places) > 1:
            raise click.ClickException(
                f"{path.name}, row {number}: “{name}” answered {len(places)} questions; add a "
                "column “question” that says which was coded"
            )
        unknown += not places
        for put in places:
            given = frozenset(_split(row[labels], r"\|"))
            codes[put, name] = codes.get((put, name), frozenset()) | given
    if unknown == sheet.size:
        raise click.ClickException(
            f"{path.name} codes no answer of this file: {_ids(sheet, named)}"
        )
    return codes, [f"{unknown} coded rows are of answers that are not here"] if unknown else []


def _ids(sheet: Sheet, column: str) -> str:
    first = next(sheet.rows(), None)
    if first is None:
        return "it has no rows"
    return f"its first id is “{first[column]}”; ids are those of the column “id”"


def _split(cell: str, mark: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(mark, cell) if part.strip())
