"""Lists that officers paste, for conferences and for follow-ups, and the days that follow."""

from datetime import date

import pytest

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
