"""The report on two sides as a Word document: a heading and a table for each question."""

from io import BytesIO

from docx import Document

from voice.reports.briefing import printable
from voice.reports.document import set_up_document, write_list, write_measure, write_paragraph
from voice.reports.measures import MeasureTable
from voice.reports.two_sides import TwoSides


def two_sides_document(report: TwoSides) -> bytes:
    """Return the report as a .docx file."""
    document = Document()
    set_up_document(document, title=report.title, council=report.council)
    document.add_heading(printable(report.title), level=0)
    write_paragraph(document, f"{report.council}. Made on {report.made_on}.")
    if report.demonstration:
        write_paragraph(document, f"Demonstration. {report.demonstration}", bold=True)
    write_paragraph(document, report.basis)
    for name, answered, rate in zip(report.names, report.answered, report.rates, strict=True):
        write_paragraph(document, f"{name}: {answered} answers. Response rate: {rate}.")
    for question in report.questions:
        document.add_heading(printable(question.heading), level=1)
        counted = (("Answered", *question.bases), ("Response rate", *report.rates))
        rows = (*counted, *question.rows)
        write_measure(document, MeasureTable("Answers", ("Answer", *report.names), rows))
    write_list(document, "How this was made", report.notes)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()
