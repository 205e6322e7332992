"""Which comments speak for a theme: central, different from one another, not too long."""

from collections.abc import Sequence

import numpy as np

from voice.analysis.embeddings import Vectors

QUOTES = 3
CANDIDATES = 60
SHORTEST_QUOTE_CHARS = 20
LONGEST_QUOTE_CHARS = 280
WORTH_OF_BEING_DIFFERENT = 0.4
COST_OF_LENGTH = 0.25
MOST_ALIKE = 0.9


def choose_quotes(
    texts: Sequence[str], vectors: Vectors, strengths: Sequence[float], *, most: int = QUOTES
) -> list[int]:
    """Return the places of up to `most` texts that stand for all, the best first.

    All three sequences are in the same order. Two texts that say almost the same are never both
    taken; texts of an awkward length only when there is nothing better.

    Source: Carbonell and Goldstein (1998), maximal marginal relevance.
    """
    worth = np.asarray(strengths, dtype=np.float64) - [_awkwardness(text) for text in texts]
    candidates = np.argsort(-worth, kind="stable")[:CANDIDATES].tolist()
    chosen: list[int] = []
    while candidates and len(chosen) < most:
        best = max(candidates, key=lambda one: (worth[one] - _likeness(vectors, one, chosen), -one))
        chosen.append(best)
        candidates = [
            one for one in candidates if one != best and _says_something_else(vectors, one, best)
        ]
    return chosen


def _awkwardness(text: str) -> float:
    """Return what being too short or too long costs; 0 for a good length."""
    size = len(text.strip())
    if size < SHORTEST_QUOTE_CHARS:
        return COST_OF_LENGTH
    return min(2.0, max(0.0, size / LONGEST_QUOTE_CHARS - 1)) * COST_OF_LENGTH


def _says_something_else(vectors: Vectors, one: int, chosen: int) -> bool:
    return float(vectors[one] @ vectors[chosen]) <= MOST_ALIKE


def _likeness(vectors: Vectors, one: int, chosen: Sequence[int]) -> float:
    if not chosen:
        return 0.0
    return WORTH_OF_BEING_DIFFERENT * float((vectors[list(chosen)] @ vectors[one]).max())
