"""Applies the trained weights of the other languages: plain sums, no library.

They come from `python -m benchmarks.safeguarding_training_languages` and the prototypes.
"""

from collections.abc import Set
from math import exp

from voice.analysis.safeguarding.resources import read_language_weights
from voice.analysis.safeguarding.values import Category

_LARGEST_SUM = 50.0


def concern_probability(features: Set[str]) -> float:
    """Return how likely a reader would want to see the sentence today, 0 to 1."""
    part = read_language_weights()["concern"]
    weights = part["weights"]
    total = part["bias"] + sum(weights[one] for one in sorted(features) if one in weights)
    return 1 / (1 + exp(-max(-_LARGEST_SUM, min(_LARGEST_SUM, total))))


def best_category(features: Set[str]) -> Category:
    """Return the category that the features point to most."""
    part = read_language_weights()["category"]
    sums = list(part["bias"])
    for feature in sorted(features):
        for at, weight in enumerate(part["weights"].get(feature, ())):
            sums[at] += weight
    return Category(part["names"][sums.index(max(sums))])
