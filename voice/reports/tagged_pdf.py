"""A page as a tagged PDF, where the programs that draw one are installed."""

from voice.errors import NoPdfError
from voice.reports.briefing import printable

_TAGGED = "pdf/ua-1"  # PDF for everybody: headings and lists are said as such


def tagged_pdf(page: str, *sheets: str) -> bytes:
    """Return a page, drawn with these style sheets beside its own. Opens nothing outside.

    Raises:
        NoPdfError: if WeasyPrint, or Pango that it stands on, is not installed.
    """
    try:
        import weasyprint  # noqa: PLC0415 - not installed everywhere, and slow to start
    except (ImportError, OSError) as error:
        raise NoPdfError("weasyprint") from error
    drawn = weasyprint.HTML(string=printable(page), url_fetcher=_fetch_nothing)
    styles = [weasyprint.CSS(string=sheet) for sheet in sheets]
    pdf: bytes = drawn.write_pdf(stylesheets=styles, pdf_variant=_TAGGED)
    return pdf


def _fetch_nothing(url: str) -> dict[str, str]:
    """Refuse every address: what we print needs none."""
    raise ValueError(url)
