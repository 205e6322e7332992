"""The clocks of a concern: who is to be told by when, and by when somebody must decide (SAF-6).

Pure: a moment and what is known of a concern go in, and what is due comes out.

Source: Working Together to Safeguard Children: within one working day of a referral the local
authority decides what happens next.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from voice.analysis.safeguarding import Tier
from voice.clock import LONDON, in_london
from voice.config import Safety
from voice.models import Concern
from voice.services.working_days import DAY, is_working

DEPUTY_AFTER = timedelta(minutes=15)
DUTY_AFTER = timedelta(minutes=60)
IMMEDIATE = "immediate"


class Step(StrEnum):
    """Somebody who is told of a concern; the value is what the record says."""

    LEAD = "told the lead"
    DEPUTY = "told the deputy"
    DUTY = "told the duty team"
    LADO = "told the LADO"
    LATE = "told that the working day to decide in is over"


def is_at_work(safety: Safety, moment: datetime) -> bool:
    """Return whether the council is at work: within its hours, on a working day."""
    local = in_london(moment)
    first, last = safety.hours
    return is_working(local.date()) and first <= local.hour < last


def decide_by(safety: Safety, raised_at: datetime) -> datetime:
    """Return when the one working day to decide in is over.

    It is the same time of the next working day. What is raised out of hours counts as raised when
    the council next begins to work.
    """
    local = in_london(raised_at)
    first, last = safety.hours
    began, at = local.date(), local.time()
    if not is_working(began) or local.hour >= last:
        began, at = _next_working(began), time(first)
    elif local.hour < first:
        at = time(first)
    return datetime.combine(_next_working(began), at, tzinfo=LONDON)


def _next_working(day: date) -> date:
    day += DAY
    while not is_working(day):
        day += DAY
    return day


def due_steps(concern: Concern, safety: Safety, *, now: datetime) -> Iterator[Step]:
    """Give whoever must have been told by now, told already or not.

    Of what is decided already, or is no alert, only the LADO is told (SAF-13).
    """
    if concern.is_about_staff:
        yield Step.LADO
    if concern.decided_at is not None or concern.tier != Tier.ALERT.value:
        return
    waited = now - concern.raised_at
    is_unread = concern.acknowledged_at is None
    is_night_call = concern.urgency == IMMEDIATE and not is_at_work(safety, concern.raised_at)
    if is_unread:
        yield Step.LEAD
    if is_unread and waited >= DEPUTY_AFTER:
        yield Step.DEPUTY
    if is_unread and (is_night_call or waited >= DUTY_AFTER):
        yield Step.DUTY
    if now >= decide_by(safety, concern.raised_at):
        yield Step.LATE


def reach_of(step: Step, safety: Safety, *, now: datetime) -> tuple[str, ...]:
    """Return the addresses that a step goes to now; empty while the council has named none."""
    local = in_london(now).replace(tzinfo=None)
    found = {
        Step.LEAD: (safety.lead,),
        Step.DEPUTY: (safety.deputy,),
        Step.DUTY: (safety.on_call(local),),
        Step.LADO: (safety.lado,),
        Step.LATE: (safety.lead, safety.deputy),
    }[step]
    return tuple(dict.fromkeys(each for each in found if each))
