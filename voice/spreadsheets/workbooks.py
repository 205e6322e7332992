"""An XLSX workbook as rows of text, read with care: it may be damaged, or made to do damage.

Only the first sheet is read, only its values; no formula is calculated and nothing is fetched.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from xml.etree import ElementTree as ET

from voice.spreadsheets.errors import SpreadsheetError

MAX_UNPACKED_BYTES = 60_000_000  # a workbook of 5 MB that unpacks to more is a bomb or a mistake
MAX_PARTS = 2_000
MAX_CHARS = 60_000_000  # in all cells: one shared text may stand in very many of them
MAX_COLUMNS = 500
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"  # .xls, and any workbook with a password
_PACKED_AS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # as every program packs it
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINKED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DAY_FORMATS = frozenset({*range(14, 23), *range(45, 48)})
_FORMAT_WORDS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # how a workbook writes what XML cannot hold
_CELL = re.compile(r"([A-Z]{1,3})([0-9]+)")
_DAMAGED = "{name} is damaged, or no workbook: open it, save it again as .xlsx, and try again"


@dataclass(frozen=True, slots=True)
class _Book:
    """What the cells of a sheet refer to."""

    shared: tuple[str, ...]
    day_styles: frozenset[int]
    epoch: datetime


def is_workbook(raw: bytes) -> bool:
    """Return whether this looks like an XLSX file, whatever it is called."""
    return raw.startswith(b"PK\x03\x04")


def read_workbook(raw: bytes, *, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Give the number and the cells of each row of the first sheet.

    Raises:
        SpreadsheetError: if it unpacks to far too much, is damaged, or is no workbook.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            _check_size(packed, name)
            book, sheet = _read_book(packed, name)
            yield from _rows(_xml(packed, sheet, name), book, name)
    except (zipfile.BadZipFile, ET.ParseError, KeyError, ValueError, zlib.error) as error:
        raise SpreadsheetError(_DAMAGED.format(name=name)) from error
    except (NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise SpreadsheetError(_DAMAGED.format(name=name)) from error


def _check_size(packed: zipfile.ZipFile, name: str) -> None:
    """Refuse before anything is unpacked what says that it is too large, or is packed oddly."""
    parts = packed.infolist()
    if any(part.compress_type not in _PACKED_AS for part in parts):
        raise SpreadsheetError(_DAMAGED.format(name=name))
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise _too_large(name)


def _too_large(name: str) -> SpreadsheetError:
    most = MAX_UNPACKED_BYTES // 1_000_000
    return SpreadsheetError(
        f"{name} unpacks to more than {most} MB: save only the sheet with answers, as CSV"
    )


def _part(packed: zipfile.ZipFile, path: str, name: str) -> ET.Element:
    return ET.fromstring(_xml(packed, path, name))  # noqa: S314 - no document type, see `_xml`


def _xml(packed: zipfile.ZipFile, path: str, name: str) -> bytes:
    with packed.open(packed.getinfo(path)) as part:
        xml = part.read(MAX_UNPACKED_BYTES + 1)  # what a part says of its own size may be untrue
    if len(xml) > MAX_UNPACKED_BYTES:
        raise _too_large(name)
    # A workbook never declares a document type; one that does could grow without end as it is read.
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or b"\x00" in xml:
        raise SpreadsheetError(_DAMAGED.format(name=name))
    return xml


def _read_book(packed: zipfile.ZipFile, name: str) -> tuple[_Book, str]:
    """Return what cells refer to, and the path of the first sheet."""
    workbook = _part(packed, "xl/workbook.xml", name)
    links = _part(packed, "xl/_rels/workbook.xml.rels", name)
    first = workbook.find(f"{_MAIN}sheets/{_MAIN}sheet")
    if first is None:
        raise SpreadsheetError(f"{name} has no sheet in it")
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    target = targets[first.get(_LINKED)]
    path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    there = set(packed.namelist())
    shared = _part(packed, "xl/sharedStrings.xml", name) if "xl/sharedStrings.xml" in there else ()
    styles = _part(packed, "xl/styles.xml", name) if "xl/styles.xml" in there else None
    settings = workbook.find(f"{_MAIN}workbookPr")
    since_1904 = settings is not None and settings.get("date1904") in {"1", "true"}
    epoch = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)  # noqa: DTZ001
    return _Book(tuple(map(_text_in, shared)), _day_styles(styles), epoch), path


def _day_styles(styles: ET.Element | None) -> frozenset[int]:
    """Return the places of the cell styles that show a number as a day or a time."""
    if styles is None:
        return frozenset()
    own = {
        int(one.get("numFmtId", "0"))
        for one in styles.iter(f"{_MAIN}numFmt")
        if re.search("[ymdhs]", _FORMAT_WORDS.sub("", one.get("formatCode", "")).lower())
    }
    cells = styles.find(f"{_MAIN}cellXfs")
    formats = [int(one.get("numFmtId", "0")) for one in cells] if cells is not None else []
    return frozenset(place for place, one in enumerate(formats) if one in own | _DAY_FORMATS)


def _rows(sheet: bytes, book: _Book, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    number, chars = 0, 0
    for _, row in ET.iterparse(io.BytesIO(sheet)):  # noqa: S314 - no document type, see `_xml`
        if row.tag != f"{_MAIN}row":
            continue
        number = int(row.get("r") or number + 1)
        cells: list[str] = []
        for cell in row.iter(f"{_MAIN}c"):
            place = _place(cell.get("r"), len(cells))
            if place > MAX_COLUMNS:
                raise SpreadsheetError(f"{name} has over {MAX_COLUMNS} columns: leave some out")
            cells += [""] * (place - len(cells))
            cells.append(_value(cell, book))
        while cells and not cells[-1]:
            cells.pop()
        chars += sum(map(len, cells))
        if chars > MAX_CHARS:
            raise SpreadsheetError(
                f"{name} holds more than {MAX_CHARS:,} characters: split it into several files"
            )
        row.clear()  # so that a long sheet takes no more room than a short one
        yield number, tuple(cells)


def _place(reference: str | None, after: int) -> int:
    """Return a cell's place in its row, from 0: what it says, or else the next one."""
    found = _CELL.fullmatch(reference or "")
    if found is None:
        return after
    place = 0
    for letter in found[1]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _value(cell: ET.Element, book: _Book) -> str:
    """Return what a cell shows; of a formula, what it came to when the file was saved."""
    if cell.get("t") == "inlineStr":
        inline = cell.find(f"{_MAIN}is")
        return _text_in(inline) if inline is not None else ""
    kept = cell.find(f"{_MAIN}v")
    text = (kept.text or "") if kept is not None else ""
    match cell.get("t", "n"):
        case "s":
            return book.shared[int(text)] if text else ""
        case "b":
            return {"1": "Yes", "0": "No"}.get(text, text)
        case "n" if text:
            return _number(float(text), int(cell.get("s", "0")) in book.day_styles, book)
        case _:
            return text


def _number(number: float, is_day: bool, book: _Book) -> str:
    if not is_day:
        return str(int(number)) if number.is_integer() else repr(number)
    if not 0 <= number < 3_000_000:
        return repr(number)
    moment = book.epoch + timedelta(seconds=round(number * 86_400))
    if number < 1:
        return f"{moment:%H:%M}"
    return f"{moment:%Y-%m-%d}" if number.is_integer() else f"{moment:%Y-%m-%d %H:%M}"


def _text_in(element: ET.Element) -> str:
    """Return the words of a cell, in however many styles, without their phonetic guide."""
    runs = [element.find(f"{_MAIN}t")] + [
        run.find(f"{_MAIN}t") for run in element.iter(f"{_MAIN}r")
    ]
    words = "".join(run.text or "" for run in runs if run is not None)
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), words)
