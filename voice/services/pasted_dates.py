"""Dates among the cells of a pasted line: a day by itself, or a day with a time."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time

from surveys.dates import MONTHS, Precision, read_date
from surveys.times import read_time
from voice.clock import from_london
from voice.errors import LocalTimeRefusedError, WrongDateError

Dates = tuple[date | None, datetime | None]
MOST_DIGITS = 8  # of a date; a telephone number has more
_PUNCTUATION = re.compile(r"[\s/.,\-]+")
_A_TIME = re.compile(r".*[0-9]:[0-9].*|[0-9]{1,2}(am|pm)|am|pm|noon|midday|midnight")
_BETWEEN = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*|at|the|of")
_NUMBER = re.compile(r"[0-9]+(st|nd|rd|th)?")
_WITH_A_NAME = re.compile(r"[0-9]{1,2}(st|nd|rd|th)? [^\W\d_]+ [0-9]{2,4}")


def read_dates(cells: Sequence[str], number: int) -> tuple[list[str], Dates]:
    """Return the cells that are no date, with the day and the moment that the others say.

    Raises:
        WrongDateError: if one is meant for a date and is none, if a time does not exist or comes
            twice, or if there are two days or two moments; with `number`, that of the line.
    """
    rest: list[str] = []
    days: list[date] = []
    moments: list[datetime] = []
    for cell in cells:
        words, _, last = cell.strip().rpartition(" ")
        if found := _day_in(cell):
            days.append(found)
        elif (found := _day_in(words)) and (hour := read_time(last)):
            moments.append(_moment(found, hour, number))
        elif is_meant_for_a_date(cell):
            raise WrongDateError(number)
        else:
            rest.append(cell)
    if max(len(days), len(moments)) > 1:
        raise WrongDateError(number)
    return rest, (next(iter(days), None), next(iter(moments), None))


def is_meant_for_a_date(cell: str) -> bool:
    """Return whether somebody who typed this meant a date, such as 31/2/2026 or 3 Jnue 2026.

    Neither an e-mail address nor a telephone number is, and no number by itself.
    """
    folded = unicodedata.normalize("NFKC", cell).casefold()
    parts = [each for each in _PUNCTUATION.split(folded) if each]
    parts = [each for each in parts if not _A_TIME.fullmatch(each) and not _BETWEEN.fullmatch(each)]
    if _WITH_A_NAME.fullmatch(" ".join(parts)):
        return True
    digits = sum(each.isdecimal() for part in parts for each in part)
    are_few = len(parts) > 1 and 0 < digits <= MOST_DIGITS
    return are_few and all(_NUMBER.fullmatch(each) or _is_month(each) for each in parts)


def _is_month(word: str) -> bool:
    return word in {month.casefold()[:letters] for month in MONTHS for letters in (3, 4, 20)}


def _day_in(words: str) -> date | None:
    found = read_date(words, Precision.DAY) if words.strip() else None
    return date.fromisoformat(found) if found is not None else None


def _moment(day: date, hour: str, number: int) -> datetime:
    try:
        return from_london(datetime.combine(day, time.fromisoformat(hour)))
    except (LocalTimeRefusedError, OverflowError) as refused:
        raise WrongDateError(number) from refused
