"""Participants: how long we can find them again."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from surveys.definition import read_from_library
from tests.voice.services.chatting import NOON, Chatter, open_survey, settings_for
from voice.models import Channel, Chat, Concern, Participant
from voice.services import participants

HARM = "I want to kill myself"
CLOSED = NOON + timedelta(days=7)
MONTH = timedelta(days=30)
LITTLE = timedelta(minutes=1)


@pytest.fixture
def database(database):
    open_survey(database, read_from_library("hmip_viewpoint"))
    return database


@pytest.fixture
def person(database, tmp_path):
    return Chatter(database, settings_for(tmp_path)).at_first_question()


def has_address(database, *, at=NOON):
    """Return whether somebody can be found after a sweep at this time."""
    with database.writing() as session:
        participants.sweep_addresses(session, now=at)
        return any(each.address_sealed for each in session.scalars(select(Participant)))


class TestAnAddress:
    @pytest.mark.parametrize(("after", "kept"), [(MONTH - LITTLE, True), (MONTH, False)])
    def test_of_an_abandoned_chat_goes_after_30_days(self, database, person, after, kept):
        assert has_address(database, at=NOON + after) is kept

    @pytest.mark.parametrize(("after", "kept"), [(MONTH - LITTLE, True), (MONTH, False)])
    def test_of_somebody_who_asked_goes_30_days_after_the_close(
        self, database, person, after, kept
    ):
        with database.writing() as session:
            session.execute(update(Chat).values(wants_outcome=True))

        assert has_address(database, at=CLOSED + after) is kept

    @pytest.mark.parametrize(("after", "kept"), [(MONTH - LITTLE, True), (MONTH, False)])
    def test_with_an_alert_goes_30_days_after_the_close(self, database, person, after, kept):
        person.type(HARM)

        assert has_address(database, at=CLOSED + after) is kept

    def test_with_an_alert_outlives_deletion(self, database, person):
        person.type(HARM)
        person.type("delete")
        person.type("yes")

        assert has_address(database)

    def test_without_an_alert_is_deleted_at_once(self, database, person):
        person.type("delete")
        person.type("yes")

        assert not has_address(database)

    def test_goes_once_the_alert_is_decided(self, database, person):
        person.type(HARM)
        with database.writing() as session:
            session.execute(update(Concern).values(decided_at=NOON))

        assert not has_address(database, at=NOON + MONTH)


class TestSomebodyForgotten:
    def test_is_removed_altogether_after_30_days(self, database, person):
        person.type("delete")
        person.type("yes")

        has_address(database, at=NOON + MONTH + LITTLE)

        with database.reading() as session:
            assert session.scalars(select(Participant)).all() == []


class TestTheIdsOfUpdates:
    @pytest.mark.parametrize(("hours", "is_new"), [(48, False), (71, False), (73, True)])
    def test_are_kept_for_longer_than_two_days_and_then_swept(self, database, hours, is_new):
        with database.writing() as session:
            assert participants.claim(session, Channel.TELEGRAM, "7", now=NOON)

        later = NOON + timedelta(hours=hours)
        with database.writing() as session:
            participants.sweep_claims(session, now=later)
            assert participants.claim(session, Channel.TELEGRAM, "7", now=later) is is_new
