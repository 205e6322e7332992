"""The form as a tagged PDF, where the programs that draw one are installed."""

from functools import lru_cache

from voice.reports.drawing import draw_report
from voice.reports.paper_form import PaperForm
from voice.reports.tagged_pdf import tagged_pdf
from voice.resources import static_folder

MEDIA_TYPE = "application/pdf"


@lru_cache(maxsize=32)
def paper_pdf(paper: PaperForm, *, large: bool) -> bytes:
    """Return the form as a PDF, in 18 point where it is to be `large`. Opens nothing but our files.

    Raises:
        NoPdfError: if WeasyPrint, or Pango that it stands on, is not installed.
    """
    sheet = (static_folder() / "paper.css").read_text("utf-8")
    return tagged_pdf(draw_report("paper.html", paper=paper, large=large), sheet)
