"""Quiet hours: what can wait is sent to nobody between evening and morning, by UK clocks."""

from datetime import datetime, timedelta

from voice.clock import from_london, in_london

FIRST_HOUR = 8  # messages that can wait leave from 08:00
LAST_HOUR = 20  # and no later than 19:59


def next_polite(moment: datetime) -> datetime:
    """Return `moment` if nobody minds a message then, else the next 08:00 in the UK."""
    local = in_london(moment)
    if FIRST_HOUR <= local.hour < LAST_HOUR:
        return moment
    day = local.date() if local.hour < FIRST_HOUR else local.date() + timedelta(days=1)
    return from_london(datetime(day.year, day.month, day.day, FIRST_HOUR))  # noqa: DTZ001 - local
