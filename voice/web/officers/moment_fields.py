"""A day and a time as an officer types them, in the UK's own time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from surveys.times import read_time
from voice.clock import from_london, in_london
from voice.errors import LocalTimeRefusedError

DAY_PARTS = ("day", "month", "year")
NOT_A_DAY = "Enter a real date, like 27 3 2026"
NOT_A_TIME = "Enter a time, like 23:59 or 9am"
_REFUSALS = {
    "skipped": (
        "The clocks go forward that night, so this time does not exist. Choose a time before 1am "
        "or after 2am"
    ),
    "twice": (
        "The clocks go back that night, so this time comes twice. Choose a time before 1am or "
        "after 2am"
    ),
}


@dataclass(frozen=True, slots=True)
class TypedMoment:
    """What was typed, with the moment that it is; or with the words that say what is wrong."""

    day: dict[str, str]
    time: str
    moment: datetime | None = None
    error: str | None = None


def typed_day(form: Mapping[str, str], name: str) -> dict[str, str]:
    """Return what the fields `name-day`, `-month` and `-year` hold, as it was typed."""
    return {part: form.get(f"{name}-{part}", "").strip() for part in DAY_PARTS}


def read_moment(form: Mapping[str, str], name: str) -> TypedMoment:
    """Return the moment that the fields `name-day`, `-month`, `-year` and `-time` hold."""
    day = typed_day(form, name)
    typed = form.get(f"{name}-time", "").strip()
    on, at = read_day(day), read_time(typed)
    if on is None:
        return TypedMoment(day, typed, error=NOT_A_DAY)
    if at is None:
        return TypedMoment(day, typed, error=NOT_A_TIME)
    try:
        moment = from_london(datetime.combine(on, time.fromisoformat(at)))
    except LocalTimeRefusedError as refused:
        return TypedMoment(day, typed, error=_REFUSALS[str(refused)])
    except OverflowError:
        return TypedMoment(day, typed, error=NOT_A_DAY)
    return TypedMoment(day, typed, moment)


def write_moment(moment: datetime) -> TypedMoment:
    """Return the fields that stand for a moment."""
    local = in_london(moment)
    return TypedMoment(write_day(local.date()), f"{local:%H:%M}", moment)


def read_day(day: Mapping[str, str]) -> date | None:
    """Return the day in three fields, or None if it is none."""
    try:
        return date(*(int(day[part]) for part in reversed(DAY_PARTS)))
    except (ValueError, OverflowError):
        return None


def write_day(day: date) -> dict[str, str]:
    """Return the three fields that stand for a day."""
    return dict(zip(DAY_PARTS, (str(day.day), str(day.month), str(day.year)), strict=True))
