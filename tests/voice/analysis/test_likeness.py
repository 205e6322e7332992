"""How alike answers are to examples, remembered between one correction and the next."""

import numpy as np
import pytest
import scipy.sparse as sp

from voice.analysis.coding.likeness import MOST_NUMBERS_KEPT, Likeness, find_alike


class TestLikeness:
    def test_is_the_same_whether_remembered_or_not(self, rows):
        remembered = Likeness(rows)
        remembered.of([3, 1])

        assert np.array_equal(remembered.of([1, 2, 3]), Likeness(rows).of([1, 2, 3]))

    def test_compares_only_the_example_that_is_new(self, rows):
        likeness = Likeness(rows)
        likeness.of([1, 2, 3])

        likeness.of([1, 2, 3, 4])

        assert likeness.compared == 4

    def test_is_that_of_comparing_all_at_once(self, rows):
        found = Likeness(rows).of([5, 0])

        assert found == pytest.approx(find_alike(rows, rows[[5, 0]]), abs=1e-5)
        assert found[5, 0] == pytest.approx(1.0, abs=1e-5)

    def test_forgets_what_is_too_much_to_keep(self):
        many = MOST_NUMBERS_KEPT // 2
        likeness = Likeness(sp.csr_matrix(([1.0], ([0], [0])), shape=(many, 1)))
        for place in (0, 1, 2, 0):
            likeness.of([place])

        assert likeness.compared == 4

    @pytest.fixture
    def rows(self):
        """Return rows of which some columns are full, as meanings are, and most are not."""
        chance = np.random.default_rng(1)
        words = sp.random(40, 300, density=0.05, random_state=1)
        return sp.csr_matrix(sp.hstack([words, chance.uniform(-1, 1, (40, 6))]))
