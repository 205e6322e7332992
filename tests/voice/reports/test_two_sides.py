"""Two sides next to each other: what is withheld, so that no small number can be worked out."""

import pytest

from voice.reports.figures import Figure, QuestionFigures
from voice.reports.two_sides import side_by_side, withheld_rows

CODES = ("a", "b", "c")


def asked(*counts, kind="choice", together=None):
    base = sum(counts) if kind != "several" else max(counts)
    rows = tuple(Figure(code, count, base) for code, count in zip(CODES, counts, strict=False))
    return QuestionFigures("q", "Well?", kind, base, 0, 0, rows=rows, together=together)


class TestWithheldRows:
    @pytest.mark.parametrize(
        ("counts", "hidden"),
        [
            pytest.param((4, 5, 20), {0, 1}, id="the next smallest goes with a small one"),
            pytest.param((5, 6, 20), set(), id="five people may be told"),
            pytest.param((3, 4, 20), {0, 1}, id="two small ones hide each other"),
            pytest.param((4, 4, 20), {0, 1, 2}, id="two as large as small ones can be do not"),
            pytest.param((1, 1, 20), {0, 1, 2}, id="two of one person each do not"),
            pytest.param((0, 4, 20), {0, 1, 2}, id="a nought hides nobody"),
            pytest.param((0, 0, 20), set(), id="all of one mind"),
        ],
    )
    def test_are_those_from_which_few_people_could_be_worked_out(self, counts, hidden):
        assert withheld_rows(asked(*counts).rows, adds_up=True) == hidden

    def test_are_only_the_small_ones_where_several_may_be_chosen(self):
        assert withheld_rows(asked(4, 20, 20, kind="several").rows, adds_up=False) == {0}


class TestSideBySide:
    def test_withholds_the_sum_of_two_of_which_one_is_withheld(self):
        first_two = Figure("a or b", 24, 28)

        found = side_by_side(asked(20, 4, 4, together=first_two), None, (CODES, ()))

        assert found.rows[-1] == ("a or b", "withheld", "not asked")

    def test_says_what_one_side_was_not_offered(self):
        found = side_by_side(asked(10, 10), asked(10, 10, 10), (CODES[:2], CODES))

        assert found.rows[-1] == ("c", "not offered", "10 of 30 (33%)")

    def test_says_nothing_of_fewer_than_five(self):
        found = side_by_side(asked(4, 0), asked(0, 5), (CODES, CODES))

        assert [row[1] for row in found.rows] == ["withheld", "withheld"]
        assert found.bases == ("fewer than 5", "5")
