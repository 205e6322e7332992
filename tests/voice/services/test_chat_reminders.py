"""Reminders in a chat: asked for, twice at most, by day, and none to whoever has moved on."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from surveys.definition import read_from_library
from surveys.turns import Tap
from tests.voice.services.chatting import NOON, Chatter, open_survey, settings_for
from voice.models import Channel, Chat, ChatReminder, Delivery, DeliveryKind
from voice.services import chat_reminders, deliveries

DAY = timedelta(days=1)
SURVEY = read_from_library("hmip_viewpoint")
ASK = "Remind me tomorrow"


@pytest.fixture
def settings(tmp_path):
    return settings_for(tmp_path)


@pytest.fixture
def person(database, settings):
    open_survey(database, SURVEY, days=30)
    person = Chatter(database, settings).at_first_question()
    person.type("1")
    person.type("stop")
    return person


@pytest.fixture
def wait(database, settings):
    """Let the worker look at this moment, and return what it wrote to somebody."""

    def look(moment):
        with database.writing() as session:
            chat_reminders.send_due(session, settings, now=moment)
        with database.reading() as session:
            written = select(Delivery).where(Delivery.kind == DeliveryKind.BROADCAST)
            return [deliveries.read_body(each)[0] for each in session.scalars(written)]

    return look


class TestAReminder:
    def test_is_sent_a_day_later_with_the_way_on(self, person, wait):
        assert "tomorrow" in person.press(ASK)

        (said,) = wait(NOON + DAY)

        assert said.text.startswith("You stopped part of the way.")
        assert "send stop" in said.text
        assert [b.label for row in said.rows for b in row] == ["Carry on", "No reminder"]

    def test_is_not_sent_to_who_did_not_ask(self, person, wait):
        assert wait(NOON + DAY) == []

    def test_comes_twice_at_most_however_often_it_is_asked_for(self, person, wait):
        person.press(ASK)
        for days in range(1, 20):
            wait(NOON + days * DAY)
        person.type("remind me")

        assert len(wait(NOON + 25 * DAY)) == 2

    def test_waits_for_the_councils_hours(self, person, wait):
        person.press(ASK)

        assert wait(datetime(2026, 11, 22, 3, tzinfo=UTC)) == []
        assert wait(datetime(2026, 11, 22, 21, tzinfo=UTC)) == []
        assert len(wait(datetime(2026, 11, 23, 8, tzinfo=UTC))) == 1

    def test_keeps_hours_of_the_councils_own(self, person, database, settings):
        person.press(ASK)
        council = settings.council.model_copy(update={"message_hours": (16, 18)})
        own = replace(settings, council=council)
        with database.writing() as session:
            assert chat_reminders.send_due(session, own, now=NOON + DAY) == 0
            assert chat_reminders.send_due(session, own, now=NOON + DAY + timedelta(hours=5)) == 1

    @pytest.mark.parametrize(
        "move", ["carry on", "delete", "No reminder"], ids=["went on", "deleted", "thought again"]
    )
    def test_does_nothing_once_the_person_moved_on(self, person, wait, move):
        person.press(ASK)
        person.type(move)
        if move == "delete":
            person.type("yes")

        assert wait(NOON + DAY) == []

    def test_does_nothing_after_the_close(self, person, wait):
        person.press(ASK)

        assert wait(NOON + 40 * DAY) == []

    def test_goes_to_nobody_who_blocked_us(self, person, wait, database):
        person.press(ASK)
        with database.writing() as session:
            deliveries.mark_blocked(session, session.merge(person.participant()), now=NOON)

        assert wait(NOON + DAY) == []

    def test_buttons_work(self, person, wait):
        person.press(ASK)
        (said,) = wait(NOON + DAY)

        assert "Question 2 of 5" in person.on(Tap(said.rows[0][0].token))

    def test_is_offered_by_text_too_and_not_where_we_cannot_write_first(self, database, settings):
        open_survey(database, SURVEY)
        texter = Chatter(database, settings, channel=Channel.SMS).at_first_question()
        texter.type("1")
        texter.type("/stop")
        browser = Chatter(database, settings, channel=Channel.WEB_CHAT).at_first_question()
        browser.type("1")
        browser.type("/stop")

        assert "tomorrow" in texter.type("Remind me tomorrow")
        assert "tomorrow" not in browser.type("Remind me tomorrow")

    def test_leaves_no_row_behind_when_all_is_deleted(self, person, database):
        person.press(ASK)
        person.type("delete")
        person.type("yes")

        with database.reading() as session:
            assert session.scalars(select(ChatReminder)).all() == []
            assert session.scalar(select(Chat.ended_at)) is not None
