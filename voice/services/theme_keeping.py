"""Changes of themes: each is written down as it is made, so that it can be taken back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from voice.errors import ChangedMeanwhileError, VoiceError
from voice.models import (
    Consideration,
    Consultation,
    Mention,
    MovedMention,
    Officer,
    Outcome,
    SignedList,
    Theme,
    ThemeAction,
    ThemeChange,
    ThemeStatus,
)
from voice.services import audit, officers, theme_log
from voice.services.theme_log import Logged

BY_A_PERSON = 1.0  # how strongly an answer raises a theme that an officer gave it


class UndoRefusedError(VoiceError):
    """The change cannot be taken back; the message is `nothing` or `gone`."""


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
    before: str = ""
    after: str = ""
    id: int = 0  # once it is written down
    subject: str = ""  # for the audit, unless it is the theme that is watched first

    def watch(self, *themes: Theme) -> None:
        """Write down how these themes are, before they are changed; their editions go up."""
        for theme in themes:
            self.was.setdefault(str(theme.id), _state_of(theme))
            flag_modified(theme, "label")

    def add(self, theme: Theme) -> None:
        """Add a theme that was not there."""
        self.session.add(theme)
        self.session.flush()
        self.was[str(theme.id)] = None

    def put(self, theme: Theme, responses: Iterable[UUID], *, raises: bool) -> None:
        """Let these responses raise a theme, as a person says, or raise it no longer."""
        wanted = list(responses)
        there = {each.response_id: each for each in _mentions(self.session, theme.id, wanted)}
        for response in wanted:
            mention = there.get(response)
            if mention is None and not raises:
                continue
            self.moved.append(
                MovedMention(
                    theme_id=theme.id,
                    response_id=response,
                    strength=mention.strength if mention else None,
                    was_quote=mention.is_quote if mention else False,
                )
            )
            strength = BY_A_PERSON if raises else None
            _put_mention(self.session, mention, self.moved[-1], strength)
        self.session.flush()
        self.session.expire(theme, ["mentions"])


@contextmanager
def keeping(
    session: Session, edit: Edit, action: ThemeAction, consultation_id: UUID, question: str
) -> Iterator[Keeping]:
    """Write down everything that is changed within, as one change."""
    kept = Keeping(session, consultation_id, question)
    yield kept
    session.flush()
    change = ThemeChange(
        consultation_id=consultation_id,
        question=question,
        changed_at=edit.now,
        officer_id=edit.officer.id,
        action=action,
        before=kept.before,
        after=kept.after,
        comments=len({each.response_id for each in kept.moved}),
        was={"themes": kept.was, "codes": []},
    )
    session.add(change)
    session.flush()
    kept.id = change.id
    for each in kept.moved:
        each.change_id = change.id
    session.add_all(kept.moved)
    session.flush()
    audit.record(session, edit.officer, f"theme {action.value}", _subject(kept), now=edit.now)


def undo(
    session: Session,
    consultation: Consultation,
    question: str,
    officer: Officer,
    *,
    seen: int,
    now: datetime,
) -> Logged:
    """Take the newest change that stands back; `seen` is the one that the officer read of.

    Raises:
        NotAllowedError: if the officer may only read.
        ChangedMeanwhileError: if another change is the newest now.
        UndoRefusedError: `nothing` if no change stands, `gone` if its themes are no more.
    """
    officers.check_may_change(officer)
    change = theme_log.find_latest(session, consultation.id, question)
    if change is None:
        raise UndoRefusedError("nothing")
    if change.id != seen:
        raise ChangedMeanwhileError("theme change")
    _put_back(session, change)
    for signed in session.scalars(select(SignedList).where(SignedList.change_id == change.id)):
        signed.taken_back_at = now
    change.undone_at, change.undone_by = now, officer.id
    session.flush()
    session.refresh(change)
    audit.record(session, officer, "theme change undone", str(change.id), now=now)
    return theme_log.in_words(change)


def _put_back(session: Session, change: ThemeChange) -> None:
    themes = {
        key: session.get(Theme, UUID(key), with_for_update=True) for key in change.was["themes"]
    }
    if any(theme is None for theme in themes.values()):
        raise UndoRefusedError("gone")
    moved = session.scalars(select(MovedMention).where(MovedMention.change_id == change.id)).all()
    for each in moved:
        mention = session.get(Mention, (each.theme_id, each.response_id))
        _put_mention(session, mention, each, each.strength)
    session.flush()
    for key, state in change.was["themes"].items():
        theme = themes[key]
        if theme is None:
            continue
        if state is None:
            _remove(session, theme)
        else:
            _restore(theme, state)
    session.flush()


def _remove(session: Session, theme: Theme) -> None:
    """Delete a theme that an officer made; what was answered to it stays, and then it is hidden."""
    answered = select(Outcome.id).where(Outcome.theme_id == theme.id)
    weighed = select(Consideration.id).where(Consideration.theme_id == theme.id)
    if session.scalars(answered).first() or session.scalars(weighed).first():
        theme.status = ThemeStatus.HIDDEN
    else:
        session.delete(theme)


def _state_of(theme: Theme) -> dict[str, Any]:
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


def _restore(theme: Theme, state: Mapping[str, Any]) -> None:
    theme.label, theme.description = state["label"], state["description"]
    theme.words = list(state["words"])
    theme.status = ThemeStatus(state["status"])
    into, at, by = state["merged_into"], state["signed_off_at"], state["signed_off_by"]
    theme.merged_into_id = UUID(into) if into else None
    theme.signed_off_at = datetime.fromisoformat(at) if at else None
    theme.signed_off_by = UUID(by) if by else None
    flag_modified(theme, "label")


def _mentions(session: Session, theme: UUID, responses: Sequence[UUID]) -> Sequence[Mention]:
    found = select(Mention).where(Mention.theme_id == theme, Mention.response_id.in_(responses))
    return session.scalars(found).all()


def _put_mention(
    session: Session, mention: Mention | None, moved: MovedMention, strength: float | None
) -> None:
    """Let a response raise a theme this strongly; None: no longer."""
    if strength is None and mention is not None:
        session.delete(mention)
    elif strength is not None and mention is not None:
        mention.strength = strength
    elif strength is not None:
        session.add(
            Mention(
                theme_id=moved.theme_id,
                response_id=moved.response_id,
                strength=strength,
                is_quote=moved.was_quote,
            )
        )


def _subject(kept: Keeping) -> str:
    """Return the theme that was changed first, or the question."""
    return kept.subject or next(iter(kept.was), kept.question)
