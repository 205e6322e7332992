"""Moments are kept in UTC and shown as clocks in the United Kingdom show them."""

from datetime import UTC, datetime

import pytest

from voice.clock import day_in_words, moment_in_words


class TestAMomentInWords:
    @pytest.mark.parametrize(
        ("moment", "words"),
        [
            pytest.param(
                datetime(2026, 10, 31, 23, 59, tzinfo=UTC),
                "23:59 on Saturday 31 October 2026 (UK time)",
                id="in winter",
            ),
            pytest.param(
                datetime(2026, 6, 30, 22, 59, tzinfo=UTC),
                "23:59 on Tuesday 30 June 2026 (UK time)",
                id="in summer, an hour later than UTC",
            ),
        ],
    )
    def test_is_uk_time(self, moment, words):
        assert moment_in_words(moment) == words

    def test_near_midnight_in_summer_is_the_next_day(self):
        assert day_in_words(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "Wednesday 1 July 2026"
