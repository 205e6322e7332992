"""Files that people send: put away before the answer is kept, and thrown away with it.

A file is written first and its row after it, so a crash leaves a file without a row, never a row
without its file. `sweep` throws away what no row speaks of.
"""

import logging
import os
import re
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from surveys.answers import Answer, storable
from surveys.media import MediaQuestion, Stored
from voice.clock import current_time
from voice.config import Settings
from voice.database import Database
from voice.errors import NotFoundError
from voice.models import Media, Response
from voice.services import jobs
from voice.services.media_content import clean

logger = logging.getLogger(__name__)

THROW_AWAY = "throw away a file"  # subject: its id
MAX_NAME_CHARS = 200
UNKEPT_SECONDS = 24 * 60 * 60  # somebody may come back to a page that was not complete
_ID = re.compile(r"[0-9a-f]{32}")
_NOT_SPOKEN = re.compile(r"[_.+-]+")  # stand for spaces in the name of a file


def folder_of(settings: Settings) -> Path:
    """Return the folder of the files, which no web server serves."""
    return settings.home / "media"


def path_of(folder: Path, media_id: UUID) -> Path:
    """Return where the file with this id lies."""
    return folder / media_id.hex[:2] / media_id.hex


def put_away(folder: Path, content: bytes, *, name: str = "") -> Stored:
    """Check a file by its content, clean it and write it to the disk under an id of chance.

    Raises:
        MediaRefusedError: if it is of no type that we take, or not whole; nothing is written.
    """
    cleaned = clean(content)
    media_id = uuid4()
    path = path_of(folder, media_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_suffix(".part")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(cleaned.content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)
    words = storable(name.replace("\\", "/").rpartition("/")[2])[:MAX_NAME_CHARS]
    return Stored(media_id.hex, cleaned.media_type, len(cleaned.content), words)


def add(
    session: Session, stored: Stored, *, now: datetime, response: Response | None = None
) -> Media:
    """Write down a file that was put away; `response` if it comes with a paper answer."""
    media = Media(
        id=UUID(stored.id),
        response_id=response.id if response is not None else None,
        media_type=stored.media_type,
        size_bytes=stored.size_bytes,
        name=stored.name,
        added_at=now,
    )
    session.add(media)
    session.flush()
    return media


def attach(
    session: Session, response: Response, question: MediaQuestion, answer: Answer, *, now: datetime
) -> None:
    """Let the files of an answer be this response's, and throw away those that it replaces.

    Raises:
        NotFoundError: if the answer names a file that is not there, or somebody else's.
    """
    for value in answer.values:
        media = session.get(Media, UUID(value))
        if media is None or media.response_id not in {None, response.id}:
            raise NotFoundError("media")
        media.response_id, media.question = response.id, question.code
    session.flush()
    for media in _of_response(session, response):
        if media.question == question.code and media.id.hex not in answer.values:
            session.delete(media)
            jobs.enqueue(session, THROW_AWAY, media.id.hex, now=now)


def add_sheets(session: Session, response: Response, media_ids: Sequence[str]) -> None:
    """Let files that were put away be sheets of a paper answer as a whole."""
    for media_id in media_ids:
        media = session.get(Media, UUID(media_id)) if _ID.fullmatch(media_id) else None
        if media is not None and media.response_id is None:
            media.response_id = response.id
    session.flush()


def forget(session: Session, response: Response) -> None:
    """Have the files of a response thrown away; their rows go with it."""
    for media in _of_response(session, response):
        jobs.enqueue(session, THROW_AWAY, media.id.hex, now=current_time())


def find_stored(session: Session, media_id: str) -> Stored | None:
    """Return what is known of a file, or None."""
    media = session.get(Media, UUID(media_id)) if _ID.fullmatch(media_id) else None
    if media is None:
        return None
    return Stored(media_id, media.media_type, media.size_bytes, media.name)


def names_in_words(session: Session, media_ids: Sequence[str]) -> str:
    """Return what the senders called these files, as words that can be screened."""
    found = (find_stored(session, each) for each in media_ids)
    return "\n".join(_NOT_SPOKEN.sub(" ", each.name) for each in found if each is not None)


def describe_files(session: Session, asked: ColumnElement[bool]) -> dict[str, str]:
    """Return the type and size of every file sent to the consultations asked for, by its id."""
    sent = select(Media).join(Media.response).join(Response.consultation).where(asked)
    return {
        media.id.hex: f"{media.media_type}, {media.size_bytes} bytes"
        for media in session.scalars(sent)
    }


def throwing_away(folder: Path) -> jobs.Work:
    """Return the work that throws one file away, if no row speaks of it."""

    def throw_away(database: Database, subject: str, now: datetime) -> jobs.Keep:
        with database.reading() as session:
            if session.get(Media, UUID(subject)) is None:
                path_of(folder, UUID(subject)).unlink(missing_ok=True)
        return lambda _session: None

    return throw_away


def sweep(database: Database, folder: Path, *, now: datetime) -> int:
    """Throw away files that no answer speaks of, a day after they came; return how many."""
    with database.writing() as session:
        left = Media.response_id.is_(None)
        before = now - timedelta(seconds=UNKEPT_SECONDS)
        for media in session.scalars(select(Media).where(left, Media.added_at < before)):
            session.delete(media)
    with database.reading() as session:
        known = {media_id.hex for media_id in session.scalars(select(Media.id))}
    swept = 0
    for path in folder.glob("??/*"):
        is_old = time.time() - path.stat().st_mtime > UNKEPT_SECONDS
        if path.stem not in known and is_old:
            path.unlink(missing_ok=True)
            swept += 1
    if swept:
        logger.info("files swept", extra={"files": swept})
    return swept


def _of_response(session: Session, response: Response) -> list[Media]:
    return list(session.scalars(select(Media).where(Media.response_id == response.id)))
