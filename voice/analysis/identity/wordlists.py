"""The name lists, and how a word is looked up in them.

`lists/first_names.txt` and `lists/surnames.txt` come from the Python package Faker (MIT licence);
each file says so at its top.
"""

import unicodedata
from functools import cache
from importlib.resources import files

from voice.analysis.lexicon_files import read_words

_CONTRACTIONS = ("n't", "'ve", "'ll", "'re", "'d", "'m", "n’t", "’ve", "’ll", "’re", "’d", "’m")
_STROKES = str.maketrans("łŁøØđĐß", "lLoOdDs")


def plain(word: str) -> str:
    """Return `word` in small letters without accents and without a possessive ending."""
    if word.isascii():
        return word.lower().removesuffix("'s").strip("'-.")
    letters = unicodedata.normalize("NFD", word.translate(_STROKES))
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign)).lower()
    return bare.replace("’", "'").removesuffix("'s").strip("'-.")


def is_first_name(word: str) -> bool:
    """Return whether `word` is a first name and nothing else."""
    bare = plain(word)
    return bare in _list("first_names") or (
        "-" in bare and all(part in _list("first_names") for part in bare.split("-"))
    )


def is_word_name(word: str) -> bool:
    """Return whether `word` is a first name that is also an everyday word (`will`, `april`)."""
    return plain(word) in _list("word_names")


def is_surname(word: str) -> bool:
    """Return whether `word` is a surname and not an everyday word."""
    return plain(word) in _list("surnames")


def is_place(word: str) -> bool:
    """Return whether `word` is a place, a feast, a month, a make or a body that is well known."""
    return plain(word) in _list("places")


def is_school_word(word: str) -> bool:
    """Return whether `word` before "school" is not the school's own name (`primary`, `our`)."""
    return word in _list("school_words")


def is_everyday(word: str) -> bool:
    """Return whether `word` is in everyday use and not known as a name."""
    bare = plain(word)
    if bare.endswith(_CONTRACTIONS):
        return True
    return bare.replace("'", "") in read_words("frequent_words") and not is_first_name(word)


@cache
def _list(name: str) -> frozenset[str]:
    path = files("voice.analysis.identity") / "lists" / f"{name}.txt"
    lines = path.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
