"""Choosing answers to check: spread first, then doubt, and the same each time."""

import numpy as np
from sklearn.preprocessing import normalize

from voice.analysis.coding.choosing import choose


def _groups(sizes, *, seed=3):
    """Vectors in groups far apart, so many in each."""
    chance = np.random.RandomState(seed)
    parts = [
        np.eye(len(sizes))[group] * 5 + chance.normal(scale=0.3, size=(size, len(sizes)))
        for group, size in enumerate(sizes)
    ]
    return normalize(np.vstack(parts)).astype(np.float32)


def test_the_first_come_from_every_part_the_biggest_first():
    sizes = [40, 30, 20, 10]
    vectors = _groups(sizes)
    group = np.repeat(np.arange(4), sizes)

    found = choose(vectors, np.zeros(100), seed=1, how_many=4, spread=4)

    assert group[found].tolist() == [0, 1, 2, 3]


def test_the_others_are_those_most_in_doubt_and_not_nearly_the_same():
    vectors = np.eye(6, dtype=np.float32)
    vectors[3] = vectors[2]
    doubts = np.array([0.1, 0.2, 0.9, 0.8, 0.7, 0.0])

    assert choose(vectors, doubts, seed=1, how_many=3, spread=0) == [2, 4, 1]


def test_are_the_same_each_time_and_never_twice():
    vectors, doubts = _groups([60, 40]), np.random.RandomState(1).rand(100)

    found = choose(vectors, doubts, seed=1)

    assert found == choose(vectors, doubts, seed=1)
    assert len(set(found)) == len(found) == 50


def test_of_few_are_all():
    assert sorted(choose(np.ones((3, 1), np.float32), np.zeros(3), seed=1)) == [0, 1, 2]


def test_of_none_are_none():
    assert choose(np.zeros((0, 1), np.float32), np.zeros(0), seed=1) == []
