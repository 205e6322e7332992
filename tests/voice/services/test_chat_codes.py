"""A personal code in a chat: used and taken off by one message, behind the same wall as a page."""

import pytest
from sqlalchemy import select

from surveys import chat_codes
from surveys.definition import read_from_library
from surveys.joining import Joins, Side
from surveys.turns import Command
from surveys.variants import Audience
from tests.voice.services.chatting import Chatter, open_survey, settings_for
from voice.models import Channel, Concern, Delivery, Response
from voice.services import joining, keys

SECRET = "k" * 40
CODE = keys.personal_code_from(SECRET, "a press")
SPOILT = f"{CODE[:-1]}{'C' if CODE[-1] != 'C' else 'D'}"
SIDES = (Side(code="child", label="The child"), Side(code="parent", label="The parents"))
MESSENGERS = (Channel.TELEGRAM, Channel.WEB_CHAT)


class TestACode:
    @pytest.mark.parametrize("channel", MESSENGERS)
    def test_keeps_the_answers_together_as_on_the_page(self, chatting, channel):
        person = chatting(channel=channel).at_first_question()

        said = person.type(f"/code {CODE}")

        assert said == chat_codes.KEPT
        survey = read_from_library("parent_feedback").model_copy(update={"joins": Joins.PERSON})
        hashed, _ = joining.read_code(survey, CODE, side="", secret=SECRET)
        assert response_of(person).joined_hash == hashed

    def test_is_no_answer_and_leaves_the_question_where_it_was(self, chatting):
        person = chatting().at_first_question()
        asked = person.received.chat.state["asking"]

        person.type(f"/code {CODE.lower()}")

        assert (person.answers, person.received.chat.state["asking"]) == ({}, asked)

    def test_is_repeated_in_nothing_that_is_kept(self, chatting):
        person = chatting().at_first_question()
        person.type(f"/code {CODE}")

        with person.database.reading() as session:
            kept = [str(vars(each)) for each in session.scalars(select(Delivery))]
        assert len(kept) > 1
        assert not [each for each in kept if CODE in each]
        assert CODE not in str(person.received.chat.state)

    def test_is_taken_off_again(self, chatting):
        person = chatting().at_first_question()
        person.type(f"/code {CODE}")

        said = person.type("/code off")

        assert (said, response_of(person).joined_hash) == (chat_codes.OFF, None)

    def test_of_a_family_stands_on_the_side_that_is_said(self, chatting):
        person = chatting(joins=Joins.FAMILY, sides=SIDES).at_first_question()
        asked = person.type(f"/code {CODE}")
        assert "2 The parents" in asked
        assert response_of(person).joined_hash is None

        person.type(f"/code {CODE} 2")

        assert response_of(person).side == "parent"

    def test_is_another_one_behind_the_wall_of_victims(self, chatting):
        victim = chatting(slug="victims", audience=Audience.VICTIM).at_first_question()
        resident = chatting(slug="residents", address="43").at_first_question()

        for person in (victim, resident):
            person.type(f"/code {CODE}")

        assert response_of(victim).joined_hash != response_of(resident).joined_hash

    def test_waits_until_somebody_has_said_yes(self, chatting):
        person = chatting()
        person.start()

        assert person.type(f"/code {CODE}") == chat_codes.FIRST

    def test_is_said_how_to_send_where_help_is(self, chatting):
        person = chatting().at_first_question()

        assert chat_codes.MENTION in person.on(Command("help"))
        assert person.type("I have a code") == chat_codes.HOW


class TestWordsThatAreNoCode:
    def test_join_nothing_and_say_so(self, chatting):
        person = chatting().at_first_question()

        assert person.type(f"/code {SPOILT}") == chat_codes.WRONG
        assert response_of(person).joined_hash is None

    def test_are_screened_like_all_words(self, chatting):
        person = chatting().at_first_question()

        person.type("/code my dad hits me every night")

        with person.database.reading() as session:
            assert session.scalars(select(Concern)).one()

    def test_are_an_answer_where_no_codes_are_used(self, chatting):
        person = chatting(joins=None).at_first_question()

        assert person.type(f"/code {CODE}") == chat_codes.NONE
        assert chat_codes.HOW not in person.type("I have a code")


def response_of(person):
    with person.database.reading() as session:
        return session.get_one(Response, person.received.chat.response_id)


@pytest.fixture
def chatting(database, tmp_path):
    """Return a function that opens a survey like this and gives somebody who chats about it."""

    def chat(*, slug="asked", joins=Joins.PERSON, channel=Channel.TELEGRAM, address="42", **how):
        survey = read_from_library("parent_feedback").model_copy(update={"joins": joins, **how})
        open_survey(database, survey, slug=slug)
        person = Chatter(
            database, settings_for(tmp_path), channel=channel, address=address, slug=slug
        )
        person.start = lambda payload=slug: Chatter.start(person, payload)
        return person

    return chat
