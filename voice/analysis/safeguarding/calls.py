"""Sentences that their grammar tells, whatever the trained weights make of their words.

Some are a call ("i dont feel safe at home", however it is put), some are calm ("yes they do").
Which stands in `lexicons/calls.csv`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from voice.analysis.safeguarding.concepts import words_of
from voice.analysis.safeguarding.resources import read_rows
from voice.analysis.safeguarding.values import Category, Urgency

MOST_CALM_WORDS = 20

_GROUP = re.compile(r"{(\w+)}")


@dataclass(frozen=True, slots=True)
class Call:
    """A pattern and what it tells: an alert, that it is none after all, or that all is calm."""

    name: str
    kind: str
    category: str
    urgency: str
    pattern: re.Pattern[str]


def find_call(words: Sequence[str]) -> tuple[Category, Urgency] | None:
    """Return what a sentence says by itself, whatever the weights make of it, or None."""
    plain = _without_fillers(words)
    found = next((one for one in _calls("alert") if one.pattern.search(plain)), None)
    if found is None or _is_taken_back(plain):
        return None
    return Category(found.category), Urgency(found.urgency)


def is_calm(words: Sequence[str]) -> bool:
    """Return whether a sentence is one that tells no harm, so that the weights are not asked.

    Of "they do", "he helps me" or "im not scared any more" they know each word and not the whole.
    """
    plain = " ".join(words)
    if len(words) > MOST_CALM_WORDS or not any(
        one.pattern.fullmatch(plain) for one in _calls("calm")
    ):
        return False
    return not _fits("uncalm", plain)


def _without_fillers(words: Sequence[str]) -> str:
    return " ".join(_fillers().sub(" ", f" {' '.join(words)} ").split())


def _is_taken_back(plain: str) -> bool:
    """Return whether it is about a road or an app, or supposed, and not about home as well."""
    if _fits("but", plain):
        return True
    return _fits("public", plain) and not _fits("private", plain)


def _fits(kind: str, plain: str) -> bool:
    return any(one.pattern.search(plain) for one in _calls(kind))


@cache
def _calls(kind: str) -> tuple[Call, ...]:
    return tuple(
        Call(row["call"], kind, row["category"], row["urgency"], _compile(row["pattern"]))
        for row in read_rows("calls.csv")
        if row["kind"] == kind
    )


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(_GROUP.sub(lambda found: _any_of(found.group(1)), pattern))


@cache
def _any_of(group: str) -> str:
    """Return a pattern of any word of `group`; `to_be_honest` is three words."""
    listed = next(row["words"] for row in read_rows("call_words.csv") if row["group"] == group)
    words = dict.fromkeys(one for word in listed.split() for one in words_of(word))
    return f"(?:{'|'.join(re.escape(one.replace('_', ' ')) for one in words)})"


@cache
def _fillers() -> re.Pattern[str]:
    return re.compile(rf"(?<= ){_any_of('filler')}(?= )")
