"""Information: what people can read about a proposal, published in dated versions, and notices."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice.errors import (
    ChangedMeanwhileError,
    PlanRefusedError,
    StageRefusedError,
)
from voice.models import Consultation, InformationVersion, Notice, Officer, Response
from voice.reports import percentages
from voice.services import audit, officers, outcomes, theme_answers, themes
from voice.services.belonging import get_belonging

MAX_TITLE_CHARS = 150
MAX_INFORMATION_CHARS = 20_000
MAX_NOTICE_CHARS = 1_000
MAX_DOCUMENTS = 30
_DOCUMENT = re.compile(r"(?P<name>\S.*?)\s*[|,:–-]?\s+(?P<address>https?://[^\s<>\"]+)")


@dataclass(frozen=True, slots=True)
class Information:
    """A new version as an officer wrote it; `documents` holds one a line."""

    title: str
    words: str
    documents: str
    press_key: str


@dataclass(frozen=True, slots=True)
class Document:
    """Something to read elsewhere, by its name and address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Interim:
    """What is said while people are still being asked."""

    you_said: str
    we_are: str
    press_key: str
    may_name: bool = False  # an officer says that names and the like in it may be public

    @property
    def mark(self) -> str:
        """Return what only these words have: a press that brings it has shown them before."""
        return outcomes.mark_of(self.you_said, self.we_are)

    @property
    def personal(self) -> tuple[str, ...]:
        """Return what looks like a name, an address, a number or the like, each once, in order."""
        return outcomes.personal_in(self.you_said, self.we_are)


def publish_information(
    session: Session,
    consultation: Consultation,
    officer: Officer,
    written: Information,
    *,
    now: datetime,
) -> InformationVersion:
    """Publish a new version of what people can read; those before it stay, with their dates.

    Raises:
        NotAllowedError: if the officer may only read.
        StageRefusedError: "closed" or "archived".
        PlanRefusedError: "title missing", "title long", "words missing", "words long",
            "documents wrong" or "documents many".
    """
    officers.check_may_publish(officer)
    session.refresh(consultation, with_for_update=True)
    pressed = InformationVersion.press_key == written.press_key
    before = session.scalar(select(InformationVersion).where(pressed))
    if before is not None:
        return before
    _check_information(consultation, written, now=now)
    version = InformationVersion(
        consultation_id=consultation.id,
        number=consultation.information_number + 1,
        title=written.title.strip(),
        words=written.words.strip(),
        documents=read_documents(written.documents),
        published_at=now,
        published_by=officer.id,
        press_key=written.press_key,
    )
    consultation.information_number = version.number
    session.add(version)
    session.flush()
    audit.record(session, officer, "information published", consultation.id, now=now)
    return version


def _check_information(consultation: Consultation, written: Information, *, now: datetime) -> None:
    if consultation.archived_at is not None:
        raise StageRefusedError("archived")
    if now > consultation.closes_at:
        raise StageRefusedError("closed")
    _check_length("title", written.title, MAX_TITLE_CHARS)
    _check_length("words", written.words, MAX_INFORMATION_CHARS)


def read_documents(typed: str) -> list[str]:
    """Return each line that names a document and says where it is, empty lines left out.

    Raises:
        PlanRefusedError: "documents wrong" if a line has no name or no web address at its end;
            "documents many" if there are more than `MAX_DOCUMENTS`.
    """
    lines = [" ".join(line.split()) for line in typed.splitlines() if line.strip()]
    if len(lines) > MAX_DOCUMENTS:
        raise PlanRefusedError("documents many")
    if not all(_DOCUMENT.fullmatch(line) for line in lines):
        raise PlanRefusedError("documents wrong")
    return lines


def documents_in(lines: Sequence[str]) -> tuple[Document, ...]:
    """Return the documents that were kept as lines."""
    found = (_DOCUMENT.fullmatch(line) for line in lines)
    return tuple(Document(each["name"], each["address"]) for each in found if each)


def list_versions(session: Session, consultation: Consultation) -> Sequence[InformationVersion]:
    """Return every version of the information, the first one first."""
    return session.scalars(
        select(InformationVersion)
        .where(InformationVersion.consultation_id == consultation.id)
        .order_by(InformationVersion.number)
    ).all()


def published_since(session: Session, response: Response) -> InformationVersion | None:
    """Return the newest information if it came out after this response was begun, or None."""
    consultation, seen = response.consultation, response.information_at_start
    if seen is None or consultation.information_number <= seen:
        return None
    return list_versions(session, consultation)[-1]


def publish_notice(
    session: Session, consultation: Consultation, officer: Officer, said: Interim, *, now: datetime
) -> Notice:
    """Say in public what has been heard so far, while people can still answer.

    Raises:
        NotAllowedError: if the officer may only read.
        StageRefusedError: "draft" or "archived".
        PlanRefusedError: "you_said missing", "we_are long" and so on; "you_said quote" when it
            holds what somebody wrote (PRI-10); "you_said bare" for a percentage with no number of
            people (E15); "may_name missing" where something in it looks like a name or the like.
        ChangedMeanwhileError: if the press belongs to another consultation.
    """
    officers.check_may_publish(officer)
    before = session.scalar(select(Notice).where(Notice.press_key == said.press_key))
    if before is not None:
        if before.consultation_id != consultation.id:
            raise ChangedMeanwhileError("notice")
        return before
    check_notice(session, consultation, said, now=now)
    if said.personal and not said.may_name:
        raise PlanRefusedError("may_name missing")
    notice = Notice(
        consultation_id=consultation.id,
        you_said=said.you_said.strip(),
        we_are=said.we_are.strip(),
        published_at=now,
        published_by=officer.id,
        press_key=said.press_key,
    )
    session.add(notice)
    session.flush()
    audit.record(session, officer, "notice published", notice.id, now=now)
    return notice


def check_notice(
    session: Session, consultation: Consultation, said: Interim, *, now: datetime
) -> None:
    """Make sure that this could be said in public, its names apart.

    Raises:
        StageRefusedError, PlanRefusedError: as `publish_notice` does.
    """
    if not consultation.has_begun(now):
        raise StageRefusedError("draft")
    if consultation.archived_at is not None:
        raise StageRefusedError("archived")
    _check_length("you_said", said.you_said, MAX_NOTICE_CHARS)
    _check_length("we_are", said.we_are, MAX_NOTICE_CHARS)
    if fault := percentages.fault_in(said.you_said, said.we_are):
        raise PlanRefusedError(f"{('you_said', 'we_are')[fault[0]]} {fault[1]}")
    for code in (each.code for each in themes.free_text_questions(consultation)):
        written = theme_answers.every_words(session, consultation, code)
        if theme_answers.holds_a_quote((said.you_said, said.we_are), written):
            raise PlanRefusedError("you_said quote")


def list_notices(session: Session, consultation: Consultation) -> Sequence[Notice]:
    """Return every interim notice, those withdrawn too, the first one first."""
    return session.scalars(
        select(Notice)
        .where(Notice.consultation_id == consultation.id)
        .order_by(Notice.published_at, Notice.id)
    ).all()


def withdraw_notice(
    session: Session,
    consultation: Consultation,
    officer: Officer,
    notice_id: UUID,
    *,
    now: datetime,
) -> None:
    """Take a notice back from the public pages; it stays in the evidence.

    Raises:
        NotAllowedError: if the officer may only read.
        NotFoundError: if the consultation has no such notice.
    """
    officers.check_may_publish(officer)
    notice = get_belonging(session, Notice, consultation, notice_id)
    if notice.withdrawn_at is None:
        notice.withdrawn_at = now
        audit.record(session, officer, "notice withdrawn", notice.id, now=now)


def _check_length(name: str, words: str, most: int) -> None:
    if not words.strip():
        raise PlanRefusedError(f"{name} missing")
    if len(words.strip()) > most:
        raise PlanRefusedError(f"{name} long")
