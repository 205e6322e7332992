"""Makes one spelling of the many in which a word of Welsh, Polish or Urdu is typed."""

import re
import unicodedata
from functools import cache

from voice.analysis.safeguarding.resources import read_rows

LANGUAGES = ("cy", "pl", "ur")
MAX_WORDS = 90

_INVISIBLE = dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF, 0x00AD]
)
_APOSTROPHES = re.compile("['’‘`´ʼ′]")
_WORDS = re.compile(r"[^\W_]+")


def fold_words(text: str, language: str) -> list[str]:
    """Return the words of `text` as this language's vocabulary spells them.

    Marks fall away (`bił` and `bil`, `tŷ` and `ty`), Arabic letters become Urdu ones, and Urdu in
    Latin letters gets one spelling of many (`mujhay`, `mujhe`, `muje`).
    """
    return _WORDS.findall(fold(text, language))[:MAX_WORDS]


def fold(text: str, language: str) -> str:
    """Return `text` without marks, in small letters, in the one spelling of `language`."""
    plain = without_marks(text)
    for written, read in _spellings(language):
        plain = written.sub(read, plain)
    return plain


def without_marks(text: str) -> str:
    """Return `text` in small letters without marks or invisible signs, otherwise as typed."""
    if text.isascii():  # as most of what is written here, in which there is nothing to take away
        return text.lower()
    bare = unicodedata.normalize("NFKD", text.translate(_INVISIBLE).casefold())
    return "".join([sign for sign in bare if not unicodedata.combining(sign)])


def plain_words(text: str) -> list[str]:
    """Return the words of `text` as typed, only without marks and apostrophes."""
    return _WORDS.findall(_APOSTROPHES.sub("", without_marks(text)))[:MAX_WORDS]


def has_apostrophe(text: str) -> bool:
    """Return whether `text` has an apostrophe, at which Welsh and Polish part words."""
    return _APOSTROPHES.search(text) is not None


@cache
def _spellings(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = read_rows("languages/spellings.csv")
    return tuple(
        (re.compile(row["written"]), row["read"]) for row in rows if row["language"] == language
    )
