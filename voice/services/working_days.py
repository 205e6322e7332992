"""Working days in England: neither a weekend nor a bank holiday.

Pure: the holidays are worked out, so that no list of them runs out.

Source: Banking and Financial Dealings Act 1971; Easter by the anonymous Gregorian algorithm
(Nature, 20 April 1876); the exceptions are royal proclamations.
"""

from collections.abc import Iterator
from datetime import date, timedelta

SIX_WEEKS_DAYS = 30  # working days
DAY = timedelta(days=1)
WEEKEND = (5, 6)
_MONDAY = 0
_MOVED = {date(1995, 5, 1): date(1995, 5, 8), date(2020, 5, 4): date(2020, 5, 8)} | {
    date(2002, 5, 27): date(2002, 6, 4),
    date(2012, 5, 28): date(2012, 6, 4),
    date(2022, 5, 30): date(2022, 6, 2),
}
_ONCE = frozenset(
    {date(1999, 12, 31), date(2002, 6, 3), date(2011, 4, 29), date(2012, 6, 5)}
    | {date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)}
)


def bank_holidays(year: int) -> tuple[date, ...]:
    """Return the bank holidays of England and Wales in this year (1978 and later), in order."""
    sunday = easter(year)
    by_rule = {
        *_new_year(year),
        sunday - 2 * DAY,
        sunday + DAY,
        _first_monday(year, 5),
        _last_monday(year, 5),
        _last_monday(year, 8),
        *_christmas(year),
    }
    moved = {_MOVED.get(day, day) for day in by_rule}
    return tuple(sorted(moved | {day for day in _ONCE if day.year == year}))


def working_days(first: date, last: date) -> int:
    """Return how many working days there are from `first` to `last`, both counted."""
    return sum(is_working(day) for day in _days(first, last))


def holidays_between(first: date, last: date) -> tuple[date, ...]:
    """Return the bank holidays from `first` to `last`, both counted."""
    years = range(first.year, last.year + 1)
    return tuple(day for year in years for day in bank_holidays(year) if first <= day <= last)


def easter(year: int) -> date:
    """Return Easter Sunday."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * rest + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def is_working(day: date) -> bool:
    """Return whether offices work on this day."""
    return day.weekday() not in WEEKEND and day not in bank_holidays(day.year)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + number * DAY for number in range((last - first).days + 1))


def _new_year(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.weekday() in WEEKEND:
        day += DAY
    yield day


def _christmas(year: int) -> Iterator[date]:
    """Give Christmas and Boxing Day; what falls on a weekend is made good on the next weekdays."""
    days = [date(year, 12, 25), date(year, 12, 26)]
    kept = [day for day in days if day.weekday() not in WEEKEND]
    substitute = date(year, 12, 27)
    while len(kept) < len(days):
        if substitute.weekday() not in WEEKEND:
            kept.append(substitute)
        substitute += DAY
    yield from kept


def _first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + (_MONDAY - first.weekday()) % 7 * DAY


def _last_monday(year: int, month: int) -> date:
    """Return the last Monday of a month of 31 days."""
    last = date(year, month, 31)
    return last - last.weekday() * DAY
