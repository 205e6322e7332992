"""A day, a month or a year as people write it, and as it is kept: "2009-04-03" or "2009-04"."""

import re
import unicodedata
from datetime import date
from enum import StrEnum

from surveys.catalogue import say

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_NAMED_DAY = re.compile(
    rf"(?:[MTWFS][a-z]+day )?([0-9]{{1,2}} )?({'|'.join(MONTHS)})(?= [0-9]{{4}})"
)
_PUNCTUATION = re.compile(r"[\s/.,\-]+")
_SMALL_WORDS = frozenset({"the", "of"})
_ORDINAL = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)")
_YEAR = re.compile(r"[1-9][0-9]{3}")
_SHORTEST_MONTH_CHARS = 3
_MOST_PARTS = 3


class Precision(StrEnum):
    """How much of a date is asked for; the rest is not kept."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"

    @property
    def parts(self) -> tuple[str, ...]:
        """What is asked for, in the order in which people here write it."""
        return ("day", "month", "year")[("day", "month", "year").index(self.value) :]


def read_date(text: str, precision: Precision) -> str | None:
    """Return the date that `text` is, year first and as precise as asked for; None if it is none.

    Takes "3/4/2009" (the day first), "3 April 2009", "April 2009", "2009" and "2009-04-03". The
    year has four digits, because 09 is somebody's grandmother as well as a child.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = [_ORDINAL.sub(r"\1", each) for each in _PUNCTUATION.split(folded)]
    words = [each for each in words if each and each not in _SMALL_WORDS]
    if len(words) > 1 and _YEAR.fullmatch(words[0]):
        words.reverse()
    numbers = [_month_number(each) or each for each in _day_first(words)]
    if not _are_numbers(numbers) or not len(precision.parts) <= len(numbers) <= _MOST_PARTS:
        return None
    day, month, year = (int(each) for each in ["1"] * (_MOST_PARTS - len(numbers)) + numbers)
    try:
        found = date(year, month, day).isoformat()
    except ValueError:
        return None
    return "-".join(found.split("-")[: len(precision.parts)])


def date_in_words(stored: str, language: str = "en") -> str:
    """Return a date that was kept as people read it: "3 April 2009", "April 2009" or "2009"."""
    year, *rest = stored.split("-")
    month = [say(language, MONTHS[int(each) - 1]) for each in rest[:1]]
    day = [str(int(each)) for each in rest[1:]]
    return " ".join([*day, *month, year])


def months_said(written: str, language: str) -> str:
    """Return English words with dates in them, such as "Friday 3 April 2009", in a language.

    The weekday is left out there.
    """
    if language == "en":
        return written
    return _NAMED_DAY.sub(lambda found: (found[1] or "") + say(language, found[2]), written)


def _day_first(words: list[str]) -> list[str]:
    """Put "April 3 2009" in our order."""
    if len(words) > 1 and _month_number(words[0]) and words[1:-1]:
        return [words[1], words[0], *words[2:]]
    return words


def _month_number(word: str) -> str | None:
    if len(word) < _SHORTEST_MONTH_CHARS:
        return None
    named = (n for n, month in enumerate(MONTHS, 1) if month.casefold().startswith(word))
    return next((str(number) for number in named), None)


def _are_numbers(words: list[str]) -> bool:
    """Return whether these are a year, and before it only short numbers."""
    *before, year = words or [""]
    return bool(_YEAR.fullmatch(year)) and all(re.fullmatch(r"[0-9]{1,2}", each) for each in before)
