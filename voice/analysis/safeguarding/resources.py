"""The detector's lexicons, read once from the files beside this module.

Every list is a file that a safeguarding lead can open, read and correct.
"""

import csv
import hashlib
import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from voice.analysis.lexicon_files import read_words

_UNTRAINED = (
    *("evidence.csv", "few_words.csv", "calls.csv", "call_words.csv", "calls_languages.csv"),
    "staff.csv",
)
_LEXICONS = files("voice.analysis.safeguarding") / "lexicons"


def read_lines(name: str) -> Iterator[str]:
    """Yield each line of a lexicon file that is neither empty nor a comment."""
    for line in (_LEXICONS / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def read_rows(name: str) -> Iterator[dict[str, str]]:
    """Yield each row of a CSV lexicon file by its column names."""
    yield from csv.DictReader(read_lines(name))


@cache
def frequent_words() -> frozenset[str]:
    """Return the everyday English words that are never taken for a misspelling."""
    return read_words("frequent_words")


@cache
def read_weights() -> dict[str, Any]:
    """Return the trained weights; empty before the first training."""
    path = _LEXICONS / "weights.json"
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}


@cache
def read_language_weights() -> dict[str, Any]:
    """Return the trained weights of the other languages."""
    path = _LEXICONS / "languages" / "weights.json"
    weights: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return weights


@cache
def languages_digest() -> str:
    """Return what changes when a word or a rule of another language than English does."""
    return _digest(_language_files())


@cache
def lexicons_digest() -> str:
    """Return what changes when a list changes that the English weights were not trained from."""
    return _digest([*_language_files(), *_UNTRAINED])


def _language_files() -> list[str]:
    names = (one.name for one in (_LEXICONS / "languages").iterdir())
    return [f"languages/{name}" for name in sorted(names) if name.endswith(".csv")]


def _digest(names: list[str]) -> str:
    whole = b"".join((_LEXICONS / name).read_bytes() for name in names)
    return hashlib.sha256(whole).hexdigest()[:6]
