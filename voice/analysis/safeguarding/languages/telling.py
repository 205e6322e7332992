"""Keeps a very long text in another language within the time that an answer has."""

from collections.abc import Sequence
from functools import cache

from voice.analysis.safeguarding.languages.folding import LANGUAGES
from voice.analysis.safeguarding.languages.vocabulary import vocabulary_of

MAX_CHARS = 1200
_LETTERS = 4  # of each word are looked at to choose, which is quick


def choose_telling(pieces: Sequence[str]) -> list[str]:
    """Return all pieces, or the most telling `MAX_CHARS` of them in the order of the text."""
    different = list(dict.fromkeys(pieces))
    if sum(map(len, different)) <= MAX_CHARS:
        return different
    known = _beginnings()
    told = [sum(word[:_LETTERS] in known for word in set(one.split())) for one in different]
    chosen = []
    left = MAX_CHARS
    for at in sorted(range(len(different)), key=lambda at: (-told[at], at)):
        left -= len(different[at])
        if left < 0 or not told[at]:
            break
        chosen.append(at)
    return [different[at] for at in sorted(chosen)]


@cache
def _beginnings() -> frozenset[str]:
    return frozenset().union(*(vocabulary_of(one).beginnings(_LETTERS) for one in LANGUAGES))
