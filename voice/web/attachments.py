"""Files to keep: a browser saves them and never shows them inside the service's own pages."""

from collections.abc import Iterable, Sequence

from flask import Response as Reply

from voice.models import Consultation
from voice.reports.csv_files import csv_file
from voice.services import audit
from voice.web.session import current_session, now, signed_in_officer

MEDIA_TYPES = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def attach(held: bytes | str, name: str, *, media_type: str) -> Reply:
    """Return a file to keep under this name."""
    reply = Reply(held, mimetype=media_type)
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply


def attach_table(columns: Sequence[str], rows: Iterable[Sequence[object]], name: str) -> Reply:
    """Return a table to keep, as CSV that no spreadsheet takes for formulas."""
    return attach(csv_file(columns, rows), name, media_type=MEDIA_TYPES["csv"])


def attach_noted(consultation: Consultation, what: str, kind: str, held: bytes | str) -> Reply:
    """Return a consultation's file, such as its briefing, and write down who took it.

    Its name is `what`, the consultation's address and `kind`, a key of `MEDIA_TYPES`.
    """
    note_taken(consultation, what)
    name = f"{what.replace(' ', '-')}-{consultation.slug}.{kind}"
    return attach(held, name, media_type=MEDIA_TYPES[kind])


def note_taken(consultation: Consultation, what: str) -> None:
    """Write down that the officer who is signed in took `what` of a consultation away."""
    officer = signed_in_officer()
    audit.record(current_session(), officer, f"{what} downloaded", consultation.id, now=now())
