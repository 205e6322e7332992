"""Percentages in what an officer writes: none is said without how many stand behind it."""

import re
from collections.abc import Iterator

_PERCENT = re.compile(
    r"(?<![\w.,])\d+(?:[.,]\d+)?\s?(?:%|％|per\s?cent\b|percent\b)", re.IGNORECASE
)
_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+")
# How many: "41 of 50", "out of the 50", "n = 50", "41/50", "50 people" and the like.
_BASE = re.compile(
    r"\bn\s*=\s*\d|\d\s*/\s*\d|\b(?:of|from|among|out of)\s+(?:the\s+|all\s+)?\d"
    r"|(?<![\d,])\d[\d,]*\s+(?:\w+\s+){0,2}(?:people|persons?|children|parents|carers|residents"
    r"|families|pupils|students|delegates|victims|members|responses|answers|replies|respondents|forms|schools"
    r"|organisations|staff|practitioners|professionals|young people)\b",
    re.IGNORECASE,
)
# A change or a sum of money has no people behind it: "by 20%", "3% more", "10% of the budget".
_BEFORE_A_CHANGE = re.compile(r"\bby\s+(?:up to\s+|about\s+|around\s+)?$", re.IGNORECASE)
_AFTER_A_CHANGE = re.compile(
    r"\s*(?:points?|more|less|fewer|increase|rise|cut|reduction|discount|off"
    r"|of\s+(?:the|our|its|this|that)\s+(?:\w+\s+)?(?:budget|money|cost|costs|price|time|fund|funding))\b",
    re.IGNORECASE,
)


def bare_percentages(text: str) -> tuple[str, ...]:
    """Return each percentage of people that is said with no number of people in its sentence.

    A change ("by 20%") and a share of money are not of people, and stand alone.
    """
    return tuple(found for sentence in _SENTENCES.split(text) for found in _bare_in(sentence))


def _bare_in(sentence: str) -> Iterator[str]:
    if _BASE.search(_PERCENT.sub("", sentence)):
        return
    for found in _PERCENT.finditer(sentence):
        before, after = sentence[: found.start()], sentence[found.end() :]
        if not _BEFORE_A_CHANGE.search(before) and not _AFTER_A_CHANGE.match(after):
            yield found[0]
