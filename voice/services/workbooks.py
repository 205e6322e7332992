"""Excel workbooks of plain text: one sheet written, and the first sheet of any workbook read.

Every cell is text, so nothing in it can be a formula. What is read is limited before it is
unpacked, so that a small file cannot become a large one.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.sax.saxutils import escape

MAX_FILE_BYTES = 5_000_000
MAX_UNPACKED_BYTES = 40_000_000
MAX_PARTS = 200
MAX_ROWS = 20_000
MAX_CHARS = 40_000_000  # in all cells: one shared text may stand in very many of them
_PACKED_AS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # as every program packs it
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_NOT_STORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FAR_LARGER = "is far larger inside than it looks; save it again as .xlsx"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


class WorkbookError(ValueError):
    """The file is no workbook that we read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column to write. Only those that are `open` can be typed in, the rest is protected."""

    name: str
    width: int = 20
    open: bool = False


def write_workbook(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a workbook with one sheet: a header, then `rows`, each cell as text."""
    lines = [tuple(column.name for column in columns), *rows]
    body = "".join(_row(columns, number, cells) for number, cells in enumerate(lines, start=1))
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{column.width}" customWidth="1"/>'
        for place, column in enumerate(columns, start=1)
    )
    sheet = (
        f'{_HEAD}<worksheet xmlns="{_SHEET}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
        f"</sheetViews><cols>{widths}</cols><sheetData>{body}</sheetData>"
        '<sheetProtection sheet="1" formatColumns="0" formatRows="0"/></worksheet>'
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**_PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text)
    return packed.getvalue()


def _row(columns: Sequence[Column], number: int, cells: Sequence[str]) -> str:
    drawn = []
    for place, (column, text) in enumerate(zip(columns, cells, strict=True)):
        style = 2 if number == 1 else int(column.open)
        kept = escape(_NOT_STORABLE.sub("", text))
        drawn.append(
            f'<c r="{chr(65 + place)}{number}" s="{style}" t="inlineStr">'
            f'<is><t xml:space="preserve">{kept}</t></is></c>'
        )
    return f'<row r="{number}">{"".join(drawn)}</row>'


def read_workbook(packed: bytes) -> list[list[str]]:
    """Return the rows of the first sheet as text, without empty rows at its end.

    Raises:
        WorkbookError: if it is no workbook, is too large, or would be once it is unpacked.
    """
    if len(packed) > MAX_FILE_BYTES:
        raise WorkbookError(f"is larger than {MAX_FILE_BYTES:,} bytes; split it")
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            _check_size(archive)
            shared = _read_shared(archive)
            sheets = sorted(n for n in archive.namelist() if n.startswith("xl/worksheets/sheet"))
            if not sheets:
                raise WorkbookError("has no sheet; save it as an Excel workbook (.xlsx)")
            sheet = _parse(_unpack(archive, sheets[0]))
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        KeyError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise WorkbookError("is no Excel workbook; save it as .xlsx") from error
    except (ElementTree.ParseError, UnicodeDecodeError) as error:
        raise WorkbookError("cannot be read; save it again as .xlsx") from error
    found = list(_rows_within_limits(sheet, shared))
    if len(found) > MAX_ROWS:
        raise WorkbookError(f"has more than {MAX_ROWS:,} rows; split it")
    while found and not any(found[-1]):
        found.pop()
    return found


def _check_size(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if any(part.compress_type not in _PACKED_AS for part in parts):
        raise WorkbookError("is packed in an unusual way; save it again as .xlsx")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise WorkbookError(_FAR_LARGER)


def _unpack(archive: zipfile.ZipFile, path: str) -> bytes:
    """Return a part, and no more of it than we read: what it says of its own size may be untrue."""
    with archive.open(archive.getinfo(path)) as part:
        found = part.read(MAX_UNPACKED_BYTES + 1)
    if len(found) > MAX_UNPACKED_BYTES:
        raise WorkbookError(_FAR_LARGER)
    return found


def _rows_within_limits(sheet: ElementTree.Element, shared: Sequence[str]) -> Iterator[list[str]]:
    """Give the cells of each row, until they hold more than anybody translates."""
    chars = 0
    for row in sheet.iter(f"{_MAIN}row"):
        cells = _cells(row, shared)
        chars += sum(map(len, cells))
        if chars > MAX_CHARS:
            raise WorkbookError(f"holds more than {MAX_CHARS:,} characters; split it")
        yield cells


def _parse(part: bytes) -> ElementTree.Element:
    """Return the XML in a part; a document type, which could name itself for ever, is refused."""
    text = part.decode("utf-8-sig")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise WorkbookError("holds what no workbook needs; save it again as .xlsx")
    return ElementTree.fromstring(text)  # noqa: S314 - nothing in it can grow or reach outside


def _read_shared(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    root = _parse(_unpack(archive, "xl/sharedStrings.xml"))
    return [_text_in(each) for each in root.iter(f"{_MAIN}si")]


def _text_in(element: ElementTree.Element) -> str:
    """Return the words in an element, without the reading aids that Excel keeps beside them."""
    runs = element.findall(f"{_MAIN}t") + element.findall(f"{_MAIN}r/{_MAIN}t")
    return "".join(run.text or "" for run in runs)


def _cells(row: ElementTree.Element, shared: Sequence[str]) -> list[str]:
    """Return the cells of a row, those that the file leaves out as empty text."""
    cells: list[str] = []
    for cell in row.findall(f"{_MAIN}c"):
        place = _place(cell.get("r", ""), len(cells))
        cells += [""] * (place - len(cells))
        value = cell.findtext(f"{_MAIN}v") or ""
        inline = cell.find(f"{_MAIN}is")
        if cell.get("t") == "s" and value.isdigit() and int(value) < len(shared):
            value = shared[int(value)]
        cells.append(_text_in(inline) if inline is not None else value)
    return cells


def _place(reference: str, default: int) -> int:
    """Return the place of a column: 0 for A, 26 for AA; never before `default`."""
    letters = re.match(r"[A-Z]{1,2}", reference)
    place = 0
    for letter in letters[0] if letters else "":
        place = place * 26 + ord(letter) - 64
    return max(place - 1, default) if letters else default


_PARTS = {
    "[Content_Types].xml": (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'{_HEAD}<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Texts" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'{_HEAD}<styleSheet xmlns="{_SHEET}"><fonts count="2"><font><sz val="11"/>'
        '<name val="Arial"/></font><font><b/><sz val="11"/><name val="Arial"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
        '<patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="3">'
        '<xf applyAlignment="1"><alignment wrapText="1" vertical="top"/></xf>'
        '<xf applyAlignment="1" applyProtection="1"><alignment wrapText="1" vertical="top"/>'
        '<protection locked="0"/></xf>'
        '<xf fontId="1" applyFont="1" applyAlignment="1"><alignment wrapText="1"/></xf>'
        "</cellXfs></styleSheet>"
    ),
}
