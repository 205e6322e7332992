"""The days a consultation opens and closes: how long that is, and what happens when it moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice.clock import day_in_words, in_london
from voice.errors import ChangedMeanwhileError, PlanRefusedError, StageRefusedError
from voice.models import ClosingChange, Consultation, Decision, EntryCheck, Officer, Response
from voice.services import audit, officers
from voice.services.working_days import SIX_WEEKS_DAYS, holidays_between, working_days

MAX_REASON_CHARS = 500


@dataclass(frozen=True, slots=True)
class NewClosing:
    """A new closing date and why; `seen` is the one that the officer saw when deciding on it."""

    closes_at: datetime
    reason: str
    seen: datetime | None
    press_key: str


def change_closing(
    session: Session,
    consultation: Consultation,
    officer: Officer,
    new: NewClosing,
    *,
    now: datetime,
) -> ClosingChange:
    """Move the closing date, for everybody to read; a date to come opens again what has closed.

    What is marked late stays marked, because it was. What did not count for having come too late,
    and is in time by the new date, counts from now on. The same press changes it once.

    Raises:
        NotAllowedError: if the officer may only read.
        StageRefusedError: "draft", "decided" or "archived".
        ChangedMeanwhileError: if somebody else has moved it since it was seen.
        PlanRefusedError: as `check_new_closing`.
    """
    officers.check_may_change(officer)
    session.refresh(consultation, with_for_update=True)
    before = session.scalar(select(ClosingChange).where(ClosingChange.press_key == new.press_key))
    if before is not None:
        return before
    check_may_move(session, consultation)
    if consultation.closes_at != new.seen:
        raise ChangedMeanwhileError("closing date")
    check_new_closing(consultation, new, now=now)
    change = _write_down(session, consultation, officer, new, now=now)
    consultation.closes_at = new.closes_at
    session.flush()
    _count_what_is_in_time(session, consultation)
    return change


def _write_down(
    session: Session,
    consultation: Consultation,
    officer: Officer,
    new: NewClosing,
    *,
    now: datetime,
) -> ClosingChange:
    change = ClosingChange(
        consultation_id=consultation.id,
        changed_at=now,
        changed_by=officer.id,
        closed_at_before=consultation.closes_at,
        closes_at=new.closes_at,
        reason=new.reason.strip(),
        press_key=new.press_key,
    )
    session.add(change)
    audit.record(session, officer, "closing date changed", consultation.id, now=now)
    return change


def check_may_move(session: Session, consultation: Consultation) -> None:
    """Make sure that the closing date may still move.

    Raises:
        StageRefusedError: "draft", where the plan is changed instead; "decided"; "archived".
    """
    if consultation.launched_at is None:
        raise StageRefusedError("draft")
    if consultation.archived_at is not None:
        raise StageRefusedError("archived")
    decided = select(Decision.id).where(Decision.consultation_id == consultation.id)
    if session.scalar(decided.limit(1)) is not None:
        raise StageRefusedError("decided")


def check_new_closing(consultation: Consultation, new: NewClosing, *, now: datetime) -> None:
    """Hold a new closing date to what it must be.

    Raises:
        PlanRefusedError: "closes same", "closes past", "closes early" (not after the opening),
            "reason missing" or "reason long".
    """
    if new.closes_at == consultation.closes_at:
        raise PlanRefusedError("closes same")
    if new.closes_at <= now:
        raise PlanRefusedError("closes past")
    if new.closes_at <= consultation.opens_at:
        raise PlanRefusedError("closes early")
    if not new.reason.strip():
        raise PlanRefusedError("reason missing")
    if len(new.reason.strip()) > MAX_REASON_CHARS:
        raise PlanRefusedError("reason long")


def list_changes(session: Session, consultation: Consultation) -> Sequence[ClosingChange]:
    """Return every change of the closing date, the first one first."""
    return session.scalars(
        select(ClosingChange)
        .where(ClosingChange.consultation_id == consultation.id)
        .order_by(ClosingChange.changed_at, ClosingChange.id)
    ).all()


def warn_of_length(opens_at: datetime, closes_at: datetime) -> str:
    """Return a warning when people have less than six weeks to answer, or "" (CON-3).

    Six weeks are 30 working days: neither weekends nor bank holidays count.
    """
    first, last = in_london(opens_at).date(), in_london(closes_at).date()
    days = working_days(first, last)
    if days >= SIX_WEEKS_DAYS:
        return ""
    holidays = holidays_between(first, last)
    without = f" and {len(holidays)} bank holiday{'s' * (len(holidays) != 1)}" if holidays else ""
    return (
        f"People have {days} working day{'s' * (days != 1)} to answer, without the weekends"
        f"{without}, from {day_in_words(opens_at)} to {day_in_words(closes_at)}. Six weeks are "
        f"{SIX_WEEKS_DAYS} working days: less may be too short for people to think about it."
    )


def _count_what_is_in_time(session: Session, consultation: Consultation) -> None:
    too_late = session.scalars(
        select(Response).where(
            Response.consultation_id == consultation.id,
            Response.submitted_at.is_not(None),
            Response.is_late,
            Response.counts.is_(False),
            Response.entry_check != EntryCheck.WAITING,
        )
    )
    for response in too_late:
        sent = response.submitted_at
        if sent is not None and consultation.takes_answers(sent, begun_at=response.started_at):
            response.counts = True
