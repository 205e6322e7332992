"""Taking changes of themes back, the newest first, and making them again, one press at a time.

A change keeps how things were before it; while it is undone, how they were after it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from voice.errors import ChangedMeanwhileError, VoiceError
from voice.models import (
    Code,
    Consideration,
    Consultation,
    GatheringMention,
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
from voice.services import audit, codes, jobs, officers, theme_log
from voice.services.theme_keeping import measure_anew, state_of
from voice.services.theme_log import THEN, Logged


class UndoRefusedError(VoiceError):
    """The change cannot be taken back, or made again; the message is `nothing` or `gone`."""


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
    change = _expected(theme_log.find_latest(session, consultation.id, question), seen)
    themes = _themes_of(session, change)
    then = {key: state_of(theme) for key, theme in themes.items()}
    moved = _swap_mentions(session, change)
    for code in change.was["codes"]:
        if session.get(Code, code) is not None:  # else it went with its response
            codes.take_back(session, officer, code, now=now)
    _put_back(session, moved, themes, change.was["themes"])
    _date_list(session, change, taken_back_at=now)
    change.was = change.was | {THEN: then}
    change.undone_at, change.undone_by = now, officer.id
    return _noted(session, change, officer, "theme change undone", now=now)


def redo(
    session: Session,
    consultation: Consultation,
    question: str,
    officer: Officer,
    *,
    seen: int,
    now: datetime,
) -> Logged:
    """Make the change again that was undone last; `seen` is the one that the officer read of.

    Raises:
        NotAllowedError: if the officer may only read.
        ChangedMeanwhileError: if another change would be made again now.
        UndoRefusedError: `nothing` if none was undone, or something was changed since; `gone` if
            its themes are no more.
    """
    officers.check_may_change(officer)
    change = _expected(theme_log.find_redoable(session, consultation.id, question), seen)
    themes = _themes_of(session, change)
    moved = _swap_mentions(session, change)
    for code in change.was["codes"]:
        codes.give_again(session, officer, code, now=now)
    _put_back(session, moved, themes, change.was[THEN])
    _date_list(session, change, taken_back_at=None)
    if change.action is ThemeAction.ADDED:
        jobs.enqueue(
            session,
            jobs.ASSIGN,
            jobs.of_question(consultation.slug, question),
            now=now,
            after_running=True,
        )
    change.was = {key: kept for key, kept in change.was.items() if key != THEN}
    change.undone_at = change.undone_by = None
    return _noted(session, change, officer, "theme change made again", now=now)


def _expected(change: ThemeChange | None, seen: int) -> ThemeChange:
    if change is None:
        raise UndoRefusedError("nothing")
    if change.id != seen:
        raise ChangedMeanwhileError("theme change")
    return change


def _themes_of(session: Session, change: ThemeChange) -> dict[str, Theme]:
    keys = change.was["themes"]
    found = {key: session.get(Theme, UUID(key), with_for_update=True) for key in keys}
    themes = {key: theme for key, theme in found.items() if theme is not None}
    if len(themes) < len(keys):
        raise UndoRefusedError("gone")
    return themes


@dataclass(frozen=True, slots=True)
class _Moved:
    """How strongly a response is to raise a theme; None: not at all."""

    theme_id: UUID
    response_id: UUID
    strength: float | None
    is_quote: bool


def _swap_mentions(session: Session, change: ThemeChange) -> list[_Moved]:
    """Keep how strongly a response raises a theme now, and return how it did at the other time."""
    rows = session.scalars(select(MovedMention).where(MovedMention.change_id == change.id)).all()
    swapped = [_Moved(row.theme_id, row.response_id, row.strength, row.was_quote) for row in rows]
    for row in rows:
        mention = session.get(Mention, (row.theme_id, row.response_id))
        row.strength = mention.strength if mention else None
        row.was_quote = bool(mention and mention.is_quote)
    session.flush()
    return swapped


def _put_back(
    session: Session,
    moved: Iterable[_Moved],
    themes: Mapping[str, Theme],
    states: Mapping[str, Any],
) -> None:
    """Let themes and what raises them stand as they are told; None: not there."""
    for each in moved:
        place = (each.theme_id, each.response_id)
        _put_mention(session, session.get(Mention, place, populate_existing=True), each)
    session.flush()
    session.expire_all()
    for key, theme in themes.items():
        if states[key] is None:
            _set_aside(session, theme)
        else:
            _restore(theme, states[key])
    session.flush()


def _date_list(session: Session, change: ThemeChange, *, taken_back_at: datetime | None) -> None:
    """Let the list that was signed off with this change be taken back, or stand again."""
    for signed in session.scalars(select(SignedList).where(SignedList.change_id == change.id)):
        signed.taken_back_at = taken_back_at


def _noted(
    session: Session, change: ThemeChange, officer: Officer, words: str, *, now: datetime
) -> Logged:
    session.flush()
    session.refresh(change)
    audit.record(session, officer, words, str(change.id), now=now)
    measure_anew(session, change.consultation_id, change.question, now=now)
    return theme_log.in_words(change)


def _set_aside(session: Session, theme: Theme) -> None:
    """Let a theme that an officer made not be there, until it is made again or something changes.

    What was answered to it stays, and then it is hidden.
    """
    theme.status = ThemeStatus.HIDDEN
    answered = select(Outcome.id).where(Outcome.theme_id == theme.id)
    weighed = select(Consideration.id).where(Consideration.theme_id == theme.id)
    if session.scalars(answered).first() or session.scalars(weighed).first():
        return
    theme.place = -1 - theme.place
    for raised in (Mention, GatheringMention):
        session.execute(delete(raised).where(raised.theme_id == theme.id))


def _restore(theme: Theme, state: Mapping[str, Any]) -> None:
    theme.place = theme.place if theme.place >= 0 else -1 - theme.place
    theme.label, theme.description = state["label"], state["description"]
    theme.words = list(state["words"])
    theme.status = ThemeStatus(state["status"])
    into, at, by = state["merged_into"], state["signed_off_at"], state["signed_off_by"]
    theme.merged_into_id = UUID(into) if into else None
    theme.signed_off_at = datetime.fromisoformat(at) if at else None
    theme.signed_off_by = UUID(by) if by else None
    flag_modified(theme, "label")


def _put_mention(session: Session, mention: Mention | None, moved: _Moved) -> None:
    if moved.strength is None and mention is not None:
        session.delete(mention)
    elif moved.strength is not None and mention is not None:
        mention.strength = moved.strength
    elif moved.strength is not None:
        session.add(
            Mention(
                theme_id=moved.theme_id,
                response_id=moved.response_id,
                strength=moved.strength,
                is_quote=moved.is_quote,
            )
        )
