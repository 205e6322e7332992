"""A handout as a file, in each of the kinds that meetings use."""

from voice.reports.handout import Handout
from voice.reports.handout_document import handout_document
from voice.reports.page import handout_page
from voice.reports.tagged_pdf import tagged_pdf

KINDS = ("docx", "pdf", "html")


def handout_file(handout: Handout, kind: str) -> bytes:
    """Return the handout as a Word document, a tagged PDF or a page that stands alone.

    Raises:
        KeyError: if it is none of `KINDS`.
        NoPdfError: if no PDF can be drawn here.
    """
    match kind:
        case "docx":
            return handout_document(handout)
        case "pdf":
            return tagged_pdf(handout_page(handout))
        case "html":
            return handout_page(handout).encode()
    raise KeyError(kind)
