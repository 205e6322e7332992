"""When a message that was planned for a chat is due, and until when it is of any use.

Pure. Days are days in the United Kingdom, whatever its clocks do meanwhile; hours are hours.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from voice.clock import from_london, in_london
from voice.services.follow_ups import three_months_after
from voice.services.working_days import is_working

HOUR = time(10)  # of the day on which a message is due; it never comes twice and is never skipped
ANSWER_WITHIN = timedelta(hours=72)
WRITE_BEFORE = timedelta(hours=24)  # so long before the 72 hours are over
LAST_WEEK_DAYS = 7  # before a window shuts
ASKED_FOR = timedelta(days=14)  # so long after three months it still makes sense to ask
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """One message of a schedule: due at a moment, and of no use after `until`."""

    part: str
    at: datetime
    until: datetime


def on_day(day: date) -> Due:
    """Return the message of a fixed date: on that day, and on no other."""
    return Due("on_day", _at(day), _begin(day + DAY))


def days_before(last: date, days: int, *, working: bool = False) -> Due:
    """Return the message so many days before `last`; working days, if only those count.

    It is of no use once that day has begun.
    """
    return Due("before", _at(_back(last, days, working=working)), _begin(last))


def in_window(last: date, weeks: int) -> tuple[Due, Due]:
    """Return the message with which a window opens, so many weeks before `last`, and its last.

    The first is of no use once the last is due, and nothing is once `last` has begun.
    """
    shutting = Due("shutting", _at(last - LAST_WEEK_DAYS * DAY), _begin(last))
    opening = Due("opening", _at(last - timedelta(weeks=weeks)), shutting.at)
    return opening, shutting


def due_by(happened_at: datetime) -> datetime:
    """Return when the 72 hours are over: by the clock, not by the calendar."""
    return happened_at + ANSWER_WITHIN


def on_clock(happened_at: datetime) -> Due:
    """Return the message a day before the 72 hours are over."""
    return Due("clock", due_by(happened_at) - WRITE_BEFORE, due_by(happened_at))


def three_months_on(answered_at: datetime) -> Due:
    """Return the message three months after somebody's own answer."""
    day = three_months_after(in_london(answered_at).date())
    return Due("later", _at(day), _begin(day + ASKED_FOR))


def _back(last: date, days: int, *, working: bool) -> date:
    day, left = last, days
    while left:
        day -= DAY
        left -= is_working(day) or not working
    return day


def _at(day: date) -> datetime:
    return from_london(datetime.combine(day, HOUR))


def _begin(day: date) -> datetime:
    return from_london(datetime.combine(day, time()))
