"""Whether an answer says anything, and which answers say the same. Standard library only."""

import re
import unicodedata
from itertools import islice

from voice.analysis.lexicon_files import read_lines, read_words

MAX_FILLER_WORDS = 12
_NO_WORD_PARTS = re.compile(r"[^a-z0-9]+")


def has_content(text: str) -> bool:
    """Say whether `text` says anything that could belong to a theme.

    "Nothing", "n/a", "don't know", "no comment", emoji, digits and punctuation alone do not.
    """
    folded = fold(text)
    letters = len(list(islice(filter(str.isalpha, folded), 2)))  # one alone may be a word
    if letters == 0 or (letters == 1 and folded.isascii()):
        return False
    return folded not in read_lines("no_content") and not _is_filler(folded)


def fold(text: str) -> str:
    """Return `text` without case, punctuation and surplus space: the same for equal answers."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = plain.replace("’", "").replace("'", "").replace("`", "")
    if plain.isascii():  # as most of what is written here, and ten times as quick
        return _NO_WORD_PARTS.sub(" ", plain).strip()
    return " ".join("".join(char if _is_word_part(char) else " " for char in plain).split())


def _is_word_part(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char) in {"Mn", "Mc"}


def _is_filler(folded: str) -> bool:
    words = folded.split()
    core = set(read_lines("filler")[0].split())
    return (
        len(words) <= MAX_FILLER_WORDS
        and not core.isdisjoint(words)
        and read_words("filler").issuperset(words)
        and not any(f" {told} " in f" {folded} " for told in read_lines("says_something"))
    )
