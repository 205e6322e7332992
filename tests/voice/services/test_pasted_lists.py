"""Lists that officers paste, for conferences and for follow-ups, and the days that follow."""

from datetime import date

import pytest

from voice.errors import WrongDateError
from voice.services import conferences, follow_ups, invitees, mail
from voice.services.conferences import Planned
from voice.services.follow_ups import Attended, three_months_after
from voice.services.invitees import Person


class TestAListOfConferences:
    def test_is_read_as_it_is_pasted(self):
        text = "\ufeffReference,Date\nCP1, 27/3/2027\nCP2\t2027-04-01\n\nCP1, 27/3/2027\n"

        assert conferences.read_planned(text) == [
            Planned("CP1", date(2027, 3, 27)),
            Planned("CP2", date(2027, 4, 1)),
        ]

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            pytest.param("Ann Smith, 27/3/2027", 1, id="a name"),
            pytest.param("CP1, 27/3/2027\nCP2, soon", 2, id="no day"),
            pytest.param("CP1", 1, id="nothing else"),
            pytest.param("1" * 41 + ", 27/3/2027", 1, id="too long"),
            pytest.param("", 0, id="nothing"),
        ],
    )
    def test_says_which_line_is_wrong(self, text, line):
        with pytest.raises(ValueError, match=f"^{line}$"):
            conferences.read_planned(text)


class TestAListOfThoseWhoCame:
    def test_reads_lines_of_a_spreadsheet_without_their_headings(self):
        text = "Name\tE-mail\tManager\tE-mail\nAnn\ta@b.cd\tBob\tb@b.cd\n"

        assert follow_ups.read_attended(text) == [
            Attended(Person("Ann", "a@b.cd"), Person("Bob", "b@b.cd"))
        ]


class TestALineThatNoSpreadsheetWrote:
    @pytest.mark.parametrize(
        "read", [conferences.read_planned, follow_ups.read_attended, invitees.read_people]
    )
    def test_is_named_by_its_number(self, read):
        good = "CP1, 27/3/2027" if read is conferences.read_planned else "Ann"

        with pytest.raises(ValueError, match=r"^2$"):
            read(f"{good}\n{'1' * 140_000},b")


class TestADateInAListOfPeople:
    @pytest.mark.parametrize(
        "wrong",
        [
            "31/2/2026", "27/6/26", "27/6", "2026-13-01", "27.6.26", "3 Jnue 2026", "3 June",
            "2026-06-27 00:00:00", "27/6/2026 25:00", "Friday 26 June 2026", "27-06-2026 at 9am",
            "29/3/2026 1:30", "June 2026", "27/6/2026, 28/6/2026", "1/6/2026 9:30,2/6/2026 9:30",
        ],
    )  # fmt: skip
    def test_that_is_none_is_named_by_its_line_and_taken_for_nothing_else(self, wrong):
        with pytest.raises(WrongDateError, match=r"^2$"):
            invitees.read_people(f"Ann,a@b.cd\nBob,b@b.cd,{wrong}\n")

    @pytest.mark.parametrize(
        "reach",
        [
            "07700 900123", "020 7946 0000", "+44 7700-900-123", "0113.496.0000", "1234", "a@b.cd",
            "27.6.26@b.cd", "Room 12", "12 May Street", "Flat 3, 9 High Street", "HU1 3ES", "May",
            "ext 12 34",
        ],
    )  # fmt: skip
    def test_is_not_seen_in_how_to_reach_somebody(self, reach):
        assert invitees.read_people(f"Ann\t{reach}\t27/6/2026\n") == [
            Person("Ann", reach, date(2026, 6, 27))
        ]


class TestThreeMonthsLater:
    @pytest.mark.parametrize(
        ("held", "later"),
        [
            (date(2026, 3, 2), date(2026, 6, 2)),
            (date(2026, 11, 30), date(2027, 2, 28)),
            (date(2027, 11, 30), date(2028, 2, 29)),
            (date(2026, 12, 31), date(2027, 3, 31)),
        ],
    )
    def test_is_a_day_of_the_calendar(self, held, later):
        assert three_months_after(held) == later


class TestAnAddress:
    @pytest.mark.parametrize("text", ["", "ann", "a@b", "a@b.c\nBcc: d@e.f", "a b@c.de", "@b.cd"])
    def test_is_refused_where_it_can_be_none(self, text):
        assert not mail.is_address(text)

    @pytest.mark.parametrize("text", ["ann@example.org", "a.b+c@mail.example.co.uk"])
    def test_is_known(self, text):
        assert mail.is_address(text)
