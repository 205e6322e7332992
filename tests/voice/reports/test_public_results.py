"""What the public reads of one question never says more than is true, nor more than its counts."""

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from voice.reports.figures import Figure, QuestionFigures
from voice.reports.public_results import publish_question

COUNTS = st.lists(st.integers(0, 60), min_size=2, max_size=6).filter(lambda each: sum(each) > 9)


def asked(*counts, kind="scale"):
    """Return what 45 people, or as many as there are, said to a question of so many options."""
    base = sum(counts)
    rows = tuple(Figure(f"Row {number}", count, base) for number, count in enumerate(counts))
    together = Figure("Row 0 or row 1", counts[0] + counts[1], base)
    return QuestionFigures("q", "Well?", kind, base, 0, 0, rows=rows, together=together)


def shares_of(question):
    """Return the two ends of each row's share, or None where it is withheld."""
    found = [[int(end) for end in re.findall(r"\d+", row.share)] for row in question.rows]
    return [(ends[0], ends[-1]) if ends else None for ends in found]


class TestTheRoundingOfTheYouthOffendingTeamsResults:
    def test_says_nothing_together_where_one_of_the_two_is_withheld(self):
        shown = publish_question(asked(37, 6, 2))

        assert [row.count for row in shown.rows] == ["35", "*", "*"]
        assert shown.support == ""

    def test_is_never_all_of_them_while_somebody_said_something_else(self):
        shown = publish_question(asked(43, 2, 0))

        assert [row.count for row in shown.rows] == ["45", "*", "0"]
        assert shares_of(shown)[0] == (91, 98)

    def test_says_of_18_people_no_more_than_their_40_per_cent(self):
        shown = publish_question(asked(9, 9, 9, 9, 9))

        assert shown.support == "Row 0 or row 1: about 20 of 45 (at least 38%)"

    def test_lets_five_rows_of_9_be_20_per_cent_each(self):
        shown = publish_question(asked(9, 9, 9, 9, 9))

        assert [row.count for row in shown.rows] == ["10"] * 5
        assert all(low <= 20 <= high for low, high in shares_of(shown))

    def test_is_one_number_where_it_is_certain(self):
        shown = publish_question(asked(10, 12, 0))

        assert shown.support == "Row 0 or row 1: about 20 of 20 (100%)"


class TestAPublicShare:
    """CON-5."""

    @given(counts=COUNTS, kind=st.sampled_from(["scale", "choice", "several"]))
    def test_takes_in_the_true_one(self, counts, kind):
        shown = publish_question(asked(*counts, kind=kind))

        for count, share in zip(counts, shares_of(shown), strict=True):
            assert share is None or share[0] <= 100 * count / sum(counts) <= share[1]

    @given(counts=COUNTS)
    def test_of_two_rows_together_is_never_above_the_true_one(self, counts):
        said = publish_question(asked(*counts)).support

        if said:
            (percent,) = re.findall(r"(\d+)%", said)
            assert int(percent) <= 100 * (counts[0] + counts[1]) / sum(counts)

    @settings(suppress_health_check=[HealthCheck.filter_too_much])
    @given(counts=COUNTS, moved=st.lists(st.integers(-4, 4), min_size=6, max_size=6))
    def test_tells_nothing_that_the_counts_beside_it_do_not(self, counts, moved):
        near = [max(0, count + by) for count, by in zip(counts, moved, strict=False)]
        assume(sum(near) > 9)
        one, other = publish_question(asked(*counts)), publish_question(asked(*near))
        assume(one.base == other.base)
        assume([row.count for row in one.rows] == [row.count for row in other.rows])

        assert shares_of(one) == shares_of(other)

    @pytest.mark.parametrize("first", range(8, 60))
    def test_is_not_100_per_cent_beside_somebody_else(self, first):
        for others in range(1, 8):
            shown = publish_question(asked(first, others))
            assert all(share is None or share[1] < 100 for share in shares_of(shown))

    def test_of_those_who_could_tick_several_may_be_everybody(self):
        question = replace(asked(45, 2, kind="several"), base=45, together=None)

        assert shares_of(publish_question(question))[0] == (91, 100)
