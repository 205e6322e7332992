"""Percentages in what an officer writes: none without how many stand behind it, and the rate.

Source: rows B13 and E15 of the council's papers: 100% is not to be printed "without n and
response rate".
"""

import re
from collections.abc import Iterator
from enum import StrEnum

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

# How many answered of those who were asked: "response rate", "of the 240 who were asked".
_RATE = re.compile(r"\b(?:response|return|reply)\s+rate\b", re.IGNORECASE)
_ASKED = re.compile(
    r"\b(?:were|was|been|we|they)\s+(?:asked|invited|approached)\b(?!\s+for)"
    r"|(?<![\d,])\d[\d,]*\s+(?:\w+\s+)?invited\b",
    re.IGNORECASE,
)
_NUMBER_OR_NONE = re.compile(r"\d|not known|unknown|nobody knows|do not know", re.IGNORECASE)
# Not of those who answered here, but out of somebody else's count.
_ELSEWHERE = re.compile(r"\bsource\b|\baccording to\b|\bcensus\b", re.IGNORECASE)


class Fault(StrEnum):
    """Why a percentage cannot stand as it is."""

    BARE = "bare"  # no number of people in its sentence
    UNRATED = "unrated"  # how many of those who were asked answered is nowhere said


def fault_in(*texts: str) -> tuple[int, Fault] | None:
    """Return the first of these texts whose percentages cannot stand, by its place, and why.

    They are read together: a response rate said in one of them is said for all.
    """
    for place, text in enumerate(texts):
        if bare_percentages(text):
            return place, Fault.BARE
    if any(_says_rate(sentence) for text in texts for sentence in _SENTENCES.split(text)):
        return None
    for place, text in enumerate(texts):
        sentences = (each for each in _SENTENCES.split(text) if not _ELSEWHERE.search(each))
        if any(True for sentence in sentences for _ in _of_people(sentence)):
            return place, Fault.UNRATED
    return None


def _says_rate(sentence: str) -> bool:
    """Return whether a sentence says the response rate, or that nobody knows it."""
    if _RATE.search(sentence):
        return _NUMBER_OR_NONE.search(sentence) is not None
    return _ASKED.search(sentence) is not None and any(map(str.isdigit, sentence))


def bare_percentages(text: str) -> tuple[str, ...]:
    """Return each percentage of people that is said with no number of people in its sentence.

    A change ("by 20%") and a share of money are not of people, and stand alone.
    """
    return tuple(found for sentence in _SENTENCES.split(text) for found in _bare_in(sentence))


def _bare_in(sentence: str) -> Iterator[str]:
    if not _BASE.search(_PERCENT.sub("", sentence)):
        yield from _of_people(sentence)


def _of_people(sentence: str) -> Iterator[str]:
    for found in _PERCENT.finditer(sentence):
        before, after = sentence[: found.start()], sentence[found.end() :]
        if not _BEFORE_A_CHANGE.search(before) and not _AFTER_A_CHANGE.match(after):
            yield found[0]
