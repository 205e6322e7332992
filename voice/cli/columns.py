"""Reads a text column out of a spreadsheet file and writes an answer file beside it."""

import csv
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

MAX_CELL_CHARS = 16_000_000
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def read_texts(path: Path, column: str) -> list[tuple[str, str]]:
    """Return each row's id and text: the column `id`, or else the number of the row from 1.

    Raises:
        click.ClickException: in one line, if the file is not CSV in UTF-8 (with or without a
            byte-order mark) or has no column of that name.
    """
    csv.field_size_limit(MAX_CELL_CHARS)
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return list(_read(csv.DictReader(lines), path, column))
    except UnicodeDecodeError as error:
        message = f"{path.name} is not UTF-8. Save it as 'CSV UTF-8' and try again."
        raise click.ClickException(message) from error
    except csv.Error as error:
        raise click.ClickException(f"{path.name} cannot be read as CSV: {error}.") from error


def _read(reader: "csv.DictReader[str]", path: Path, column: str) -> Iterator[tuple[str, str]]:
    names = [name for name in reader.fieldnames or () if name]
    if column not in names:
        has = ", ".join(names) or "none at all"
        raise click.ClickException(f"{path.name} has no column '{column}'. Its columns: {has}.")
    for number, row in enumerate(reader, 1):
        yield (row["id"] or "" if "id" in names else str(number)), row[column] or ""


def write_rows(path: Path, header: Sequence[str], rows: Iterator[Sequence[str]]) -> None:
    """Write a CSV file whole or not at all: beside `path` first, then in its place.

    Raises:
        click.ClickException: if the folder cannot be written.
    """
    try:
        unfinished, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror}."
        raise click.ClickException(message) from error
    try:
        with os.fdopen(unfinished, "w", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(rows)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def as_plain_cell(text: str) -> str:
    """Return `text` with an apostrophe before it if a spreadsheet would run it as a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    return text[1:].replace(".", "", 1).isdecimal()
