"""Keeping small numbers from pointing at people (CON-5)."""

import subprocess
import sys
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from voice.analysis.suppression import (
    ShownCount,
    kept_back,
    publish_breakdown,
    publish_count,
    publish_mean,
    publish_percent,
    show_officers,
)


class TestAPublicCount:
    @pytest.mark.parametrize(
        ("count", "shown"),
        [(0, "0"), (1, "*"), (7, "*"), (8, "10"), (12, "10"), (13, "15"), (78, "80"), (534, "535")],
    )
    def test_is_hidden_when_small_and_rounded_otherwise(self, count, shown):
        assert publish_count(count) == shown

    def test_takes_the_threshold_of_the_council(self):
        assert publish_count(4, smallest=3) == "5"

    @pytest.mark.parametrize(("count", "smallest"), [(5, 2), (-1, 8)])
    def test_refuses_a_threshold_below_three_and_a_negative_count(self, count, smallest):
        with pytest.raises(ValueError, match="cannot be"):
            publish_count(count, smallest=smallest)


class TestAPublicPercentage:
    def test_comes_from_rounded_numbers(self):
        assert publish_percent(37, 45) == 78

    @pytest.mark.parametrize(
        ("count", "base", "percent"),
        [
            pytest.param(7, 45, None, id="small count"),
            pytest.param(0, 7, None, id="small base"),
            pytest.param(0, 45, 0, id="nobody"),
            pytest.param(44, 44, 100, id="everybody"),
            pytest.param(13, 13, 100, id="never above a hundred"),
        ],
    )
    def test_is_withheld_with_its_count(self, count, base, percent):
        assert publish_percent(count, base) == percent

    def test_refuses_more_than_everybody(self):
        with pytest.raises(ValueError, match="larger than its base"):
            publish_percent(9, 8)


class TestAPublicBreakdown:
    def test_is_withheld_when_fewer_than_ten_stand_behind_it(self):
        assert publish_breakdown({"yes": 9, "no": 0}, base=9) is None

    def test_shows_each_row_in_order_from_ten(self):
        rows = publish_breakdown({"yes": 10, "no": 0}, base=10, one_each=True)

        assert [(row, shown.text, shown.share.words) for row, shown in rows.items()] == [
            ("yes", "10", "100%"),
            ("no", "0", "0%"),
        ]


class TestAPublicMean:
    @pytest.mark.parametrize(("base", "mean"), [(7, None), (8, 3.1)])
    def test_needs_eight_people(self, base, mean):
        assert publish_mean(3.14159, base) == mean


class TestWhatOfficersSee:
    @pytest.mark.parametrize(
        ("count", "shown"),
        [
            (0, ShownCount("0", 0)),
            (4, ShownCount("*", warning=True)),
            (5, ShownCount("5", 13, warning=True)),
            (9, ShownCount("9", 23, warning=True)),
            (10, ShownCount("10", 25)),
        ],
    )
    def test_is_exact_from_five_with_a_warning_below_ten(self, count, shown):
        assert show_officers(count, 40) == shown

    def test_has_no_percentage_without_a_base(self):
        assert show_officers(0, 0).percent is None


class TestPagesMayImport:
    @pytest.mark.parametrize("module", ["suppression", "comparison", "findings", "content"])
    def test_without_loading_anything_heavy(self, module):
        check = (
            f"import sys, voice.analysis.{module}; "
            "print({'numpy', 'pandas', 'nltk', 'sklearn', 'scipy'} & set(sys.modules))"
        )

        loaded = subprocess.run(
            [sys.executable, "-c", check], check=True, capture_output=True, text=True
        )

        assert loaded.stdout.strip() == "set()"


class TestWhatIsKeptBack:
    @pytest.mark.parametrize(
        ("bases", "apart", "expected"),
        [
            pytest.param({"a": 8, "b": 9}, 0, set(), id="nobody in a small group"),
            pytest.param({"a": 8, "b": 9, "c": 0}, 0, set(), id="an empty group"),
            pytest.param({"a": 3, "b": 9, "c": 8}, 0, {"a", "c"}, id="one alone: the next too"),
            pytest.param({"a": 4, "b": 4, "c": 9}, 0, {"a", "b"}, id="two that are enough"),
            pytest.param({"a": 3, "b": 9}, 5, {"a"}, id="hidden among those of no group"),
            pytest.param({"a": 3}, 0, {"a"}, id="there is no other"),
            pytest.param({"a": 3, "b": 0}, 6, {"a", "b"}, id="nor anybody's: the empty one too"),
            pytest.param({"a": 0, "b": 0}, 2, {"a", "b"}, id="so few of no group at all"),
            pytest.param({"a": 0, "b": 0}, 8, set(), id="nobody in any group"),
            pytest.param({"a": 0}, 0, set(), id="nobody anywhere"),
            pytest.param({"a": 3, "b": 8, "c": 8, "d": 9}, 0, {"a", "b", "c"}, id="all that tie"),
            pytest.param({"a": 7, "b": 7, "c": 9}, 0, {"a", "b", "c"}, id="all as many as can be"),
        ],
    )
    def test_is_never_so_little_that_the_whole_gives_it_away(self, bases, apart, expected):
        assert kept_back(bases, smallest=8, apart=apart) == expected

    @settings(max_examples=150)
    @given(
        counts=st.lists(st.integers(0, 9), min_size=1, max_size=4),
        apart=st.sampled_from([0, 0, 1, 2, 6]),
        smallest=st.sampled_from([3, 5]),
    )
    @example(counts=[6, 6, 4, 7], apart=0, smallest=5)
    @example(counts=[4, 4, 9], apart=0, smallest=5)
    @example(counts=[1, 1, 1, 7], apart=0, smallest=3)
    @example(counts=[1, 0], apart=0, smallest=5)
    @example(counts=[1, 1, 1], apart=0, smallest=3)
    @example(counts=[4, 4, 4], apart=0, smallest=5)
    @example(counts=[2, 2], apart=0, smallest=3)
    def test_leaves_two_counts_or_more_for_each(self, counts, apart, smallest):
        bases = dict(zip("abcd", counts, strict=False))
        hidden = kept_back(bases, smallest=smallest, apart=apart)
        if not hidden or (len(bases) == 1 and not apart):
            return

        found = [bases | one for one, beside in _fitting(bases, hidden, apart)
                 if kept_back(bases | one, smallest=smallest, apart=beside) == hidden]  # fmt: skip

        assert bases in found
        for group in hidden:
            assert len({one[group] for one in found}) > 1

    def test_knows_no_lower_threshold_than_any_other_figure(self):
        with pytest.raises(ValueError, match="threshold"):
            kept_back({"a": 5}, smallest=2)


def _fitting(bases, hidden, apart):
    """Yield whatever may be withheld, and beside it, for the same sum of all."""
    whole = sum(bases[group] for group in hidden) + apart
    for counts in product(range(whole + 1), repeat=len(hidden)):
        beside = whole - sum(counts)
        if beside == apart == 0 or (apart and beside >= 0):
            yield dict(zip(sorted(hidden), counts, strict=True)), beside
