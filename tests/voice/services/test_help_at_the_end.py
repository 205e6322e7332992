"""Help at the end of a chat: who told of danger has the numbers there, whatever they send."""

import pytest
from sqlalchemy import select

from surveys import wording
from surveys.definition import read_from_library
from tests.voice.services.chatting import Chatter, open_survey, settings_for
from voice.models import Channel, Concern
from voice.services import concerns

HARM = "I want to kill myself"
NUMBERS = ("999", "0800 1111", "01296 383962")
SCREENED = "my stepdad hits me"


@pytest.fixture(params=[Channel.WEB_CHAT, Channel.TELEGRAM, Channel.SMS])
def person(request, database, tmp_path):
    open_survey(database, read_from_library("hmip_viewpoint"))
    settings = settings_for(tmp_path)
    return Chatter(database, settings, channel=request.param, address="447700900123")


def finish(person):
    person.at_first_question()
    for _ in range(6):
        person.type("skip")
    return person


def filed(database):
    with database.reading() as session:
        return [(each.words, each.question) for each in session.scalars(select(Concern))]


def gives_numbers_first(said):
    return all(number in said.split(wording.FINISHED)[0] for number in NUMBERS)


class TestWordsAfterTheEnd:
    def test_are_screened_and_filed_and_answered_with_numbers_first(self, person, database):
        finish(person)

        said = person.type(HARM)

        assert filed(database) == [(HARM, concerns.AT_THE_END)]
        assert gives_numbers_first(said)

    def test_that_are_nothing_worrying_are_answered_as_ever(self, person, database):
        finish(person)

        assert "0800 1111" not in person.type("that was long")
        assert filed(database) == []

    def test_are_screened_after_they_stopped_too(self, person, database):
        person.at_first_question()
        person.type("stop")

        assert gives_numbers_first(person.type(HARM))
        assert filed(database)[0][0] == HARM


class TestWhoeverToldOfDanger:
    @pytest.mark.parametrize("words", ["ok", "is anyone there", "and nobody knows", "?"])
    def test_keeps_the_numbers_at_the_end(self, person, words):
        person.at_first_question()
        person.type(SCREENED)
        for _ in range(6):
            person.type("skip")

        assert gives_numbers_first(person.type(words))

    def test_keeps_them_after_they_said_so_at_the_end(self, person):
        finish(person)
        person.type(HARM)

        assert gives_numbers_first(person.type("hello"))
        assert gives_numbers_first(person.type("pls"))

    def test_has_them_as_they_finish_stop_and_delete(self, person):
        person.at_first_question()
        person.type(SCREENED)

        assert gives_numbers_first(person.type("stop"))
        assert gives_numbers_first(person.type("delete"))

    def test_has_the_way_to_help_under_what_is_said(self, person):
        finish(person)
        person.type(HARM)
        person.type("hello")

        labels = [b.label for row in person.received.messages[-1].rows for b in row]
        assert wording.HELP in labels

    def test_is_not_told_the_numbers_twice_in_one_reply(self, person):
        finish(person)
        person.type(HARM)

        assert person.type("help").count("0800 1111") == 1
