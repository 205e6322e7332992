"""Tables of words in a Word document, fields of a cover, and a page on its side."""

from collections.abc import Sequence
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from voice.reports.briefing import printable
from voice.reports.handout import HandoutTable

_FILLS = {"blue": "D2E2F1", "green": "CCE2D8", "amber": "FCD6C3", "red": "F6D7D2"}
_HEAD = "E8EEF2"
_CELL_POINTS = 9


def lay_on_side(document: Any) -> None:
    """Turn the pages, for tables that need the width."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width


def write_field(document: Any, name: str, words: str) -> None:
    """Write one field of a cover: its name in bold, and what stands in it."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.add_run(printable(f"{name} ")).bold = True
    paragraph.add_run(printable(words))


def write_lines(document: Any, lines: Sequence[str]) -> None:
    """Write a bullet for each line."""
    for words in lines:
        document.add_paragraph(printable(words), style="List Bullet")


def write_rows(document: Any, table: HandoutTable) -> None:
    """Write a table whose head is said on every page; a colour stands beside its name in words."""
    caption = document.add_paragraph(printable(table.caption), style="Caption")
    caption.paragraph_format.keep_with_next = True
    drawn = document.add_table(rows=1, cols=len(table.head), style="Table Grid")
    title = OxmlElement("w:tblCaption")
    title.set(qn("w:val"), printable(table.caption))
    drawn._tbl.tblPr.append(title)
    drawn.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, words in zip(drawn.rows[0].cells, table.head, strict=True):
        _write(cell, words, is_bold=True)
        _shade(cell, _HEAD)
    for row, colour in table.coloured_rows:
        added = drawn.add_row()
        added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        cells = added.cells
        name = colour.capitalize()
        said = row[-1] if name in {"", row[-1]} else f"{name}: {row[-1]}"
        for cell, words in zip(cells, (*row[:-1], said), strict=True):
            _write(cell, words)
        if colour:
            _shade(cells[-1], _FILLS[colour])
    document.add_paragraph()


def _write(cell: Any, words: str, *, is_bold: bool = False) -> None:
    run = cell.paragraphs[0].add_run(printable(words))
    run.bold = is_bold
    run.font.size = Pt(_CELL_POINTS)


def _shade(cell: Any, fill: str) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), fill)
    cell._tc.get_or_add_tcPr().append(shade)
