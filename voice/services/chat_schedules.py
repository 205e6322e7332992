"""The officers' plans for messages in a chat: made, called off, and what came of each in counts.

A plan writes to nobody who did not say in the chat that we may.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, joinedload

from surveys.writing_first import About
from voice.clock import in_london
from voice.database import insert_into
from voice.errors import NotFoundError
from voice.models import (
    ChatSchedule,
    ChatTimer,
    Consultation,
    Invitee,
    Officer,
    TimerKind,
    TimerOutcome,
)
from voice.services import audit, due_moments, invitees, officers, timers_waiting

MOST_DAYS, MOST_WEEKS, FEWEST_WEEKS = 60, 12, 2
FIVE_WEEKS = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """What an officer asks for. `number` is of days before, or of weeks."""

    consultation: Consultation
    kind: TimerKind
    day: date | None = None
    number: int = 0
    working: bool = False
    next: Consultation | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """What became of one plan: how many wait, and what came of those that fired."""

    schedule: ChatSchedule
    waiting: int
    outcomes: tuple[tuple[TimerOutcome, int], ...]


@dataclass(frozen=True, slots=True)
class Clock:
    """One person's 72 hours. `is_late` is None where it cannot be told: only the day is kept."""

    invitee: Invitee
    due_by: datetime
    standing: invitees.Standing
    is_late: bool | None


def plan(
    session: Session, officer: Officer, new: Plan, *, press_key: str, now: datetime
) -> ChatSchedule:
    """Write a plan down, once for each press. The worker lays it out for those who said yes.

    Raises:
        ValueError: if what the kind needs is missing or is past: "day", "number" or "next".
    """
    officers.check_may_change(officer)
    pressed = select(ChatSchedule).where(ChatSchedule.press_key == press_key)
    before = session.scalar(pressed)
    if before is not None:
        return before
    _check(new, now=now)
    adding = insert_into(session, ChatSchedule).values(
        **_columns(new), press_key=press_key, made_at=now
    )
    adding = adding.on_conflict_do_nothing(index_elements=["press_key"])
    if session.scalar(adding.returning(ChatSchedule.id)) is not None:
        audit.record(session, officer, "messages in the chat planned", new.consultation.id, now=now)
    return session.scalars(pressed).one()


def _columns(new: Plan) -> dict[str, object]:
    is_later = new.kind is TimerKind.THREE_MONTHS_ON
    return {
        "consultation_id": new.consultation.id,
        "kind": new.kind,
        "about": (About.LATER if is_later else About.FINISHING).value,
        "day": new.day if new.kind is TimerKind.FIXED_DATE else None,
        "number": new.number,
        "working": new.working and new.kind is TimerKind.DAYS_BEFORE,
        "next_id": new.next.id if new.next is not None and is_later else None,
    }


def _check(new: Plan, *, now: datetime) -> None:
    last = in_london(new.consultation.closes_at).date()
    match new.kind:
        case TimerKind.FIXED_DATE:
            if new.day is None or not in_london(now).date() < new.day <= last:
                raise ValueError("day")
        case TimerKind.DAYS_BEFORE if not 1 <= new.number <= MOST_DAYS:
            raise ValueError("number")
        case TimerKind.WINDOW if not FEWEST_WEEKS <= new.number <= MOST_WEEKS:
            raise ValueError("number")
        case TimerKind.THREE_MONTHS_ON:
            is_other = new.next is not None and new.next.id != new.consultation.id
            if new.next is None or not is_other or not is_open_in_three_months(new.next, now=now):
                raise ValueError("next")


def is_open_in_three_months(consultation: Consultation, *, now: datetime) -> bool:
    """Return whether somebody who finishes now could answer this three months later."""
    return consultation.closes_at > due_moments.three_months_on(now).at


def call_off(
    session: Session, consultation: Consultation, officer: Officer, key: UUID, *, now: datetime
) -> int:
    """Stop what has not been sent of one plan, and return to how many it would have gone.

    Raises:
        NotFoundError: if the consultation has no such plan.
    """
    officers.check_may_change(officer)
    found = session.get(ChatSchedule, key)
    if found is None or found.consultation_id != consultation.id:
        raise NotFoundError("plan")
    if found.called_off_at is None:
        found.called_off_at = now
        audit.record(session, officer, "messages in the chat called off", key, now=now)
    written = timers_waiting.withdraw_plan(session, key)
    waiting = (ChatTimer.schedule_id == key, ChatTimer.fired_at.is_(None))
    stopped = update(ChatTimer).where(*waiting)
    stopped = stopped.values(fired_at=now, outcome=TimerOutcome.CALLED_OFF)
    return written + len(session.scalars(stopped.returning(ChatTimer.id)).all())


def list_plans(session: Session, consultation: Consultation) -> list[Counted]:
    """Return the plans of a consultation, oldest first, in counts alone."""
    made = select(ChatSchedule).where(ChatSchedule.consultation_id == consultation.id)
    made = made.options(joinedload(ChatSchedule.next)).order_by(ChatSchedule.made_at)
    return [_counted(session, each) for each in session.scalars(made).all()]


def _counted(session: Session, schedule: ChatSchedule) -> Counted:
    counts = select(ChatTimer.outcome, func.count()).where(ChatTimer.schedule_id == schedule.id)
    rows = session.execute(counts.group_by(ChatTimer.outcome))
    found = {outcome: number for outcome, number in rows}
    outcomes = tuple((each, found[each]) for each in TimerOutcome if each in found)
    return Counted(schedule, found.get(None, 0), outcomes)


def list_clocks(listed: Sequence[Invitee], *, now: datetime) -> list[Clock]:
    """Return the 72 hours of everybody on the list who has them, the first due first."""
    clocks = [
        _clock(each, each.happened_at, now=now) for each in listed if each.happened_at is not None
    ]
    return sorted(clocks, key=lambda each: each.due_by)


def _clock(invitee: Invitee, happened_at: datetime, *, now: datetime) -> Clock:
    due_by = due_moments.due_by(happened_at)
    standing = invitees.standing_of(invitee)
    is_late: bool | None = False
    if invitee.replied_on is not None:
        day = in_london(due_by).date()
        is_late = None if invitee.replied_on == day else invitee.replied_on > day
    elif invitee.is_waited_for:
        is_late = now > due_by
    return Clock(invitee, due_by, standing, is_late)
