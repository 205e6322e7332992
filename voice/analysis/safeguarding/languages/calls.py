"""Sentences of another language that are a call by themselves, as `calls` finds them in English."""

import re
from collections.abc import Sequence
from functools import cache

from voice.analysis.safeguarding.languages.rules import ConceptRule
from voice.analysis.safeguarding.resources import read_rows

_WEIGHTS = {"alert": 6.0, "support": 2.0}  # an alert stays one in a harmless context
_Patterns = tuple[tuple[ConceptRule, re.Pattern[str]], ...]


def find_calls(words: Sequence[str], language: str) -> list[ConceptRule]:
    """Return the first call that these words of `language` are, as a rule, or none."""
    plain = " ".join(words)
    rows = _calls(language, "alert") + _calls(language, "support")
    found = next((rule for rule, pattern in rows if pattern.search(plain)), None)
    is_back = _any_fits(_calls(language, "but"), plain)
    if found is None or (is_back and not _any_fits(_calls(language, "private"), plain)):
        return []
    return [found]


def _any_fits(rows: _Patterns, plain: str) -> bool:
    return any(pattern.search(plain) for _, pattern in rows)


@cache
def _calls(language: str, kind: str) -> _Patterns:
    return tuple(
        (
            ConceptRule(row["call"], row["category"], row["urgency"], _WEIGHTS.get(kind, 0.0), ()),
            re.compile(row["pattern"]),
        )
        for row in read_rows("calls_languages.csv")
        if (row["language"], row["kind"]) == (language, kind)
    )
