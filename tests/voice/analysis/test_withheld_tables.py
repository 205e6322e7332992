"""What is withheld of a table of two questions, against an exact solver of whole numbers."""

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from voice.analysis.withheld_tables import ALL, Crossed, withheld_parts

# Tables whose withheld numbers follow only from several sums taken together.
TOLD_BY_SUMS = (
    Crossed([[0, 19, 7, 6], [0, 2, 0, 2], [0, 1, 7, 0]],
            [32, 4, 8], [0, 20, 14, 6], 40, False, True),
    Crossed([[1, 0, 1, 0], [7, 4, 32, 6], [3, 2, 4, 2]],
            [2, 49, 11], [10, 6, 36, 8], 60, False, True),
    Crossed([[2, 12, 8, 0], [0, 4, 2, 0], [3, 10, 1, 2]],
            [22, 6, 16], [5, 24, 9, 2], 40, False, True),
    Crossed([[5, 10, 17], [0, 3, 3], [0, 0, 2]],
            [32, 6, 2], [5, 13, 22], 40, True, False),
    Crossed([[4, 0, 5], [5, 1, 8], [4, 1, 33]],
            [9, 13, 38], [13, 2, 46], 60, False, False),
)  # fmt: skip


def told(table, withheld):
    """Return what of `withheld` can be only one number, in every table that prints the same."""
    parts = table.parts()
    places = list(parts)
    rules = [[(place in more) - (place in less) for place in places] for more, less in sums(table)]
    ends = [between(table, place, place in withheld) for place in places]
    asked = {
        "constraints": LinearConstraint(np.array(rules), 0, np.inf),
        "bounds": Bounds(*np.array(ends).T),
        "integrality": np.ones(len(places)),
    }

    def at_an_end(place, sign):
        wanted = np.array([sign * (each == place) for each in places])
        return round(milp(wanted, **asked).x[places.index(place)])

    return {place for place in withheld if at_an_end(place, 1) == at_an_end(place, -1)}


def between(table, place, is_withheld):
    """Return the lowest and highest number that a reader thinks of before adding anything up."""
    count = table.parts()[place]
    if not is_withheld:
        return count, count
    adds_up = (table.is_one_column and place[1] != ALL and place[0] == ALL) or (
        table.is_one_row and place[0] != ALL and place[1] == ALL
    )
    adds_up |= ALL not in place and (table.is_one_row or table.is_one_column)
    return (1, 4) if not adds_up and 0 < count < 5 else (0, table.people)


def sums(table):
    """Give what is never less than what, in every table of two questions."""
    rows, columns = range(len(table.row_totals)), range(len(table.column_totals))
    lines = [([(r, c) for r in rows], (ALL, c), table.is_one_row) for c in (*columns, ALL)]
    lines += [([(r, c) for c in columns], (r, ALL), table.is_one_column) for r in (*rows, ALL)]
    for line, total, is_one in lines:
        yield line, [total]
        if is_one:
            yield [total], line
        yield from (([total], [each, line[-1]]) for each in line[:-1])
    for r in rows:
        for c in columns:
            yield [(r, c), (ALL, ALL)], [(r, ALL), (ALL, c)]


class TestATableToldBySums:
    @pytest.mark.parametrize("table", TOLD_BY_SUMS)
    def test_leaves_nothing_that_is_withheld_only_one_number(self, table):
        withheld = withheld_parts(table)

        assert told(table, withheld) == set()

    def test_withholds_no_more_than_it_needs(self):
        assert (ALL, ALL) not in withheld_parts(TOLD_BY_SUMS[0])
        assert len(withheld_parts(TOLD_BY_SUMS[0])) == 10

    def test_would_be_found_by_the_solver(self):
        withheld = withheld_parts(TOLD_BY_SUMS[0]) - {(0, 1)}

        assert told(TOLD_BY_SUMS[0], withheld) == {(2, 1)}
