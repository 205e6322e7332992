"""Quiet hours: what can wait is sent to nobody between evening and morning, by UK clocks."""

from datetime import datetime, timedelta

from voice.clock import from_london, in_london

FIRST_HOUR = 8  # messages that can wait leave from 08:00
LAST_HOUR = 20  # and no later than 19:59


DAYTIME = (FIRST_HOUR, LAST_HOUR)


def next_polite(moment: datetime, hours: tuple[int, int] = DAYTIME) -> datetime:
    """Return `moment` if nobody minds a message then, else the next first hour in the UK.

    `hours` are the first in which messages may leave, and the one before which they end (C7).
    """
    first, last = hours
    local = in_london(moment)
    if first <= local.hour < last:
        return moment
    day = local.date() if local.hour < first else local.date() + timedelta(days=1)
    return from_london(datetime(day.year, day.month, day.day, first))  # noqa: DTZ001 - local
