"""Tables of two questions, tried as somebody would who wants to find a few people in them.

CON-6.
"""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.analysis.suppression import OFFICERS_SMALLEST_COUNT, withheld_cells

TABLES = [
    pytest.param(((20, 3), (9, 14)), id="one small cell"),
    pytest.param(((3, 0), (0, 5)), id="on the slope"),
    pytest.param(((7, 2, 9), (8, 0, 6), (5, 5, 1)), id="three by three"),
    pytest.param(((6, 5, 9, 7), (8, 5, 1, 9)), id="a wide one"),
    pytest.param(((5, 2, 1, 1), (1, 0, 0, 0)), id="sparse and wide"),
    pytest.param(((9, 1, 0, 0, 0), (0, 0, 7, 0, 2)), id="apart"),
    pytest.param(((6, 0, 1, 5), (7, 0, 0, 6)), id="a column of nobody"),
    pytest.param(((8, 3, 8, 2), (1, 0, 0, 0)), id="one person alone in a row"),
]


def totals(table):
    return tuple(map(sum, table)), tuple(map(sum, zip(*table, strict=True)))


def tables_of(rows, columns):
    """Give every table with these totals."""
    if len(rows) == 1:
        yield (tuple(columns),)
        return
    for first in _rows_of(rows[0], columns):
        left = tuple(each - taken for each, taken in zip(columns, first, strict=True))
        for rest in tables_of(rows[1:], left):
            yield (first, *rest)


def _rows_of(total, most):
    if len(most) == 1:
        if total <= most[0]:
            yield (total,)
        return
    for first in range(min(total, most[0]) + 1):
        for rest in _rows_of(total - first, most[1:]):
            yield (first, *rest)


def shown(table):
    """Return what somebody sees: which cells are withheld, and what stands in the others."""
    hidden = withheld_cells(table)
    cells = product(range(len(table)), range(len(table[0])))
    return hidden, tuple(table[r][c] for r, c in cells if (r, c) not in hidden)


def found_by_trying(table):
    """Return the small counts that only one value fits, for somebody who knows totals and rule."""
    views = defaultdict(list)
    for each in tables_of(*totals(table)):
        views[shown(each)].append(each)
    return {
        (r, c)
        for (hidden, _), alike in views.items()
        for r, c in hidden
        if len({each[r][c] for each in alike}) == 1 and 0 < alike[0][r][c] < OFFICERS_SMALLEST_COUNT
    }


class TestWhatIsWithheld:
    @pytest.mark.parametrize("table", TABLES)
    def test_cannot_be_found_by_anybody_who_tries_every_table(self, table):
        assert found_by_trying(table) == set()

    def test_would_be_found_if_the_small_alone_were_withheld(self):
        rows, columns = totals(((20, 3), (9, 14)))

        fitting = [each for each in tables_of(rows, columns) if each[0][0] == 20]

        assert fitting == [((20, 3), (9, 14))]

    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(
            st.lists(st.sampled_from((0, 0, 1, 2, 4, 5, 6, 30)), min_size=4, max_size=4),
            min_size=2,
            max_size=5,
        )
    )
    def test_holds_every_small_count_and_two_ways_round_it(self, table):
        hidden = withheld_cells(table)

        small = {(r, c) for r, row in enumerate(table) for c, n in enumerate(row) if 0 < n < 5}
        assert small <= hidden
        rows, columns = totals(table)
        if min(sum(map(bool, rows)), sum(map(bool, columns))) > 1:
            assert all(_may_be_another(table, hidden, cell) for cell in small)

    def test_is_nothing_where_nobody_is_few(self):
        assert withheld_cells(((5, 9), (0, 12))) == frozenset()

    def test_leaves_the_large_rows_of_a_table_with_a_tail_to_be_read(self):
        hidden = withheld_cells(((300, 63, 0), (110, 50, 0), (6, 2, 0), (2, 1, 0), (0, 0, 0)))

        assert hidden == {(2, 0), (2, 1), (3, 0), (3, 1)}

    def test_leaves_the_rest_of_a_large_table_to_be_read(self):
        table = [[20] * 6 for _ in range(6)]
        table[0][0] = 2

        assert withheld_cells(table) == {(0, 0), (0, 1), (1, 0), (1, 1)}


def _may_be_another(table, hidden, cell):
    """Return whether people can be moved round withheld cells so that this one changes."""
    r, c = cell
    for other_r, other_c in hidden:
        corners = {(r, other_c), (other_r, c)}
        if other_r == r or other_c == c or not corners <= hidden:
            continue
        if table[other_r][other_c] and table[r][c]:
            return True
        if table[r][other_c] and table[other_r][c]:
            return True
    return False
