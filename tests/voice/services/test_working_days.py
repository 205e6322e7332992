"""Working days in England, against the government's own list of bank holidays."""

from datetime import date

import pytest

from voice.services.working_days import bank_holidays, easter, holidays_between, working_days

# Source: gov.uk/bank-holidays, England and Wales.
PUBLISHED = {
    2016: "01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27",
    2017: "01-02 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
}


class TestBankHolidays:
    @pytest.mark.parametrize("year", PUBLISHED)
    def test_are_those_that_the_government_publishes(self, year):
        assert " ".join(f"{day:%m-%d}" for day in bank_holidays(year)) == PUBLISHED[year]

    @pytest.mark.parametrize(
        "sunday",
        [date(1818, 3, 22), date(1943, 4, 25), date(2000, 4, 23), date(2038, 4, 25)],
    )
    def test_know_easter(self, sunday):
        assert easter(sunday.year) == sunday

    def test_between_two_days_count_both(self):
        assert holidays_between(date(2022, 12, 27), date(2023, 1, 2)) == (
            date(2022, 12, 27),
            date(2023, 1, 2),
        )


class TestWorkingDays:
    def test_of_the_six_weeks_from_10_october_to_18_november_2016_are_thirty(self):
        assert working_days(date(2016, 10, 10), date(2016, 11, 18)) == 30

    def test_leave_out_christmas(self):
        assert working_days(date(2016, 12, 19), date(2017, 1, 6)) == 12

    def test_of_a_bank_holiday_alone_are_none(self):
        assert working_days(date(2026, 5, 25), date(2026, 5, 25)) == 0
