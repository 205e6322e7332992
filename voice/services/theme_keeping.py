"""Changes of themes: each is written down as it is made, so that it can be taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from voice.models import (
    AuditSample,
    Consultation,
    MovedMention,
    Officer,
    Theme,
    ThemeAction,
    ThemeChange,
)
from voice.services import audit, jobs
from voice.services.theme_log import THEN


@dataclass(frozen=True, slots=True)
class Edit:
    """Who changes a theme, and the edition that they saw when they decided to."""

    officer: Officer
    edition: int
    now: datetime


@dataclass(slots=True)
class Keeping:
    """A change while it is made: what is touched is written down as it was before."""

    session: Session
    consultation_id: UUID
    question: str
    was: dict[str, Any] = field(default_factory=dict)
    moved: list[MovedMention] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)  # given to answers with this change
    before: str = ""
    after: str = ""
    id: int = 0  # once it is written down
    subject: str = ""  # for the audit, unless it is the theme that is watched first

    def watch(self, *themes: Theme) -> None:
        """Write down how these themes are, before they are changed; their editions go up."""
        for theme in themes:
            self.was.setdefault(str(theme.id), state_of(theme))
            flag_modified(theme, "label")

    def add(self, theme: Theme) -> None:
        """Add a theme that was not there."""
        self.session.add(theme)
        self.session.flush()
        self.was[str(theme.id)] = None

    def note(self, theme: UUID, response: UUID, strength: float | None, *, was_quote: bool) -> None:
        """Write down how strongly a response raised a theme before; None: it did not."""
        self.moved.append(
            MovedMention(
                theme_id=theme, response_id=response, strength=strength, was_quote=was_quote
            )
        )


@contextmanager
def keeping(
    session: Session, edit: Edit, action: ThemeAction, consultation_id: UUID, question: str
) -> Iterator[Keeping]:
    """Write down everything that is changed within, as one change; refused, nothing of it stays."""
    kept = Keeping(session, consultation_id, question)
    with session.begin_nested():
        _forget_undone(session, consultation_id, question)
        yield kept
    change = ThemeChange(
        consultation_id=consultation_id,
        question=question,
        changed_at=edit.now,
        officer_id=edit.officer.id,
        action=action,
        before=kept.before,
        after=kept.after,
        comments=len(kept.codes),
        was={"themes": kept.was, "codes": kept.codes},
    )
    session.add(change)
    session.flush()
    kept.id = change.id
    for each in kept.moved:
        each.change_id = change.id
    session.add_all(kept.moved)
    session.flush()
    audit.record(session, edit.officer, f"theme {action.value}", _subject(kept), now=edit.now)
    measure_anew(session, consultation_id, question, now=edit.now)


def _forget_undone(session: Session, consultation_id: UUID, question: str) -> None:
    """Let what was undone stay so: a new change stands. Themes that were set aside for it go."""
    undone = select(ThemeChange).where(
        ThemeChange.consultation_id == consultation_id,
        ThemeChange.question == question,
        ThemeChange.undone_at.is_not(None),
    )
    for change in session.scalars(undone):
        change.was = {key: kept for key, kept in change.was.items() if key != THEN}
    gone = (
        Theme.consultation_id == consultation_id, Theme.question == question, Theme.place < 0
    )  # fmt: skip
    for theme in session.scalars(select(Theme).where(*gone)):
        session.delete(theme)
    session.flush()


def measure_anew(session: Session, consultation_id: UUID, question: str, *, now: datetime) -> None:
    """Ask a worker to measure a changed list by its audit, if it has one; many changes, one job."""
    audited = select(AuditSample.id).where(
        AuditSample.consultation_id == consultation_id, AuditSample.question == question
    )
    if session.scalars(audited.limit(1)).first() is not None:
        slug = session.get_one(Consultation, consultation_id).slug
        subject = jobs.of_question(slug, question)
        jobs.enqueue(session, jobs.MEASURE, subject, now=now, after_running=True)


def state_of(theme: Theme) -> dict[str, Any]:
    """Return what of a theme officers change, as a change keeps it."""
    signed_at, by = theme.signed_off_at, theme.signed_off_by
    return {
        "label": theme.label,
        "description": theme.description,
        "words": list(theme.words),
        "status": theme.status.value,
        "merged_into": str(theme.merged_into_id) if theme.merged_into_id else None,
        "signed_off_at": signed_at.isoformat() if signed_at else None,
        "signed_off_by": str(by) if by else None,
    }


def _subject(kept: Keeping) -> str:
    """Return the theme that was changed first, or the question."""
    return kept.subject or next(iter(kept.was), kept.question)
