"""The web chat: what its page shows, and what it takes."""

import pytest

from surveys import wording
from surveys.definition import read_from_library
from surveys.turns import Stage, Tap
from tests.voice.services.chatting import Chatter, open_survey, settings_for
from voice.models import Channel
from voice.services import consultations, web_chats
from voice.services.web_chats import Browser


@pytest.fixture
def database(database):
    open_survey(database, read_from_library("hmip_viewpoint"))
    return database


@pytest.fixture
def person(database, tmp_path):
    return Chatter(database, settings_for(tmp_path), channel=Channel.WEB_CHAT, address="a-key")


def view(person, *, key="a-key"):
    with person.database.reading() as session:
        return web_chats.view_for(session, person.settings, Browser("asked", key), now=person.now)


class TestThePage:
    def test_shows_nothing_before_the_chat_begins(self, person):
        assert view(person) is None

    def test_shows_the_last_turn_with_buttons_that_work(self, person):
        person.at_first_question()

        shown = view(person)

        assert shown.stage is Stage.ASKING
        assert "Question 1 of 5" in shown.messages[-1].text
        assert person.on(Tap(shown.messages[-1].rows[0][0].token)).count("Question 2") == 1

    def test_shows_what_was_answered_in_words(self, person):
        person.at_first_question()
        person.press("Very good")
        person.type("skip")

        assert view(person).history == (
            ("How good is the YOS at helping you?", "Very good"),
            ("Since you came to the YOS, are you less likely to offend?", wording.SKIPPED),
        )

    @pytest.mark.parametrize("typed", ["help", "sos"])
    def test_ends_in_the_question_whatever_was_said_last(self, person, typed):
        person.at_first_question()
        person.type(typed)

        shown = view(person)

        assert any("Childline" in each.text for each in shown.messages[:2])
        assert "Question 1 of 5" in shown.messages[-1].text

    def test_ends_in_the_question_after_an_old_button(self, person):
        person.at_first_question()
        old = person.token("Very good")
        person.press("Very good")

        person.on(Tap(old))

        shown = view(person)
        assert shown.messages[0].text == wording.STALE
        assert "Question 2 of 5" in shown.messages[-1].text

    def test_of_another_browser_shows_nothing_of_it(self, person):
        person.at_first_question()

        assert view(person, key="another-key") is None

    def test_of_a_deleted_chat_says_so_and_offers_to_begin_anew(self, person):
        person.at_first_question()
        person.type("delete")
        person.type("yes")

        shown = view(person)

        assert shown.is_over
        assert [message.text for message in shown.messages] == [wording.DELETED]
        assert "Is that OK?" in person.start()
        assert not view(person).is_over


class TestAPressOfTheForm:
    def test_counts_once(self, person):
        person.at_first_question()
        token = person.token("Very good")
        person.on(Tap(token), external_id="press-1")

        person.on(Tap(token), external_id="press-1")

        assert not person.received.is_new

    def test_leads_to_no_echo_for_the_page_has_the_answers(self, person):
        person.at_first_question()

        person.press("Very good")

        assert not any(message.is_echo for message in view(person).messages)


class TestADemonstration:
    def test_says_first_that_nothing_real_may_be_told(self, database, person):
        with database.writing() as session:
            consultation = consultations.find_by_slug(session, "asked")
            consultation.demonstration = "made from a paper"

        assert person.start().startswith(wording.DEMONSTRATION)

    def test_is_not_said_of_a_real_consultation(self, person):
        assert wording.DEMONSTRATION not in person.start()
