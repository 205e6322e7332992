"""Files that came with responses, for officers who may read them: listed, downloaded, packed."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from surveys.media import BYTES_A_MB, ENDINGS
from voice.errors import NotFoundError
from voice.models import Consultation, Media, Officer, Response
from voice.services import audit
from voice.services.consultations import current_survey
from voice.services.media import path_of
from voice.services.results import CHANNELS
from voice.services.theme_answers import removed_in_words, responses_set_apart

MANIFEST = "manifest.csv"
SHEETS = "Sheets added to a paper answer"
_COLUMNS = ("file", "response", "question", "media_type", "size_bytes", "words", "counted")


@dataclass(frozen=True, slots=True)
class Filed:
    """One file as an officer sees it in a list. Nothing tells whose it is."""

    id: UUID
    response: UUID
    question: str
    question_text: str
    media_type: str
    size_bytes: int
    words: str  # that came with it
    channel: str
    counts: bool

    @property
    def file_name(self) -> str:
        """What it is called when it is downloaded: never what its sender called it."""
        return f"{self.id.hex}.{ENDINGS[self.media_type]}"

    @property
    def size(self) -> str:
        """How large it is, in words."""
        return f"{max(self.size_bytes / BYTES_A_MB, 0.1):.1f} MB"


def list_files(session: Session, consultation: Consultation) -> list[Filed]:
    """Return the files of what was sent in, question by question, in an order of chance."""
    return sorted(_files(session, consultation), key=lambda filed: (filed.question, filed.id.hex))


def set_apart_in_words(session: Session, consultation: Consultation) -> str:
    """Return how many files are kept apart because their response raised an alert (SAF-8)."""
    apart = responses_set_apart(session, consultation)
    sent = select(Media.response_id).join(Media.response).where(*_sent_in(consultation))
    return removed_in_words(sum(each in apart for each in session.scalars(sent)))


def _sent_in(consultation: Consultation) -> tuple[ColumnElement[bool], ...]:
    return Response.consultation_id == consultation.id, Response.submitted_at.is_not(None)


def _files(session: Session, consultation: Consultation) -> Iterator[Filed]:
    """Find the files of what was sent in, without those of responses set apart (SAF-8)."""
    apart = responses_set_apart(session, consultation)
    survey = current_survey(consultation)
    texts = {question.code: question.plain_text for question in survey.questions}
    found = (
        select(Media)
        .join(Media.response)
        .where(*_sent_in(consultation))
        .options(joinedload(Media.response).selectinload(Response.answers))
    )
    for media in session.scalars(found):
        response = media.response
        if response is None or response.id in apart:
            continue
        answer = response.answers.get(media.question)
        yield Filed(
            id=media.id,
            response=response.id,
            question=media.question,
            question_text=texts.get(media.question, media.question) or SHEETS,
            media_type=media.media_type,
            size_bytes=media.size_bytes,
            words=answer.other if answer is not None else "",
            channel=CHANNELS[response.channel],
            counts=response.counts and (answer is None or answer.is_on_path),
        )


def open_file(
    session: Session,
    consultation: Consultation,
    officer: Officer,
    media_id: UUID,
    *,
    folder: Path,
    now: datetime,
) -> tuple[Filed, bytes]:
    """Return one file with its content; that it was opened goes into the audit trail.

    Raises:
        NotFoundError: if this consultation has no such file, or it is not on the disk.
    """
    filed = next((each for each in _files(session, consultation) if each.id == media_id), None)
    path = path_of(folder, media_id)
    if filed is None or not path.is_file():
        raise NotFoundError("media")
    audit.record(session, officer, "file opened", media_id, now=now)
    return filed, path.read_bytes()


def pack_files(
    session: Session, consultation: Consultation, officer: Officer, *, folder: Path, now: datetime
) -> IO[bytes]:
    """Return a zip of every file, with a list of what each is; written down in the audit trail."""
    packed = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    listed = io.StringIO()
    rows = csv.writer(listed)
    rows.writerow(_COLUMNS)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as bundle:
        for filed in list_files(session, consultation):
            path = path_of(folder, filed.id)
            if path.is_file():
                bundle.write(path, filed.file_name)
                rows.writerow(_row(filed))
        bundle.writestr(MANIFEST, listed.getvalue())
    audit.record(session, officer, "files exported", consultation.id, now=now)
    packed.seek(0)
    return packed


def _row(filed: Filed) -> tuple[object, ...]:
    """Return a line of the list; words that a spreadsheet would run are made words again."""
    words = filed.words if filed.words[:1] not in "=+-@\t\r" else f"'{filed.words}"
    return (
        filed.file_name,
        filed.response,
        filed.question,
        filed.media_type,
        filed.size_bytes,
        words,
        "yes" if filed.counts else "no",
    )
