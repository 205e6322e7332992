"""The results reach the public by a page, after an officer has read what people would read."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOON
from tests.factories import make_consultation
from tests.rows.planned import new_officer
from tests.voice.themed import make_people, make_theme
from tests.voice.web.visitor import Visitor
from voice.models import AuditEntry, Consultation, Role, Snapshot, Theme, ThemeStatus

PAGE = "/officers/consultations/early-help/publish-results"
PUBLIC = "/consultations/early-help/results"
AFTER = NOON + timedelta(minutes=10)
BUTTON = "Publish the results</button>"


def told(page):
    """Return what a page says came in, and everything from its first question to how we count."""
    (came_in,) = re.findall(r'<p class="govuk-body-l">.*?</p>', page.body)
    questions = page.body[page.body.index("<section>") : page.body.index("they may differ")]
    return came_in, " ".join(questions.split())


def snapshots(database):
    with database.reading() as session:
        return list(session.scalars(select(Snapshot.results).order_by(Snapshot.made_at)))


class TestBeforePublishing:
    def test_shows_exactly_what_the_public_reads_afterwards(self, officer, app):
        shown = officer.open(PAGE)
        assert "Nothing has been published yet." in shown.body
        assert Visitor(app).open(PUBLIC).status == 404

        officer.press(shown, form=1)

        assert told(shown) == told(Visitor(app).open(PUBLIC))
        assert "About 10 responses were" in shown.body
        assert "More buses: about 10 people" in shown.body

    def test_hides_small_numbers_and_what_anybody_wrote(self, officer):
        body = officer.open(PAGE).body

        assert "A rare theme</li>" in body  # 3 people raised it: named, with no number
        assert "buses please" not in body

    def test_explains_indicative_though_the_last_theme_has_no_number(self, officer):
        body = officer.open(PAGE).body

        assert "about 10 people (indicative)" in body
        assert body.index("A rare theme</li>") < body.index("Indicative: a computer program")

    def test_names_the_answered_questions_of_which_no_theme_is_signed_off(self, officer, database):
        assert "/themes" not in officer.open(PAGE).body
        _set_themes(database, ThemeStatus.FOUND)

        assert "questions/important/themes" in officer.open(PAGE).body

    def test_is_linked_from_the_overview(self, officer):
        assert PAGE in officer.open("/officers/consultations/early-help").body


class TestPublishing:
    def test_is_confirmed_and_says_who_did_it(self, officer, database):
        page = officer.press(officer.open(PAGE), form=1)

        assert "The results are published." in page.body
        assert "Last published at" in page.body
        assert BUTTON not in page.body
        with database.reading() as session:
            kept = select(AuditEntry).where(AuditEntry.action == "results published")
            assert session.scalars(kept).one().officer_id is not None

    def test_by_a_double_press_publishes_once(self, officer, database, clock):
        page = officer.open(PAGE)
        officer.press(page, form=1)
        clock.moment += timedelta(seconds=1)

        again = officer.press(page, form=1)

        assert "The results are published." in again.body
        assert len(snapshots(database)) == 1

    def test_waits_while_the_results_are_others_than_those_that_were_read(self, officer, database):
        page = officer.open(PAGE)
        _set_themes(database, ThemeStatus.HIDDEN)

        refused = officer.press(page, form=1)

        assert (refused.status, snapshots(database)) == (422, [])
        assert "The results changed while you read them" in refused.body
        officer.press(refused, form=1)
        assert len(snapshots(database)) == 1

    def test_once_more_replaces_what_people_read_and_keeps_the_earlier(
        self, officer, app, database, clock
    ):
        officer.press(officer.open(PAGE), form=1)
        clock.moment += timedelta(minutes=1)
        _set_themes(database, ThemeStatus.HIDDEN)
        assert "More buses" in Visitor(app).open(PUBLIC).body

        page = officer.open(PAGE)
        assert "It differs from what they read now." in page.body
        officer.press(page, form=1)

        assert "More buses" not in Visitor(app).open(PUBLIC).body
        assert len(snapshots(database)) == 2


class TestRefusing:
    def test_before_the_close_says_so_and_shows_nothing(self, officer, database, clock):
        read = officer.open(PAGE)
        clock.moment = NOON

        page = officer.open(PAGE)
        assert "published once the consultation has closed" in page.body
        assert BUTTON not in page.body
        assert "More buses" not in page.body

        refused = officer.press(read, form=1)
        assert (refused.status, snapshots(database)) == (422, [])
        assert "published once the consultation has closed" in refused.body

    def test_in_the_archive_says_so(self, officer, database):
        read = officer.open(PAGE)
        with database.writing() as session:
            session.scalars(select(Consultation)).one().archived_at = AFTER

        refused = officer.press(read, form=1)

        assert (refused.status, snapshots(database)) == (422, [])
        assert "This is in the archive" in refused.body
        assert BUTTON not in officer.open(PAGE).body

    def test_an_analyst_finds_no_way_to_it(self, app, database, officer):
        analyst = new_officer(app, database, role=Role.ANALYST)

        assert analyst.open(PAGE).status == 403
        assert PAGE not in analyst.open("/officers/consultations/early-help").body


@pytest.fixture
def officer(app, database, clock):
    """An officer after the close: ten people raised one theme, three of them another."""
    with database.writing() as session:
        consultation = make_consultation(session, closes_at=NOON + timedelta(minutes=5))
        people = make_people(session, consultation, 10, capacity="individual")
        signed = {"status": ThemeStatus.SIGNED_OFF, "signed_off_at": NOON}
        make_theme(session, consultation, people, label="More buses", **signed)
        make_theme(session, consultation, people[:3], label="A rare theme", **signed)
    clock.moment = AFTER
    return new_officer(app, database)


def _set_themes(database, status):
    with database.writing() as session:
        for theme in session.scalars(select(Theme)):
            theme.status = status
