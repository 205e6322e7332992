"""Spreadsheets as files: read whatever a council saved, write nothing that could be a formula."""

import codecs
import csv
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

LONGEST_CELL_CHARS = 50_000_000
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
DELIMITERS = (",", ";", "\t")
READ_AT_ONCE = 1 << 20
WINDOWS = "cp1252"
NOT_UTF8 = "the file is not UTF-8; it was read as Windows text (cp1252), check the accents"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A CSV file that was looked through once: how to read it, and what the reader coped with.

    Its rows are read from the file each time, one after the other. `digest` tells whether it is
    the same file.
    """

    path: Path
    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    size: int  # rows, without the header
    notes: tuple[str, ...]
    digest: str

    def rows(self) -> Iterator[Mapping[str, str]]:
        """Yield each row, a cell for each column; missing cells are empty."""
        cells = _read_cells(self.path, self.encoding, self.delimiter)
        next(cells)
        return (_by_column(self.columns, row) for row in cells)

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
    """Look through the sheet in `path`: UTF-8 with or without a mark, UTF-16 with one, else cp1252.

    Empty lines are skipped, missing cells are empty, cells beyond the header are left out with a
    note. Commas, semicolons or tabs may separate, as the header has it. However large the file is,
    little of it is held.

    Raises:
        ClickException: if there is no header.
    """
    encoding, digest = _look_through(path)
    notes = [NOT_UTF8] if encoding == WINDOWS else []
    with path.open(encoding=encoding, errors="replace") as lines:
        header_line = next((line for line in lines if line.strip()), "")
    delimiter = max(DELIMITERS, key=header_line.count)
    cells = _read_cells(path, encoding, delimiter)
    columns = tuple(next(cells, ()))
    if not any(column.strip() for column in columns):
        raise click.ClickException(f"{path.name} is empty: its first line must name the columns")
    lengths = Counter(len(row) > len(columns) for row in cells)
    if lengths[True]:
        left_out = f"cells beyond the last column were left out in {lengths[True]} of the rows"
        notes.append(left_out)
    return Sheet(
        path, encoding, delimiter, columns, lengths.total(), notes=tuple(notes), digest=digest
    )


def write_sheet(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write `rows` to `path` as UTF-8; text that looks like a formula gets a leading apostrophe.

    Without columns there is no header: the rows are to be put after others.
    """
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        if columns:
            writer.writerow(columns)
        writer.writerows([neutralise(cell) for cell in row] for row in rows)


def neutralise(cell: object) -> object:
    """Return `cell`, with an apostrophe before text that a spreadsheet would calculate."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell


def _look_through(path: Path) -> tuple[str, str]:
    """Return how the file is encoded, and its digest."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    encoding = "utf-8-sig"
    with path.open("rb") as raw:
        if raw.read(2) in UTF16_MARKS:
            encoding = "utf-16"
        raw.seek(0)
        while chunk := raw.read(READ_AT_ONCE):
            digest.update(chunk)
            encoding = _still(encoding, decoder, chunk)
    return _still(encoding, decoder, b""), digest.hexdigest()


def _still(encoding: str, decoder: codecs.IncrementalDecoder, chunk: bytes) -> str:
    """Return the encoding, in the light of what comes next; nothing comes after the end."""
    if encoding != "utf-8-sig":
        return encoding
    try:
        decoder.decode(chunk, final=not chunk)
    except UnicodeDecodeError:
        return WINDOWS
    return encoding


def _read_cells(path: Path, encoding: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_CELL_CHARS)
    with path.open(encoding=encoding, errors="replace", newline="") as lines:
        yield from (row for row in csv.reader(lines, delimiter=delimiter) if row)


def _by_column(columns: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    cells = dict.fromkeys(columns, "")
    for column, cell in reversed(list(zip(columns, row, strict=False))):
        cells[column] = cell
    return cells
