"""The privacy papers as a page, and as a document: record of processing, retention, DPIA."""

from dataclasses import dataclass
from io import BytesIO

from docx import Document

from voice.reports.briefing import printable
from voice.reports.document import set_up_document, write_list, write_paragraph
from voice.reports.drawing import draw_report

TITLE = "Privacy: what is held of people, why, and how long"
NOTE = (
    "Made from the service as it is set up now. It is where an assessment begins: the council's "
    "data protection officer reads it, adds what is the council's own, and signs it."
)


@dataclass(frozen=True, slots=True)
class Held:
    """One row of the record of processing, in words."""

    what: str
    whose: str
    purpose: str
    basis: str
    kept: str
    read_by: str
    columns: str
    sealed: str


@dataclass(frozen=True, slots=True)
class Risk:
    """What could happen to somebody, and what is done against it."""

    risk: str
    measures: str


@dataclass(frozen=True, slots=True)
class PrivacyPapers:
    """All of it, as plain values."""

    council: str
    contact: str
    made_at: str
    setting: tuple[str, ...]
    held: tuple[Held, ...]
    risks: tuple[Risk, ...]


def privacy_page(papers: PrivacyPapers) -> str:
    """Return the papers as one HTML page that stands alone."""
    return printable(draw_report("privacy.html", papers=papers, title=TITLE, note=NOTE))


def privacy_document(papers: PrivacyPapers) -> bytes:
    """Return the papers as a .docx file."""
    document = Document()
    set_up_document(document, title=TITLE, council=papers.council)
    document.add_heading(TITLE, level=0)
    write_paragraph(document, f"{papers.council}. Made at {papers.made_at}. {NOTE}")
    write_list(document, "How the service is set up", papers.setting)
    document.add_heading("Record of processing", level=1)
    for held in papers.held:
        document.add_heading(held.what, level=2)
        for name, words in _lines(held):
            write_paragraph(document, f"{name}: {words}")
    write_list(document, "How long", [f"{one.what}: {one.kept}" for one in papers.held])
    write_list(
        document,
        "Risks, and what is done against them (DPIA)",
        [f"{one.risk}: {one.measures}." for one in papers.risks],
    )
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _lines(held: Held) -> tuple[tuple[str, str], ...]:
    return (
        ("Whose", held.whose),
        ("Why", held.purpose),
        ("Lawful basis", held.basis),
        ("How long", held.kept),
        ("Who reads it", held.read_by),
        ("Sealed in the store", held.sealed),
        ("Columns", held.columns),
    )
