"""A handout as a Word document: real headings, and one table where there are columns."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from voice.reports.briefing import printable
from voice.reports.document import set_up_document, write_paragraph
from voice.reports.document_tables import lay_on_side, write_field, write_lines, write_rows
from voice.reports.handout import Handout, HandoutPart


def handout_document(handout: Handout) -> bytes:
    """Return the handout as a .docx file."""
    document = Document()
    set_up_document(document, title=handout.title, council=handout.council)
    document.add_heading(printable(handout.title), level=0)
    if handout.is_wide:
        lay_on_side(document)
    _write_cover(document, handout)
    if handout.columns:
        _write_columns(document, handout.columns)
    for part in handout.parts:
        _write_part(document, part)
    for words in handout.notes:
        write_paragraph(document, words)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _write_cover(document: Any, handout: Handout) -> None:
    write_paragraph(document, f"{handout.council}. Made on {handout.made_on}.")
    for name, words in handout.cover:
        write_field(document, name, words)
    if handout.demonstration:
        write_paragraph(document, f"Demonstration. {handout.demonstration}", bold=True)


def _write_part(document: Any, part: HandoutPart) -> None:
    document.add_heading(printable(part.heading), level=1)
    write_lines(document, part.words)
    for words in part.quotes:
        document.add_paragraph(printable(f"“{words}”"), style="Quote")
    if part.table is not None and part.table.rows:
        write_rows(document, part.table)


def _write_columns(document: Any, columns: tuple[HandoutPart, ...]) -> None:
    """Write the columns as one table: the heads, and under each its lines."""
    table = document.add_table(rows=2, cols=len(columns), style="Table Grid")
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), printable(" and ".join(each.heading for each in columns)))
    table._tbl.tblPr.append(caption)
    for place, column in enumerate(columns):
        head, body = (row.cells[place] for row in table.rows)
        head.paragraphs[0].add_run(printable(column.heading)).bold = True
        first, *others = column.words
        body.paragraphs[0].add_run(printable(first))
        for words in others:
            body.add_paragraph(printable(words))
