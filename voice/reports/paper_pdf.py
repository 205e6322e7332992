"""The form as a tagged PDF, where the programs that draw one are installed."""

from functools import lru_cache

from voice.errors import NoPdfError
from voice.reports.briefing import printable
from voice.reports.drawing import draw_report
from voice.reports.paper_form import PaperForm
from voice.resources import static_folder

MEDIA_TYPE = "application/pdf"
_TAGGED = "pdf/ua-1"  # PDF for everybody: headings and lists are said as such


@lru_cache(maxsize=32)
def paper_pdf(paper: PaperForm, *, large: bool) -> bytes:
    """Return the form as a PDF, in 18 point where it is to be `large`. Opens nothing but our files.

    Raises:
        NoPdfError: if WeasyPrint, or Pango that it stands on, is not installed.
    """
    try:
        import weasyprint  # noqa: PLC0415 - not installed everywhere, and slow to start
    except (ImportError, OSError) as error:
        raise NoPdfError("weasyprint") from error
    sheet = (static_folder() / "paper.css").read_text("utf-8")
    page = weasyprint.HTML(string=_page(paper, large=large), url_fetcher=_fetch_nothing)
    pdf: bytes = page.write_pdf(stylesheets=[weasyprint.CSS(string=sheet)], pdf_variant=_TAGGED)
    return pdf


def _page(paper: PaperForm, *, large: bool) -> str:
    return printable(draw_report("paper.html", paper=paper, large=large))


def _fetch_nothing(url: str) -> dict[str, str]:
    """Refuse every address: a form needs none."""
    raise ValueError(url)
