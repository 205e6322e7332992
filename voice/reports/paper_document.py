"""The form as a Word document, for a library to print and for anybody to enlarge."""

from functools import lru_cache
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt, RGBColor

from voice.reports.briefing import printable
from voice.reports.document import MEDIA_TYPE
from voice.reports.paper_form import PaperForm, PaperQuestion

__all__ = ["MEDIA_TYPE", "paper_document"]
BOX = "\u2610"
_LINE = "_" * 60
_BLANK = "_" * 8
_AFTER_BIDI = ("w:adjustRightInd", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr")
_LINE_LARGE = "_" * 40
_INK = RGBColor(0x17, 0x49, 0x5A)


@lru_cache(maxsize=32)
def paper_document(paper: PaperForm, *, large: bool) -> bytes:
    """Return the form as a .docx file, in 18 point where it is to be `large`."""
    document = Document()
    _set_up(document, paper, points=18 if large else 12)
    document.add_heading(printable(paper.title), level=0)
    _write(document, " ".join(words for words, _ in paper.demonstration_words), bold=True)
    for words in (*paper.about, paper.safety):
        _write(document, words)
    _write(document, f"{paper.send_back} {paper.send_to}", bold=True)
    for place, question in enumerate(paper.questions):
        if question.section or not place:
            document.add_heading(printable(question.section or paper.heading), level=1)
        _write_question(document, question, line=_LINE_LARGE if large else _LINE)
    if paper.code:
        _write(document, f"{paper.code}: {_BLANK * 2}")
    if paper.meeting_words:
        _write(document, paper.meeting_words)
    _write(document, paper.thanks)
    _write(document, paper.council)
    _write(document, paper.printed_as)
    if paper.direction == "rtl":
        _turn(document)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _set_up(document: Any, paper: PaperForm, *, points: int) -> None:
    document.core_properties.title = printable(paper.title)[:255]
    document.core_properties.author = printable(paper.council)[:255]
    document.core_properties.language = "en-GB" if paper.language == "en" else paper.language
    for name, size in (("Normal", 1.0), ("Title", 1.8), ("Heading 1", 1.35), ("Heading 2", 1.05)):
        style = document.styles[name]
        style.font.size = Pt(round(points * size))
        style.font.name = "Arial"
        if name != "Normal":
            style.font.color.rgb = _INK
            fonts = style.element.rPr.rFonts
            for theme in [each for each in fonts.attrib if each.endswith("Theme")]:
                del fonts.attrib[theme]
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)


def _turn(document: Any) -> None:
    """Let every paragraph, in tables too, run from right to left."""
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    for paragraph in (*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)):
        paragraph._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)


def _write_question(document: Any, question: PaperQuestion, *, line: str) -> None:
    _write(document, question.only_if, bold=True)
    _write(document, question.intro)
    before = len(document.paragraphs)
    document.add_heading(printable(question.heading), level=2)
    for words in question.notes:
        _write(document, words)
    for option in question.options:
        _write(document, f"{BOX} {option.label}")
        if option.has_line:
            _write(document, line)
    _write_table(document, question)
    for label in question.blanks:
        _write(document, f"{label} {_BLANK} %".strip())
    for _ in range(question.lines):
        _write(document, line)
    for words in question.go_to:
        _write(document, words, bold=True)
    for paragraph in document.paragraphs[before:-1]:
        paragraph.paragraph_format.keep_with_next = True


def _write_table(document: Any, question: PaperQuestion) -> None:
    """Write the boxes of a question that is a table, under their columns' words."""
    if not question.rows:
        return
    table = document.add_table(rows=1, cols=len(question.columns) + 1, style="Table Grid")
    for cell, words in zip(table.rows[0].cells[1:], question.columns, strict=True):
        cell.text = printable(words)
    for words in question.rows:
        cells = table.add_row().cells
        cells[0].text = printable(words)
        for cell in cells[1:]:
            cell.text = BOX


def _write(document: Any, words: str, *, bold: bool = False) -> None:
    """Write a paragraph; nothing at all where there are no words."""
    if words:
        document.add_paragraph().add_run(printable(words)).bold = bold
