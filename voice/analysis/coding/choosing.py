"""Which answers people check: first some that are spread over all, then those most in doubt.

Loads scikit-learn, so only the worker comes through it.

Source: Zhdanov (2019), "Diverse mini-batch active learning"; Lewis and Gale (1994), "A sequential
algorithm for training text classifiers" (doubt).
"""

import numpy as np
import numpy.typing as npt
from sklearn.cluster import KMeans

from voice.analysis.embeddings import Vectors

HOW_MANY = 50
SPREAD_SHARE = 0.5
MOST_ALIKE = 0.9
MOST_COMPARED = 5_000

Places = npt.NDArray[np.intp]


def choose(
    vectors: Vectors,
    doubts: npt.NDArray[np.float64],
    *,
    seed: int,
    how_many: int = HOW_MANY,
    spread: int | None = None,
) -> list[int]:
    """Return the places of the answers to check, in the order in which they are to be checked.

    The first `spread` (half, unless said) stand each for a part of all answers, the biggest part
    first. The others are those most in doubt, none nearly the same as one that is chosen already.
    Fewer are returned only where there are fewer. The same input gives the same places.
    """
    first = round(how_many * SPREAD_SHARE) if spread is None else spread
    chosen = _spread(vectors, min(first, how_many, len(vectors)), seed)
    chosen += _in_doubt(vectors, doubts, chosen, how_many - len(chosen))
    chosen += np.argsort(-doubts, kind="stable").tolist()
    return list(dict.fromkeys(chosen))[:how_many]


def _spread(vectors: Vectors, parts: int, seed: int) -> list[int]:
    """Return for each of so many parts the place that is nearest to its middle."""
    if parts == 0:
        return []
    compared = np.arange(0, len(vectors), max(1, -(-len(vectors) // MOST_COMPARED)))
    different = len(np.unique(vectors[compared], axis=0))
    means = KMeans(min(parts, different), n_init=1, random_state=seed).fit(vectors[compared])
    away = means.transform(vectors[compared])
    sizes = np.bincount(means.labels_, minlength=len(means.cluster_centers_))
    order = np.argsort(-sizes, kind="stable")
    return [int(compared[away[:, part].argmin()]) for part in order]


def _in_doubt(
    vectors: Vectors, doubts: npt.NDArray[np.float64], chosen: list[int], wanted: int
) -> list[int]:
    found: list[int] = []
    for place in np.argsort(-doubts, kind="stable").tolist():
        if len(found) >= wanted:
            break
        others = vectors[[*chosen, *found]]
        if len(others) and (others @ vectors[place]).max() > MOST_ALIKE:
            continue
        found.append(place)
    return found
