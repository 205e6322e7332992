"""Row A3 on the page: deciding about late replies, with a form that has expired too."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from surveys.answers import Answer
from tests.factories import make_consultation
from tests.rows.planned import new_officer
from voice.models import Channel, Response
from voice.services import responses

CLOSES = datetime(2017, 10, 16, 22, 59, tzinfo=UTC)
PAGE = "/officers/consultations/early-help"


class TestDecidingAboutLateReplies:
    def test_lets_them_count(self, officer, counts):
        officer.press(officer.open(PAGE), form=1)

        assert counts() is True

    def test_with_an_expired_form_says_so_and_changes_nothing(self, officer, counts):
        page = officer.send(f"{PAGE}/late", [("include", "yes"), ("csrf_token", "of last week")])

        assert page.status == 422
        assert "open for a long time" in page.body
        assert counts() is False

    def test_is_not_asked_of_a_reply_that_a_later_close_took_in(self, officer, database):
        with database.writing() as session:
            response = session.scalars(select(Response)).one()
            response.consultation.closes_at = CLOSES + timedelta(days=30)

        assert "Count them" not in officer.open(PAGE).body


@pytest.fixture
def officer(app, database, clock):
    """An officer the day after one reply came two hours too late."""
    with database.writing() as session:
        made = make_consultation(session, opens_at=CLOSES - timedelta(days=50), closes_at=CLOSES)
        began = CLOSES - timedelta(hours=1)
        response = responses.start_response(session, made, Channel.WEB, now=began).response
        given = Answer("capacity", ("individual",))
        responses.record_answer(session, response, given, now=began)
        responses.submit_response(session, response, now=CLOSES + timedelta(hours=2))
    clock.moment = CLOSES + timedelta(days=1)
    return new_officer(app, database)


@pytest.fixture
def counts(database):
    """Read whether the one reply counts."""

    def read():
        with database.reading() as session:
            return session.scalars(select(Response)).one().counts

    return read
