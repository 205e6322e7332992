"""PDF files, with their pages alone: no author, no dates, no scripts, no files inside."""

from io import BytesIO

MOST_PAGES = 200
_NOT_OF_THE_PAGE = ("/AA", "/Annots", "/Metadata", "/PieceInfo", "/LastModified")


def clean_pdf(content: bytes) -> bytes:
    """Return a new document with the same pages and nothing else.

    Raises:
        ValueError: if it is damaged, locked with a password, or has more than `MOST_PAGES` pages.
    """
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 - slow to load, and seldom needed

    try:
        reader, writer = PdfReader(BytesIO(content)), PdfWriter()
        if reader.is_encrypted or not 0 < len(reader.pages) <= MOST_PAGES:
            raise ValueError("locked, empty or too long")
        for page in reader.pages:
            kept = writer.add_page(page)
            for name in _NOT_OF_THE_PAGE:
                kept.pop(name, None)
        writer.metadata = None
        written = BytesIO()
        writer.write(written)
    except Exception as error:
        raise ValueError(type(error).__name__) from error
    return written.getvalue()
