"""Which units belong together, and which themes each unit touches: numbers in, numbers out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.preprocessing import normalize

from voice.analysis.embeddings import SAMPLE_TEXTS, Vectors
from voice.analysis.graph import find_groups

MAX_THEMES = 70
MOST_ALIKE = 0.6
ROUNDS_OF_SORTING = 2
LEAST_STRENGTH = 0.2
LEAST_FURTHER_STRENGTH = 0.35
FURTHER_SHARE_OF_BEST = 0.65
FEWEST_PEOPLE = 2
PEOPLE_IN_A_HUNDRED = 2
MOST_OF_FEWEST_PEOPLE = 5
PEOPLE_IN_A_THOUSAND = 1
SMALLEST_LENGTH = 1e-9


@dataclass(frozen=True, slots=True)
class Grouping:
    """How near each unit is to each theme (`strengths`) and which themes it raises (`raised`).

    One row a unit, one column a theme. `centres` has a row for each theme: the middle of its units.
    """

    centres: Vectors
    strengths: Vectors
    raised: npt.NDArray[np.bool_]


def group_units(
    vectors: Vectors, owners: Sequence[int], weights: Sequence[int], *, seed: int
) -> Grouping:
    """Return the themes that the units form.

    `owners` says which comment each unit comes from and `weights` how many people wrote each
    comment, so that a theme rests on people enough and not on one long answer.
    """
    if not len(vectors):
        return sort_units(vectors, vectors)
    owner = np.asarray(owners, dtype=np.intp)
    people = np.asarray(weights, dtype=np.intp)
    needed = fewest_people(int(people.sum()))
    step = max(1, -(-len(vectors) // SAMPLE_TEXTS))
    sample, groups = vectors[::step], find_groups(vectors[::step], seed=seed)
    members = np.eye(int(groups.max()) + 1, dtype=np.bool_)[groups]
    large = _count_people(members, owner[::step], people) >= max(1, needed // step)
    centres = _settle(sample, _centres_of(sample, groups)[large])
    while True:
        grouping = sort_units(vectors, centres)
        kept = _count_people(grouping.raised, owner, people) >= needed
        if kept.all():
            return grouping
        centres = centres[kept]


def fewest_people(base: int) -> int:
    """Return how many people must raise a theme before it is one, when `base` wrote something.

    Source: Consult's rule (5, or one in a thousand), relaxed below 250 people.
    """
    few = max(FEWEST_PEOPLE, min(MOST_OF_FEWEST_PEOPLE, base * PEOPLE_IN_A_HUNDRED // 100))
    return max(few, base * PEOPLE_IN_A_THOUSAND // 1_000)


def _count_people(
    raised: npt.NDArray[np.bool_], owner: npt.NDArray[np.intp], people: npt.NDArray[np.intp]
) -> npt.NDArray[np.intp]:
    counts = [int(people[np.unique(owner[units])].sum()) for units in raised.T]
    return np.array(counts, dtype=np.intp)


def _settle(vectors: Vectors, centres: Vectors) -> Vectors:
    """Return `centres` moved to the middle of the units nearest to them, without near doubles."""
    if not len(centres):
        return centres
    for _ in range(ROUNDS_OF_SORTING):
        centres = _centres_of(vectors, (vectors @ centres.T).argmax(axis=1))
    sizes = np.bincount((vectors @ centres.T).argmax(axis=1), minlength=len(centres))
    largest = np.sort(np.argsort(-sizes, kind="stable")[: MAX_THEMES * 2])
    return _merge_alike(centres[largest], sizes[largest].astype(np.float64))


def _centres_of(vectors: Vectors, groups: npt.NDArray[np.intp]) -> Vectors:
    sums = np.zeros((int(groups.max()) + 1, vectors.shape[1]), dtype=np.float64)
    np.add.at(sums, groups, vectors)
    present = np.unique(groups)
    return np.asarray(normalize(sums[present]), dtype=np.float32)


def _merge_alike(centres: Vectors, sizes: npt.NDArray[np.float64]) -> Vectors:
    """Return `centres` with pairs too alike made one, and never more than `MAX_THEMES`."""
    while len(centres) > 1:
        alike = np.triu(centres @ centres.T, k=1)
        one, other = np.unravel_index(alike.argmax(), alike.shape)
        if alike[one, other] <= MOST_ALIKE and len(centres) <= MAX_THEMES:
            break
        both = centres[one] * sizes[one] + centres[other] * sizes[other]
        centres[one] = both / max(float(np.linalg.norm(both)), SMALLEST_LENGTH)
        sizes[one] += sizes[other]
        centres, sizes = np.delete(centres, other, axis=0), np.delete(sizes, other)
    return centres


def sort_units(vectors: Vectors, centres: Vectors) -> Grouping:
    """Return which of these themes each unit raises."""
    if not len(centres):
        nothing = np.zeros((len(vectors), 0))
        return Grouping(centres, nothing.astype(np.float32), nothing.astype(np.bool_))
    strengths = np.clip(vectors @ centres.T, 0.0, 1.0)
    best = strengths.max(axis=1, keepdims=True)
    further = (strengths >= LEAST_FURTHER_STRENGTH) & (strengths >= FURTHER_SHARE_OF_BEST * best)
    raised = (strengths >= LEAST_STRENGTH) & ((strengths == best) | further)
    return Grouping(centres, strengths, raised)
