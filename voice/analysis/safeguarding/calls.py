"""Sentences that are a call by themselves: "i dont feel safe at home", however it is put.

They are told by their grammar (`lexicons/calls.csv`), because the weights learnt too few of them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from voice.analysis.safeguarding.concepts import words_of
from voice.analysis.safeguarding.resources import read_rows
from voice.analysis.safeguarding.values import Category, Urgency

_GROUP = re.compile(r"{(\w+)}")


@dataclass(frozen=True, slots=True)
class Call:
    """A pattern that is an alert by itself, makes one sure, or takes it back."""

    name: str
    kind: str
    category: str
    urgency: str
    pattern: re.Pattern[str]


def find_call(words: Sequence[str]) -> tuple[Category, Urgency] | None:
    """Return what a sentence says by itself, whatever the weights make of it, or None."""
    plain = " ".join(_fillers().sub(" ", f" {' '.join(words)} ").split())
    found = next((one for one in _calls("alert") if one.pattern.search(plain)), None)
    if found is None or _is_taken_back(plain):
        return None
    return Category(found.category), Urgency(found.urgency)


def _is_taken_back(plain: str) -> bool:
    """Return whether it is about a road or an app, or supposed, and not about home as well."""
    is_back = any(one.pattern.search(plain) for one in _calls("but"))
    return is_back and not any(one.pattern.search(plain) for one in _calls("private"))


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
    words = [one for word in listed.split() for one in words_of(word)]
    return f"(?:{'|'.join(re.escape(one.replace('_', ' ')) for one in words)})"


@cache
def _fillers() -> re.Pattern[str]:
    return re.compile(rf"(?<= ){_any_of('filler')}(?= )")
