"""Texts as a graph of neighbours."""

import numpy as np

from voice.analysis.graph import find_groups, link_neighbours


class TestFindingGroups:
    def test_finds_how_many_there_are(self):
        vectors = np.repeat(np.eye(3, dtype=np.float32), 20, axis=0)

        groups = find_groups(vectors, seed=1)

        assert [len(set(groups[start : start + 20])) for start in (0, 20, 40)] == [1, 1, 1]
        assert len(set(groups)) == 3

    def test_leaves_what_resembles_nothing_alone(self):
        vectors = np.eye(4, dtype=np.float32)

        assert len(set(find_groups(vectors, seed=1))) == 4

    def test_copes_with_one_and_with_none(self):
        assert find_groups(np.ones((1, 2), dtype=np.float32), seed=1).tolist() == [0]
        assert find_groups(np.ones((0, 2), dtype=np.float32), seed=1).tolist() == []


class TestLinkingNeighbours:
    def test_links_both_ways_and_nobody_to_themselves(self):
        chance = np.random.default_rng(3)
        vectors = chance.random((60, 5)).astype(np.float32)

        links = link_neighbours(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))

        assert abs(links - links.T).max() < 1e-9
        assert links.diagonal().sum() == 0
