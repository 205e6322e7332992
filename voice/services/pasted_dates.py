"""Dates among the cells of a pasted line: a day by itself, or a day with a time."""

from collections.abc import Sequence
from datetime import date, datetime, time

from surveys.dates import Precision, read_date
from surveys.times import read_time
from voice.clock import from_london
from voice.errors import LocalTimeRefusedError

Dates = tuple[date | None, datetime | None]


def read_dates(cells: Sequence[str], number: int) -> tuple[list[str], Dates]:
    """Return the cells that are no date, with the day and the moment that the others say.

    Raises:
        ValueError: if a time does not exist or comes twice, with `number`, that of the line.
    """
    rest: list[str] = []
    day, moment = None, None
    for cell in cells:
        words, _, last = cell.strip().rpartition(" ")
        if found := _day_in(cell):
            day = found
        elif (found := _day_in(words)) and (hour := read_time(last)):
            moment = _moment(found, hour, number)
        else:
            rest.append(cell)
    return rest, (day, moment)


def _day_in(words: str) -> date | None:
    found = read_date(words, Precision.DAY) if words.strip() else None
    return date.fromisoformat(found) if found is not None else None


def _moment(day: date, hour: str, number: int) -> datetime:
    try:
        return from_london(datetime.combine(day, time.fromisoformat(hour)))
    except (LocalTimeRefusedError, OverflowError) as refused:
        raise ValueError(number) from refused
