"""One reader for every CSV or XLSX file: commands and the page that takes files stand on it."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from voice.spreadsheets.errors import SpreadsheetError
from voice.spreadsheets.workbooks import MAX_COLUMNS, OLD_WORKBOOK, is_workbook, read_workbook

__all__ = ["Row", "SpreadsheetError", "Table", "is_workbook", "read_table"]

LONGEST_CELL_CHARS = 50_000_000
DELIMITERS = (",", ";", "\t")
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Row:
    """One row as a spreadsheet shows it: `number` counts from 1, the header among them."""

    number: int
    cells: tuple[str, ...]  # as many as the table has columns

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """The header and the rows of a file, each cell as text, and what the reader coped with."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def read_table(raw: bytes, *, name: str, only_utf8: bool = False) -> Table:
    """Return the rows of a CSV or XLSX file; rows without a single cell are left out.

    CSV may be UTF-8 with or without a mark, UTF-16 with one, else Windows text (cp1252), and be
    parted by commas, semicolons or tabs, as its header is. Of a workbook the first sheet is read,
    with dates as 2016-03-02 and the last value of each formula. Missing cells are empty; cells
    beyond the header are left out with a note. `only_utf8` refuses other text instead of guessing.

    Raises:
        SpreadsheetError: if there is no header, or it is no such file.
    """
    if raw.startswith(OLD_WORKBOOK):
        message = (
            f"{name} is an old or a locked workbook. Save it as .xlsx or CSV without a password"
        )
        raise SpreadsheetError(f"{message} and try again.")
    if is_workbook(raw):
        return _table(read_workbook(raw, name=name), [], name=name)
    text, notes = _decode(raw, name=name, only_utf8=only_utf8)
    return _table(_read_csv(text, name=name), notes, name=name)


def _read_csv(text: str, *, name: str) -> Iterator[tuple[int, Sequence[str]]]:
    csv.field_size_limit(LONGEST_CELL_CHARS)
    header = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=header.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from enumerate(lines, start=1)
    except csv.Error as error:
        raise SpreadsheetError(f"{name} cannot be read as CSV: {error}.") from error


def _table(lines: Iterable[tuple[int, Sequence[str]]], notes: list[str], *, name: str) -> Table:
    filled = ((number, cells) for number, cells in lines if cells)
    _, header = next(filled, (0, ()))
    columns = tuple(header)
    if not any(column.strip() for column in columns):
        raise SpreadsheetError(f"{name} is empty: its first line must name the columns")
    if len(columns) > MAX_COLUMNS:
        raise SpreadsheetError(f"{name} has more than {MAX_COLUMNS} columns: leave some out")
    width = len(columns)
    rows, ragged = [], 0
    for number, cells in filled:
        ragged += len(cells) > width
        rows.append(Row(number, (*cells[:width], *("" for _ in range(width - len(cells))))))
    if ragged:
        notes = [*notes, f"cells beyond the last column were left out in {ragged} of the rows"]
    return Table(columns, tuple(rows), tuple(notes))


def _decode(raw: bytes, *, name: str, only_utf8: bool) -> tuple[str, list[str]]:
    if raw.startswith(UTF16_MARKS) and not only_utf8:
        return raw.decode("utf-16", errors="replace"), []
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        if only_utf8:
            message = f"{name} is not UTF-8. Save it as 'CSV UTF-8' and try again."
            raise SpreadsheetError(message) from error
        note = "the file is not UTF-8; it was read as Windows text (cp1252), check the accents"
        return raw.decode("cp1252", errors="replace"), [note]
