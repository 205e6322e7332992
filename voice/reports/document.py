"""The briefing as a Word document: real headings, tables with header rows, and nothing hidden."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from voice.reports.briefing import Briefing, BriefQuestion, BriefTheme, printable
from voice.reports.figures import Figure, QuestionFigures
from voice.reports.measures import MeasureTable

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_INK = RGBColor(0x17, 0x49, 0x5A)
_SHADE = "EEF3F4"
_WIDE = Cm(9.7)
_NARROW = Cm(2.3)
_ROWS_KEPT_TOGETHER = 12  # a table no longer than this is not broken over two pages


def briefing_document(briefing: Briefing) -> bytes:
    """Return the briefing as a .docx file."""
    document = Document()
    set_up_document(document, title=briefing.title, council=briefing.council)
    _write_first_page(document, briefing)
    _write_themes(document, briefing.themes, briefing.rate_words)
    _write_figures(document, briefing.questions, briefing.rate_words)
    _write_outcomes(document, briefing)
    write_list(document, "How this was made", briefing.method)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def set_up_document(document: Any, *, title: str, council: str) -> None:
    """Give a new document its title, our letters and colours, and numbers on its pages."""
    document.core_properties.title = printable(title)[:255]
    document.core_properties.author = printable(council)[:255]
    document.core_properties.language = "en-GB"
    normal = document.styles["Normal"]
    normal.font.name = "Arial"
    normal.font.size = Pt(11)
    document.styles["Title"].font.size = Pt(22)
    document.styles["Caption"].font.size = Pt(10)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Caption"):
        style = document.styles[name]
        style.font.name = "Arial"
        style.font.color.rgb = _INK
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(theme), None)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    _number_pages(section.footer.paragraphs[0])


def _number_pages(footer: Any) -> None:
    """Write "Page 1", worked out by whatever opens the document."""
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    footer.add_run("Page ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    footer._p.append(field)


def _write_first_page(document: Any, briefing: Briefing) -> None:
    document.add_heading(printable(briefing.title), level=0)
    write_paragraph(document, f"{briefing.council}. Made on {briefing.made_on}. {briefing.period}")
    if briefing.demonstration:
        write_paragraph(document, f"Demonstration. {briefing.demonstration}", bold=True)
    write_list(document, "In brief", briefing.headlines)
    write_list(document, "Decisions asked of you", briefing.decisions)
    if briefing.decisions_later:
        later = "; ".join(briefing.decisions_later)
        write_paragraph(document, f"To decide on later, each raised by fewer people: {later}.")
    document.add_heading("Who answered", level=1)
    write_paragraph(document, briefing.who_answered)
    if briefing.channels:
        caption = f"How they answered. {briefing.rate_words}"
        _write_table(document, caption, briefing.channels, "Way of answering")


def _write_themes(document: Any, questions: Iterable[BriefQuestion], rate: str) -> None:
    document.add_heading("What people said", level=1)
    for question in questions:
        document.add_heading(printable(question.text), level=2)
        write_paragraph(document, question.base_words)
        if question.warning:
            write_paragraph(document, question.warning, bold=True)
        for words in question.of_the_list:
            write_paragraph(document, words)
        if not question.themes:
            write_paragraph(document, "No theme has been signed off yet.")
        counted = [one.people for one in question.themes if not one.is_only_heard]
        if counted:
            _write_table(document, f"Themes. {rate}", counted, "Theme")
        for theme in question.themes:
            _write_theme(document, theme)
        if question.heard:
            write_list(document, "Heard outside the survey", question.heard, level=3)


def _write_theme(document: Any, theme: BriefTheme) -> None:
    document.add_heading(printable(theme.label), level=3)
    write_paragraph(document, theme.figure_words)
    for words in theme.quotes:
        document.add_paragraph(printable(f"“{words}”"), style="Quote")
    for words in theme.said_more_by + theme.heard:
        write_paragraph(document, words)
    write_paragraph(document, theme.answered or "No outcome has been published for this theme yet.")


def _write_figures(document: Any, questions: Iterable[QuestionFigures], rate: str) -> None:
    document.add_heading("Figures, question by question", level=1)
    for question in questions:
        document.add_heading(printable(question.text), level=2)
        write_paragraph(
            document,
            f"n = {question.base} answered, {question.skipped} skipped it, "
            f"{question.not_asked} were not asked. {rate}. {question.note}".strip(),
        )
        rows = [*question.rows, *([question.together] if question.together else [])]
        if rows:
            _write_table(document, f"Answers (n = {question.base}). {rate}", rows, "Answer")
        if question.table and question.base:
            write_measure(document, question.table)


def _write_outcomes(document: Any, briefing: Briefing) -> None:
    document.add_heading("You said, we did", level=1)
    if not briefing.outcomes:
        write_paragraph(document, "Nothing has been published yet.")
    for you_said, answer in briefing.outcomes:
        write_paragraph(document, f"You said: {you_said}", bold=True)
        write_paragraph(document, answer)


def write_list(document: Any, heading: str, lines: Sequence[str], *, level: int = 1) -> None:
    """Write a heading, and a bullet for each line."""
    document.add_heading(heading, level=level)
    for words in lines:
        document.add_paragraph(printable(words), style="List Bullet")


def write_paragraph(document: Any, words: str, *, bold: bool = False) -> None:
    """Write one paragraph of plain words."""
    document.add_paragraph().add_run(printable(words)).bold = bold


def _write_table(document: Any, caption: str, rows: Iterable[Figure], label: str) -> None:
    """Write a table of figures; its first row is marked as the heading, on every page anew."""
    document.add_paragraph(
        printable(caption), style="Caption"
    ).paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=4, style="Table Grid")
    table.autofit = False
    _describe(table, caption)
    _fill(table.rows[0], (label, "Number", "Base (n)", "Share"), is_head=True)
    for row in rows:
        _fill(table.add_row(), _cells(row), is_head=False)
    for number, column in enumerate(table.columns):
        column.width = _NARROW if number else _WIDE
    if len(table.rows) <= _ROWS_KEPT_TOGETHER:
        _keep_together(table)
    document.add_paragraph()


def write_measure(document: Any, measure: MeasureTable) -> None:
    """Write the table of a measure; its columns share the width."""
    caption = document.add_paragraph(printable(measure.caption), style="Caption")
    caption.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(measure.head), style="Table Grid")
    _describe(table, measure.caption)
    _fill(table.rows[0], measure.head, is_head=True)
    for row in measure.rows:
        _fill(table.add_row(), row, is_head=False)
    document.add_paragraph()


def _keep_together(table: Any) -> None:
    for row in table.rows[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _cells(row: Figure) -> tuple[str, str, str, str]:
    if row.is_withheld:
        return row.label, "withheld", str(row.base), "–"
    share = "–" if row.percent is None else f"{row.percent}%"
    return row.label, str(row.count), str(row.base), share


def _describe(table: Any, caption: str) -> None:
    """Give the table the title that screen readers say."""
    title = OxmlElement("w:tblCaption")
    title.set(qn("w:val"), printable(caption))
    table._tbl.tblPr.append(title)


def _fill(row: Any, words: Sequence[str], *, is_head: bool) -> None:
    marks = row._tr.get_or_add_trPr()
    marks.append(OxmlElement("w:cantSplit"))
    if is_head:
        marks.append(OxmlElement("w:tblHeader"))
    for number, (cell, text) in enumerate(zip(row.cells, words, strict=True)):
        cell.width = _NARROW if number else _WIDE
        run = cell.paragraphs[0].add_run(printable(text))
        run.bold = is_head
        if number:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if is_head:
            shade = OxmlElement("w:shd")
            shade.set(qn("w:val"), "clear")
            shade.set(qn("w:fill"), _SHADE)
            cell._tc.get_or_add_tcPr().append(shade)
