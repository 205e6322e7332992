"""The one place that asks what time it is. Everything below takes the time as an argument."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def current_time() -> datetime:
    """Return this moment, aware and in UTC."""
    return datetime.now(UTC)


def in_london(moment: datetime) -> datetime:
    """Return `moment` as clocks in the United Kingdom show it."""
    return moment.astimezone(LONDON)


def day_in_words(moment: datetime) -> str:
    """Return the UK day of `moment`, such as "Friday 31 October 2026"."""
    local = in_london(moment)
    return f"{local:%A} {local.day} {local:%B %Y}"


def moment_in_words(moment: datetime) -> str:
    """Return `moment` as people say it, such as "23:59 on Friday 31 October 2026 (UK time)"."""
    return f"{in_london(moment):%H:%M} on {day_in_words(moment)} (UK time)"
