"""The comments that are most like one: by the words that they share, until something better."""

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from typing import Generic, TypeVar

from voice.analysis.speaking import roots_in

Key = TypeVar("Key", bound=Hashable)


class Neighbours(Generic[Key]):
    """Comments by their key, each with how strongly it speaks of a theme, 0 to 1."""

    def __init__(self, texts: Mapping[Key, str], strengths: Mapping[Key, float]) -> None:
        self._strengths = strengths
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

    def nearest(self, key: Key, *, most: int) -> list[Key]:
        """Return the comments most like this one that share a word with it, the nearest first.

        Of two as near, the one that speaks of the theme more strongly comes first.
        """
        shared: Counter[Key] = Counter()
        for root in self._roots[key]:
            for other in self._holding[root]:
                shared[other] += self._weights[root] ** 2  # type: ignore[assignment] # fractions
        del shared[key]
        return sorted(
            shared,
            key=lambda other: (
                -shared[other] / self._lengths[other],
                -self._strengths.get(other, 0.0),
                str(other),
            ),
        )[:most]
