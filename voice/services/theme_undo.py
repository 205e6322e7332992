"""Taking changes of themes back, the newest first, one press at a time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from voice.errors import ChangedMeanwhileError, VoiceError
from voice.models import (
    Code,
    Consideration,
    Consultation,
    Mention,
    MovedMention,
    Officer,
    Outcome,
    SignedList,
    Theme,
    ThemeChange,
    ThemeStatus,
)
from voice.services import audit, codes, officers, theme_log
from voice.services.theme_keeping import measure_anew
from voice.services.theme_log import Logged


class UndoRefusedError(VoiceError):
    """The change cannot be taken back; the message is `nothing` or `gone`."""


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
    _put_back(session, change, officer, now=now)
    for signed in session.scalars(select(SignedList).where(SignedList.change_id == change.id)):
        signed.taken_back_at = now
    change.undone_at, change.undone_by = now, officer.id
    session.flush()
    session.refresh(change)
    audit.record(session, officer, "theme change undone", str(change.id), now=now)
    measure_anew(session, consultation.id, question, now=now)
    return theme_log.in_words(change)


def _put_back(session: Session, change: ThemeChange, officer: Officer, *, now: datetime) -> None:
    themes = {
        key: session.get(Theme, UUID(key), with_for_update=True) for key in change.was["themes"]
    }
    if any(theme is None for theme in themes.values()):
        raise UndoRefusedError("gone")
    moved = session.scalars(select(MovedMention).where(MovedMention.change_id == change.id)).all()
    for code in change.was["codes"]:
        if session.get(Code, code) is not None:  # else it went with its response
            codes.take_back(session, officer, code, now=now)
    for each in moved:
        mention = session.get(Mention, (each.theme_id, each.response_id), populate_existing=True)
        _put_mention(session, mention, each, each.strength)
    session.flush()
    session.expire_all()
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


def _restore(theme: Theme, state: Mapping[str, Any]) -> None:
    theme.label, theme.description = state["label"], state["description"]
    theme.words = list(state["words"])
    theme.status = ThemeStatus(state["status"])
    into, at, by = state["merged_into"], state["signed_off_at"], state["signed_off_by"]
    theme.merged_into_id = UUID(into) if into else None
    theme.signed_off_at = datetime.fromisoformat(at) if at else None
    theme.signed_off_by = UUID(by) if by else None
    flag_modified(theme, "label")


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
