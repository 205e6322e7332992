"""Spreadsheets as files: read whatever a council saved, write nothing that could be a formula."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

LONGEST_CELL_CHARS = 50_000_000
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
DELIMITERS = (",", ";", "\t")
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a CSV file by column, each cell as text, and what the reader coped with."""

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    notes: tuple[str, ...]

    def find_column(self, name: str) -> str | None:
        """Return the column called `name`, whatever its case, or None."""
        if name in self.columns:
            return name
        wanted = name.strip().casefold()
        return next((one for one in self.columns if one.strip().casefold() == wanted), None)

    def get_column(self, name: str) -> str:
        """Return the column called `name`, whatever its case.

        Raises:
            ClickException: if there is none; names the columns there are.
        """
        column = self.find_column(name)
        if column is None:
            there = ", ".join(f"“{one}”" for one in self.columns)
            raise click.ClickException(f"there is no column “{name}”; the columns are {there}")
        return column


def read_sheet(path: Path) -> Sheet:
    """Return the sheet in `path`: UTF-8 with or without a mark, UTF-16 with one, else cp1252.

    Empty lines are skipped, missing cells are empty, cells beyond the header are left out with a
    note. Commas, semicolons or tabs may separate, as the header has it.

    Raises:
        ClickException: if there is no header.
    """
    text, notes = _decode(path.read_bytes())
    csv.field_size_limit(LONGEST_CELL_CHARS)
    header_line = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=header_line.count)
    lines = (row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row)
    columns = tuple(next(lines, ()))
    if not any(column.strip() for column in columns):
        raise click.ClickException(f"{path.name} is empty: its first line must name the columns")
    rows = list(lines)
    ragged = sum(len(row) > len(columns) for row in rows)
    if ragged:
        notes.append(f"cells beyond the last column were left out in {ragged} of the rows")
    return Sheet(columns, tuple(_by_column(columns, row) for row in rows), tuple(notes))


def write_sheet(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write `rows` to `path` as UTF-8; text that looks like a formula gets a leading apostrophe."""
    import pandas as pd  # noqa: PLC0415  # slow to load, and most commands need none

    frame = pd.DataFrame(
        [[neutralise(cell) for cell in row] for row in rows], columns=list(columns)
    )
    frame.to_csv(path, index=False, encoding="utf-8", lineterminator="\r\n")


def neutralise(cell: object) -> object:
    """Return `cell`, with an apostrophe before text that a spreadsheet would calculate."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell


def _decode(raw: bytes) -> tuple[str, list[str]]:
    if raw.startswith(UTF16_MARKS):
        return raw.decode("utf-16", errors="replace"), []
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        note = "the file is not UTF-8; it was read as Windows text (cp1252), check the accents"
        return raw.decode("cp1252", errors="replace"), [note]


def _by_column(columns: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    cells = dict.fromkeys(columns, "")
    for column, cell in reversed(list(zip(columns, row, strict=False))):
        cells[column] = cell
    return cells
