"""The words of short answers that may stand in a cloud, and how many people say each.

Standard library only. Never a stop word, a swear word, a name, a place, or what may be about harm.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from voice.analysis.identity import wordlists
from voice.analysis.lexicon_files import read_lines, read_words
from voice.analysis.safeguarding import Tier, is_safe_word, screen
from voice.analysis.searching import display_words, fold_words

MOST_WORDS = 60
SHORTEST_CHARS = 3


@dataclass(frozen=True, slots=True)
class CloudWord:
    """A word as most people write it, and how many people say it in any form."""

    text: str
    people: int


def count_words(texts: Iterable[str], *, hidden: Collection[str] = ()) -> list[CloudWord]:
    """Return the words that may be shown, most people first; each person counts a word once.

    `texts` are one person's masked words each; `hidden` are words that an officer left out.
    """
    people: Counter[str] = Counter()
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        first = reversed([word for word in display_words(text) if may_stand(word)])
        said = {fold_words(word).strip(): word for word in first}
        for folded, word in said.items():
            people[folded] += 1
            written[folded][word] += 1
    left_out = {fold_words(word).strip() for word in hidden}
    shown = [
        CloudWord(min(written[each], key=lambda word: (-written[each][word], word)), many)
        for each, many in people.items()
        if each and each not in left_out
    ]
    return sorted(shown, key=lambda one: (-one.people, one.text))


@lru_cache(maxsize=20_000)
def may_stand(word: str) -> bool:
    """Return whether a word, in small letters, may be shown to a room."""
    if len(word) < SHORTEST_CHARS or not word.isalpha() or word in read_words("stop_words"):
        return False
    return not (_is_unsafe(word) or _is_personal(word))


def _is_unsafe(word: str) -> bool:
    is_listed = any(
        word.startswith(each[:-1]) if each.endswith("*") else word == each
        for each in read_lines("cloud_unsafe")
    )
    return is_listed or is_safe_word(word) or screen(word).tier is not Tier.NONE


def _is_personal(word: str) -> bool:
    kinds = (wordlists.is_first_name, wordlists.is_surname, wordlists.is_place)
    return any(is_kind(word) for is_kind in kinds)
