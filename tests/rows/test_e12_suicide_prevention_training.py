"""Row E12: suicide prevention training of 12 to 18 frontline staff, followed up as E8."""

from tests.rows.following import DUE, list_planned, open_course, plan
from voice.services import due, follow_ups


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

    def test_without_a_mail_address_of_ours_letters_are_left_to_officers(self, database, settings):
        open_course(database)
        plan(database, came=12, size=6)

        with database.writing() as session:
            due.make_due(session, settings, now=DUE)

        assert follow_ups.count_delegates(list_planned(database)[0]).asked == 6
