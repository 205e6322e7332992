"""Row E12: suicide prevention training of 12 to 18 frontline staff, followed up as E8."""

import csv
import io
from dataclasses import replace

import pytest

from tests.conftest import COUNCIL
from tests.rows.following import DELEGATES, DUE, list_planned, open_course, plan
from voice.services import due, follow_ups, mail
from voice.services.smtp import post_by


class TestRowE12:
    """TEST: as E8. A course is small, so all who came may be asked."""

    def test_all_of_a_small_course_are_asked_three_months_later(self, database, settings):
        open_course(database)
        plan(database, came=18, size=18)

        with database.writing() as session:
            due.make_due(session, settings, now=DUE)

        (follow_up,) = list_planned(database)
        assert follow_ups.count_delegates(follow_up) == follow_ups.Returns(18, 18)
        assert follow_ups.count_superiors(follow_up) == follow_ups.Returns(18, 18)

    @pytest.mark.parametrize(("address", "waiting"), [("https://voice.example", 12), ("", 0)])
    def test_without_a_mail_server_officers_can_take_the_letters(
        self, database, settings, clerk, address, waiting
    ):
        council = COUNCIL.model_copy(update={"address": address})
        open_course(database)
        plan(database, came=12, size=6)

        with database.writing() as session:
            due.make_due(session, replace(settings, council=council), now=DUE)

        assert post_by(settings) is None
        with database.reading() as session:  # no e-mail is written that could hold no link
            assert mail.count_waiting(session) == waiting
        table = clerk.get(f"/officers/consultations/{DELEGATES}/invitees/letters.csv").text
        letters = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
        assert len(letters) == 6
        assert all(each["their own link"] in each["letter"] for each in letters)
