"""The one place that asks what time it is. Everything below takes the time as an argument."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from voice.errors import LocalTimeRefusedError

LONDON = ZoneInfo("Europe/London")


def current_time() -> datetime:
    """Return this moment, aware and in UTC."""
    return datetime.now(UTC)


def in_london(moment: datetime) -> datetime:
    """Return `moment` as clocks in the United Kingdom show it."""
    return moment.astimezone(LONDON)


def day_in_words(moment: datetime) -> str:
    """Return the UK day of `moment`, such as "Friday 31 October 2026"."""
    return date_in_words(in_london(moment).date())


def date_in_words(day: date) -> str:
    """Return a day, such as "Friday 31 October 2026"."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def moment_in_words(moment: datetime) -> str:
    """Return `moment` as people say it, such as "23:59 on Friday 31 October 2026 (UK time)"."""
    return f"{in_london(moment):%H:%M} on {day_in_words(moment)} (UK time)"


def from_london(shown: datetime) -> datetime:
    """Return the moment at which clocks in the United Kingdom show `shown`, which has no zone.

    Raises:
        LocalTimeRefusedError: "skipped" for an hour that the clocks jump over in spring, "twice"
            for one that comes twice in autumn.
    """
    first = shown.replace(tzinfo=LONDON, fold=0)
    second = shown.replace(tzinfo=LONDON, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    skipped = in_london(first.astimezone(UTC)).replace(tzinfo=None) != shown
    raise LocalTimeRefusedError("skipped" if skipped else "twice")
