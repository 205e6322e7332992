"""A time of day as people write it, and as it is kept: "15:30"."""

import re
import unicodedata

_TIME = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?(am|pm)?")
_BARE = re.compile(r"([0-9]{2})([0-9]{2})")
_NAMED = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}
_NOON_HOUR = 12
_HOURS = 24
_MINUTES = 60


def read_time(text: str) -> str | None:
    """Return the time that `text` is, on the 24-hour clock; None if it is none.

    Takes "15:30", "15.30", "1530", "3.30pm", "3 pm" and "noon". Without am or pm it is read on
    the 24-hour clock, and an hour alone is too little to know.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().strip(" \n\t")
    said = "".join(folded.replace("a.m", "am").replace("p.m", "pm").split()).rstrip(".")
    found = _TIME.fullmatch(_BARE.sub(r"\1:\2", said))
    if found is None:
        return _NAMED.get(said)
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half is None:
        return _on_the_clock(hour, minute) if found[2] else None
    if not 1 <= hour <= _NOON_HOUR:
        return None
    return _on_the_clock(hour % _NOON_HOUR + (_NOON_HOUR if half == "pm" else 0), minute)


def time_in_words(stored: str, language: str = "en") -> str:
    """Return a time that was kept as people read it: "3:30pm"; noon and midnight by name.

    In another language it is on the 24-hour clock, as it is kept.
    """
    if language != "en":
        return stored
    hour, minute = (int(each) for each in stored.split(":"))
    if minute == 0 and hour % _NOON_HOUR == 0:
        return "midday" if hour else "midnight"
    half = "pm" if hour >= _NOON_HOUR else "am"
    return f"{(hour - 1) % _NOON_HOUR + 1}:{minute:02}{half}"


def _on_the_clock(hour: int, minute: int) -> str | None:
    return f"{hour:02}:{minute:02}" if hour < _HOURS and minute < _MINUTES else None
