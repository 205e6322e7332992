"""The comments that are most like one: in what they mean, or else by the words that they share.

Light enough for a page that somebody waits for: what comments mean was read before.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from typing import Generic, TypeVar

from voice.analysis.speaking import roots_in

FAINTEST = 0.25  # less alike in meaning than this is chance
NUMBERS = "<f2"  # as vectors are kept

Key = TypeVar("Key", bound=Hashable)


class Neighbours(Generic[Key]):
    """Comments by their key, each with how strongly it speaks of a theme, 0 to 1.

    `meanings` has a vector of length 1 for those that were read, as bytes; it may lack any.
    """

    def __init__(
        self,
        texts: Mapping[Key, str],
        strengths: Mapping[Key, float],
        meanings: Mapping[Key, bytes] | None = None,
    ) -> None:
        self._strengths = strengths
        self._words = _ByWords(texts)
        self._meanings = _ByMeaning({one: row for one, row in (meanings or {}).items() if row})

    def nearest(self, key: Key, *, most: int) -> list[Key]:
        """Return the comments most like this one, the nearest first.

        By what they mean where that was read, and then by words: those share one with it. Of two
        as near, the one that speaks of the theme more strongly comes first.
        """
        by_meaning = self._in_order(self._meanings.alike(key))
        if len(by_meaning) >= most:
            return by_meaning[:most]
        return list(dict.fromkeys([*by_meaning, *self._in_order(self._words.alike(key))]))[:most]

    def _in_order(self, alike: Mapping[Key, float]) -> list[Key]:
        return sorted(
            alike, key=lambda one: (-alike[one], -self._strengths.get(one, 0.0), str(one))
        )


class _ByWords(Generic[Key]):
    """How alike comments are by the words they share, the rarer the more."""

    def __init__(self, texts: Mapping[Key, str]) -> None:
        self._roots = {key: roots_in(text) for key, text in texts.items()}
        self._holding: dict[str, list[Key]] = defaultdict(list)
        for key, roots in self._roots.items():
            for root in roots:
                self._holding[root].append(key)
        self._weights = {
            root: math.log((1 + len(texts)) / len(keys)) for root, keys in self._holding.items()
        }
        self._lengths = {
            key: math.sqrt(sum(self._weights[root] ** 2 for root in roots)) or 1.0
            for key, roots in self._roots.items()
        }

    def alike(self, key: Key) -> dict[Key, float]:
        """Return those that share a word with this one."""
        shared: Counter[Key] = Counter()
        for root in self._roots[key]:
            for other in self._holding[root]:
                shared[other] += self._weights[root] ** 2  # type: ignore[assignment] # fractions
        del shared[key]
        return {other: much / self._lengths[other] for other, much in shared.items()}


class _ByMeaning(Generic[Key]):
    """How alike comments are in what they mean, of those that were read."""

    def __init__(self, meanings: Mapping[Key, bytes]) -> None:
        self._keys = list(meanings)
        self._places = {key: place for place, key in enumerate(self._keys)}
        self._raw = b"".join(meanings.values())

    def alike(self, key: Key) -> dict[Key, float]:
        """Return those that mean something like this one; none if it was not read."""
        if key not in self._places:
            return {}
        import numpy as np  # noqa: PLC0415  # slow to load, and most pages need none

        rows = np.frombuffer(self._raw, NUMBERS).reshape(len(self._keys), -1).astype(np.float32)
        near = rows @ rows[self._places[key]]
        return {
            other: round(float(much), 6)
            for other, much in zip(self._keys, near, strict=True)
            if other != key and much >= FAINTEST
        }
