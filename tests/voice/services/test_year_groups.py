"""Small year groups are counted together until nobody can be told."""

import pytest

from voice.services.year_groups import merge_small


class TestMergingSmallYearGroups:
    @pytest.mark.parametrize(
        ("people", "shown"),
        [
            pytest.param({"Year 7": 5, "Year 8": 9}, [("Year 7",), ("Year 8",)], id="none small"),
            pytest.param({"Year 9": 2, "Year 7": 3, "Year 8": 9},
                         [("Year 8",), ("Year 7", "Year 9")], id="two make five"),
            pytest.param({"Year 7": 4, "Year 8": 9, "Year 9": 6},
                         [("Year 8",), ("Year 7", "Year 9")], id="the smallest other joins"),
            pytest.param({"Year 7": 4}, [], id="too few to show at all"),
            pytest.param({"Year 7": 2, "Year 8": 2}, [], id="too few together"),
            pytest.param({"": 1, "Year 8": 6}, [("Year 8", "")], id="one who did not say"),
            pytest.param({}, [], id="nobody"),
        ],
    )  # fmt: skip
    def test_leaves_no_group_of_fewer_than_five(self, people, shown):
        assert merge_small(people) == shown
