"""Applies the trained weights: plain sums, no library.

The weights come from `python -m benchmarks.safeguarding_training` and the reviewed prototypes.
"""

from collections.abc import Set
from math import exp

from voice.analysis.safeguarding.resources import read_weights
from voice.analysis.safeguarding.values import Category

_LARGEST_SUM = 50.0


def concern_probability(features: Set[str]) -> float:
    """Return how likely a reader would want to see the sentence today, 0 to 1."""
    return _probability("concern", features)


def immediate_probability(features: Set[str]) -> float:
    """Return how likely it is that somebody is in danger at this moment, 0 to 1."""
    return _probability("immediate", features)


def best_category(features: Set[str]) -> Category:
    """Return the category that the features point to most."""
    part = read_weights()["category"]
    sums = list(part["bias"])
    for feature in features:
        for at, weight in enumerate(part["weights"].get(feature, ())):
            sums[at] += weight
    return Category(part["names"][sums.index(max(sums))])


def _probability(name: str, features: Set[str]) -> float:
    part = read_weights()[name]
    weights = part["weights"]
    total = part["bias"] + sum([weights[feature] for feature in features if feature in weights])
    return 1 / (1 + exp(-max(-_LARGEST_SUM, min(_LARGEST_SUM, total))))
