"""Which groups raise a theme more."""

import math

import pytest

from voice.analysis.comparison import (
    GroupCount,
    compare_groups,
    count_groups,
    excess_interval,
    excess_log_odds,
)
from voice.analysis.findings import Comment, Mention, Theme, ToneCounts


class TestExcessLogOdds:
    def test_is_nothing_when_all_say_it_as_often(self):
        excess = excess_log_odds(10, 20, other_mentions=10, other_comments=20)

        assert excess == pytest.approx(0.0)

    def test_is_the_log_of_the_ratio_of_odds_with_a_half_added(self):
        excess = excess_log_odds(9, 12, other_mentions=4, other_comments=10)

        assert excess == pytest.approx(math.log((9.5 / 3.5) / (4.5 / 6.5)))

    def test_is_finite_when_everybody_or_nobody_says_it(self):
        assert math.isfinite(excess_log_odds(10, 10, other_mentions=0, other_comments=10))

    @pytest.mark.parametrize(("mentions", "comments"), [(0, 0), (3, 2), (-1, 5)])
    def test_refuses_what_cannot_be(self, mentions, comments):
        with pytest.raises(ValueError, match="comments"):
            excess_log_odds(mentions, comments, other_mentions=1, other_comments=2)


class TestTheInterval:
    def test_lies_around_the_excess_and_narrows_with_numbers(self):
        few = excess_interval(6, 10, other_mentions=4, other_comments=10)
        many = excess_interval(600, 1_000, other_mentions=400, other_comments=1_000)

        assert few[0] < 0 < few[1]
        assert 0 < many[0] < many[1]


class TestComparingGroups:
    def test_says_more_only_when_the_interval_excludes_nothing(self):
        compared = compare_groups({"young": GroupCount(30, 40), "old": GroupCount(10, 40)})

        assert [(one.group, one.says_more) for one in compared] == [("young", True), ("old", False)]

    @pytest.mark.parametrize(("base", "says_more"), [(9, False), (10, True)])
    def test_says_nothing_of_a_group_below_ten(self, base, says_more):
        compared = compare_groups({"few": GroupCount(base, base), "rest": GroupCount(5, 200)})

        assert compared[0].says_more is says_more

    def test_has_no_figures_without_anybody_else(self):
        (alone,) = compare_groups({"all": GroupCount(5, 20), "none": GroupCount(0, 0)})

        assert (alone.excess, alone.says_more) == (None, False)


class TestCountingGroups:
    def test_leaves_out_people_who_gave_no_group(self):
        ages = {"a": "11", "b": "11", "c": "16", "d": " "}
        comments = [Comment(one, "words", groups={"age": age}) for one, age in ages.items()]
        mentions = (Mention("a", 1.0), Mention("d", 1.0))
        theme = Theme("t1", "Buses", "", (), mentions, (), ToneCounts(), 2, 0.5)

        counted = count_groups(theme, [*comments, Comment("e", "words")], "age")

        assert counted == {"11": GroupCount(1, 2), "16": GroupCount(0, 1)}
