"""When planned messages are due: by days in the UK, whatever its clocks do, or by hours."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.clock import LONDON, in_london
from voice.services import due_moments
from voice.services.working_days import is_working, working_days

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
MOMENTS = st.datetimes(
    datetime(2020, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC)  # noqa: DTZ001
)  # fmt: skip
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)  # on which the clocks change
HOUR = timedelta(hours=1)


def london(*parts):
    return datetime(*parts, tzinfo=LONDON).astimezone(UTC)


class TestAFixedDate:
    @pytest.mark.parametrize(
        ("day", "hour"),
        [
            pytest.param(SPRING - timedelta(days=1), 10, id="the day before summer time"),
            pytest.param(SPRING, 9, id="the day of summer time"),
            pytest.param(AUTUMN, 10, id="the day on which it ends"),
        ],
    )
    def test_is_ten_in_the_uk(self, day, hour):
        assert due_moments.on_day(day).at.hour == hour

    def test_is_of_no_use_the_day_after(self):
        assert due_moments.on_day(date(2026, 6, 1)).until == london(2026, 6, 2)

    @given(DAYS)
    def test_is_always_on_its_day(self, day):
        due = due_moments.on_day(day)

        assert in_london(due.at).date() == day
        assert in_london(due.until).date() == day + timedelta(days=1)
        assert due.at < due.until


class TestDaysBefore:
    def test_counts_every_day(self):
        due = due_moments.days_before(date(2026, 6, 15), 5)

        assert due.at == london(2026, 6, 10, 10)
        assert due.until == london(2026, 6, 15)

    def test_counts_working_days_alone_if_asked(self):
        due = due_moments.days_before(date(2026, 12, 29), 2, working=True)

        assert due.at == london(2026, 12, 23, 10)  # Christmas, a weekend and a bank holiday between

    @given(DAYS, st.integers(1, 60))
    def test_are_so_many_whole_days_over_any_change_of_clocks(self, last, days):
        due = due_moments.days_before(last, days)

        assert (last - in_london(due.at).date()).days == days
        assert in_london(due.at).hour == 10

    @given(DAYS, st.integers(1, 30))
    def test_are_so_many_working_days(self, last, days):
        day = in_london(due_moments.days_before(last, days, working=True).at).date()

        assert is_working(day)
        assert working_days(day, last - timedelta(days=1)) == days


class TestAWindow:
    def test_of_five_weeks_says_when_it_opens_and_that_it_shuts(self):
        opening, shutting = due_moments.in_window(date(2026, 7, 6), 5)

        assert opening.at == london(2026, 6, 1, 10)
        assert shutting.at == london(2026, 6, 29, 10)

    @given(DAYS, st.integers(2, 12))
    def test_says_nothing_once_it_has_shut_and_one_thing_at_a_time(self, last, weeks):
        opening, shutting = due_moments.in_window(last, weeks)

        assert opening.at < opening.until == shutting.at < shutting.until
        assert in_london(shutting.until).date() == last
        assert in_london(opening.at).date() == last - timedelta(weeks=weeks)


class TestTheClock:
    @given(MOMENTS)
    def test_is_72_hours_of_the_clock_whatever_the_day(self, happened_at):
        due = due_moments.on_clock(happened_at)

        assert due.until - happened_at == 72 * HOUR
        assert due.at - happened_at == 48 * HOUR

    def test_is_an_hour_later_by_the_wall_after_spring(self):
        happened_at = london(2026, 3, 28, 12)

        assert in_london(due_moments.due_by(happened_at)).hour == 13


class TestThreeMonthsOn:
    @pytest.mark.parametrize(
        ("answered", "day"),
        [
            pytest.param((2026, 6, 1, 12), date(2026, 9, 1), id="the same day of the month"),
            pytest.param((2026, 11, 30, 12), date(2027, 2, 28), id="or the month’s last"),
            pytest.param((2026, 6, 1, 0, 30), date(2026, 9, 1), id="by the day in the UK"),
        ],
    )
    def test_is_a_day(self, answered, day):
        assert in_london(due_moments.three_months_on(london(*answered)).at).date() == day

    @given(MOMENTS)
    def test_is_at_ten_and_of_use_for_two_weeks(self, answered_at):
        due = due_moments.three_months_on(answered_at)

        assert in_london(due.at).hour == 10
        assert (in_london(due.until).date() - in_london(due.at).date()).days == 14
        assert 89 <= (in_london(due.at).date() - in_london(answered_at).date()).days <= 92
