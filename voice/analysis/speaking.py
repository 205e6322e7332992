"""Why a comment is in a theme: the words in it that speak for the theme, without any model.

Light enough for a page that somebody waits for: no tokeniser and no stemmer is loaded.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from voice.analysis.lexicon_files import read_words

MOST_SHARED = 12
FEWEST_SHARING = 3  # comments of a theme in which a word stands before it speaks for the theme
TWICE_AS_OFTEN = math.log(2)
SHORTEST_ROOT = 4
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ENDINGS = ("ingly", "edly", "ings", "ing", "ers", "est", "ies", "ied", "er", "ed", "ly")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a comment; `speaks` says that it is a word that speaks for the theme."""

    text: str
    speaks: bool = False


def root_of(word: str) -> str:
    """Return what alike words begin with: "buses" and "bus", "stop" and "stopped" have one root."""
    plain = word.casefold().replace("’", "'").removesuffix("'s").replace("'", "")
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= SHORTEST_ROOT:
            plain = plain.removesuffix(ending)
            break
    else:
        plain = _singular(plain)
    if len(plain) > SHORTEST_ROOT and plain[-1] in "ey":
        plain = plain[:-1]
    if len(plain) >= SHORTEST_ROOT and plain[-1] == plain[-2]:
        plain = plain[:-1]
    return plain


def _singular(plain: str) -> str:
    if plain.endswith(("ses", "xes", "zes", "hes")):
        return plain.removesuffix("es")
    if plain.endswith("s") and not plain.endswith("ss") and len(plain) >= SHORTEST_ROOT:
        return plain[:-1]
    return plain


def roots_in(text: str) -> set[str]:
    """Return the roots of the words of `text` that carry meaning."""
    words = (found.group() for found in _WORD.finditer(text))
    return {root_of(word) for word in words if _says_something(word)}


def shared_roots(inside: Sequence[str], outside: Sequence[str]) -> tuple[str, ...]:
    """Return the roots that the comments of a theme share, at least twice as often as others.

    The most telling first, at most `MOST_SHARED`.
    """
    within = Counter(root for text in inside for root in roots_in(text))
    without = Counter(root for text in outside for root in roots_in(text))

    def excess(root: str) -> float:
        often = (within[root] + 0.5) / (len(inside) + 1)
        return math.log(often / ((without[root] + 0.5) / (len(outside) + 1)))

    telling = {
        root: excess(root) * math.sqrt(count)
        for root, count in within.items()
        if count >= FEWEST_SHARING and excess(root) >= TWICE_AS_OFTEN
    }
    return tuple(sorted(telling, key=lambda root: (-telling[root], root))[:MOST_SHARED])


def roots_of_words(words: Iterable[str]) -> set[str]:
    """Return the roots of a theme's own words, keywords and examples."""
    return set().union(*map(roots_in, words))


def mark(text: str, roots: Collection[str]) -> tuple[Piece, ...]:
    """Return `text` in pieces, those apart that have one of these roots; nothing is lost."""
    pieces: list[Piece] = []
    after = 0
    for found in _WORD.finditer(text):
        if _says_something(found.group()) and root_of(found.group()) in roots:
            if found.start() > after:
                pieces.append(Piece(text[after : found.start()]))
            pieces.append(Piece(found.group(), speaks=True))
            after = found.end()
    if after < len(text):
        pieces.append(Piece(text[after:]))
    return tuple(pieces)


def _says_something(word: str) -> bool:
    plain = word.casefold().replace("’", "'")
    return len(plain) > 1 and plain not in read_words("stop_words")
