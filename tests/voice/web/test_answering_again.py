"""Row A1, TEST c: who answers again adds to what they sent before, and the first is kept."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.voice.themed import make_officer, sign_in
from tests.voice.web.visitor import Visitor
from voice.models import Response
from voice.services.responses import answers_of

SLUG = "early-help"
MINUTE = timedelta(minutes=1)


class TestRowA1TestC:
    def test_a_second_submission_is_kept_beside_the_first(self, send_in, visitor, sent):
        send_in(visitor, "individual")
        send_in(visitor, "organisation")

        first, second = sent()
        assert answers_of(first)["capacity"].values == ("individual",)
        assert answers_of(second)["capacity"].values == ("organisation",)
        assert first.respondent == second.respondent

    def test_the_overview_prints_submissions_and_respondents(self, send_in, visitor, app, database):
        for somebody in (visitor, visitor, Visitor(app)):
            send_in(somebody, "individual")

        browser = app.test_client()
        with database.writing() as session:
            sign_in(browser, session, make_officer(session))
        page = browser.get(f"/officers/consultations/{SLUG}").text

        assert "3 submissions from 2 respondents" in page

    def test_another_browser_is_somebody_else(self, send_in, visitor, app, sent):
        send_in(visitor, "individual")
        send_in(Visitor(app), "individual")

        first, second = sent()
        assert first.respondent != second.respondent

    def test_nobody_is_known_again_in_another_consultation(self, send_in, visitor, sent, database):
        send_in(visitor, "individual")
        visitor.begin("play")

        with database.reading() as session:
            assert len(set(session.scalars(select(Response.respondent)))) == 2

    def test_what_was_begun_and_not_sent_links_nothing(self, visitor, database):
        visitor.begin(SLUG)
        visitor.begin(SLUG)

        with database.reading() as session:
            assert len(set(session.scalars(select(Response.respondent)))) == 2


@pytest.fixture
def send_in(clock):
    """Answer the first question and send the response in."""

    def answer(visitor, capacity):
        clock.moment += MINUTE
        visitor.press(visitor.begin(SLUG), ("capacity", capacity))
        visitor.press(visitor.open(f"/consultations/{SLUG}/check"))

    return answer


@pytest.fixture
def sent(database):
    """Read what was sent in, the first one first."""

    def read():
        with database.reading() as session:
            found = select(Response).where(Response.submitted_at.is_not(None))
            rows = session.scalars(found.order_by(Response.submitted_at, Response.started_at)).all()
            for row in rows:
                assert row.answers  # read while the session is open
            return rows

    return read
