"""A chat when somebody says what hurts them, in whatever words and language, at whatever step."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from surveys.catalogue import find_said
from surveys.definition import read_from_library
from surveys.fitting import Setting
from surveys.turns import Start, Tap, Text
from tests.surveys.conftest import survey_asking
from tests.voice.services.chatting import NOON, Chatter, open_survey, settings_for, somebody
from voice.analysis.safeguarding import Tier, screen
from voice.models import Channel, Chat, Concern, Consultation, Participant
from voice.services import concerns

HARM = "I want to kill myself"
SCOLDING = "did not understand"
WILL_BE_READ = "will read this"


@pytest.fixture
def person(database, tmp_path):
    return somebody(database, tmp_path).at_first_question()


def tiers(database):
    with database.reading() as session:
        return list(session.scalars(select(Concern.tier)))


class TestWhoeverSaysWhatHurts:
    def test_is_not_told_that_they_pressed_no_button(self, person, database):
        said = person.type(HARM)

        assert tiers(database) == [Tier.ALERT.value]
        assert WILL_BE_READ in said
        assert SCOLDING not in said
        assert "how do you feel" in said.lower() or "?" in said  # the question is still there

    def test_is_told_so_where_nothing_worrying_was_said(self, person):
        assert SCOLDING in person.type("9")

    def test_is_promised_a_reader_only_where_somebody_is_woken(self, person, database):
        words = next(each for each in ("im lonely", "i feel scared") if is_support(each))
        said = person.type(words)

        assert tiers(database) == [Tier.SUPPORT.value]
        assert WILL_BE_READ not in said
        assert "ring 999" in said
        assert "01296 383962" in said

    def test_outside_every_chat_as_well(self, database, tmp_path):
        stranger = Chatter(database, settings_for(tmp_path), address="77")

        assert WILL_BE_READ in stranger.type(HARM)


class TestOutsideEveryChat:
    @pytest.fixture
    def stranger(self, database, tmp_path):
        return Chatter(database, settings_for(tmp_path), address="77")

    def test_delete_says_what_is_kept_and_what_is_not(self, stranger):
        said = stranger.type("/delete")

        assert "no answers of yours here to delete" in said
        assert "those who look after safety keep that" in said

    def test_speaks_the_language_of_their_last_chat(self, database, tmp_path):
        open_survey(database, read_from_library("chelseas_choice_2015"))
        polish = Setting(language="pl")
        person = Chatter(database, settings_for(tmp_path), channel=Channel.SMS, address="78")
        person.on(Start(), payload="asked", setting=polish)
        with database.writing() as session:
            session.execute(update(Participant).values(current_chat_id=None))
            session.execute(update(Consultation).values(closes_at=NOON - timedelta(days=1)))

        said = person.type(HARM)

        assert find_said("pl", "If anyone is in danger, ring 999.") in said
        assert "Thank you" not in said
        assert "Childline: 0800 1111 (free" not in said

    def test_stop_ends_what_was_asked_for(self, person, database):
        open_survey(database, read_from_library("chelseas_choice_2015"), slug="another")
        with database.writing() as session:
            session.execute(update(Chat).values(wants_outcome=True))
            session.execute(update(Participant).values(current_chat_id=None))

        said = person.type("/stop")

        assert "nothing more" in said
        with database.reading() as session:
            assert set(session.scalars(select(Chat.wants_outcome))) == {False}


def is_support(words):
    return screen(words).tier is Tier.SUPPORT


class TestTheWayToHelp:
    def test_works_on_a_message_however_old(self, person):
        old = person.token("Get help now")
        person.type("1")
        person.type("2")

        said = person.on(Tap(old))

        assert "01296 383962" in said

    def test_works_on_a_message_of_a_chat_that_was_deleted(self, person):
        old = person.token("Get help now")
        person.type("/delete")
        person.type("yes")
        person.start()

        assert "01296 383962" in person.on(Tap(old))


@pytest.mark.parametrize("age", ["im 14", "I'm 13", "i am 12 years old", "15"])
def test_an_age_alone_is_no_worry(age, database, tmp_path):
    open_survey(database, read_from_library("hmip_viewpoint"))
    younger = Chatter(database, settings_for(tmp_path))
    younger.on(Text("hello"))

    said = younger.type(age)

    assert tiers(database) == []
    assert "none of your answers" in said


class TestInOtherLanguages:
    @pytest.mark.parametrize(
        ("language", "yes"), [("cy", "ie"), ("pl", "Tak!"), ("ur", "ہاں"), ("ur", "جی ہاں")]
    )
    def test_a_plain_yes_is_understood(self, language, yes, database, tmp_path):
        person = in_language(language, database, tmp_path)

        person.type(yes)

        assert person.received.chat.consented_at is not None

    @pytest.mark.parametrize(("language", "words"), [("pl", "pomoc"), ("ur", "مدد")])
    def test_a_plain_word_for_help_shows_it(self, language, words, database, tmp_path):
        assert "01296 383962" in in_language(language, database, tmp_path).type(words)

    def test_a_yes_that_is_an_answer_stays_as_it_was_typed(self, database, tmp_path):
        person = in_language("pl", database, tmp_path)
        person.type("tak")
        while person.received.chat.state["asking"] not in {"remember", ""}:
            person.type("Pomiń")

        person.type("tak")

        assert person.answers["remember"].text == "tak"

    @pytest.mark.parametrize(
        ("language", "words"),
        [("cy", "Diolch am ddweud"), ("pl", "Dziękujemy"), ("ur", "شکریہ")],
    )
    def test_the_words_with_help_are_said_in_it(self, language, words, database, tmp_path):
        person = in_language(language, database, tmp_path)

        said = person.type(HARM)

        assert words in said
        assert "Thank you for telling us" not in said


def in_language(language, database, tmp_path):
    survey = read_from_library("chelseas_choice_2015")
    open_survey(database, survey)
    person = Chatter(database, settings_for(tmp_path))
    person.start()
    person.type("/ways")
    tokens = [
        button.token
        for message in person.received.messages
        for row in message.rows
        for button in row
        if f"-lang:{language}" in button.token
    ]
    person.on(Tap(tokens[0]))
    return person


class TestWhatIsSaidAfterTheLastQuestion:
    @pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.SMS, Channel.WEB_CHAT])
    def test_is_filed_as_said_at_the_end(self, database, tmp_path, channel):
        open_survey(
            database, survey_asking({"code": "last", "kind": "free_text", "text": "What else?"})
        )
        person = Chatter(database, settings_for(tmp_path), channel=channel).at_first_question()
        person.type("More buses")

        person.type(HARM)

        assert questions(database) == [concerns.AT_THE_END]

    def test_is_filed_as_said_when_they_had_stopped(self, person, database):
        person.type("/stop")

        person.type(HARM)

        assert questions(database) == [concerns.WHEN_STOPPED]

    def test_is_filed_under_the_question_before_that(self, person, database):
        person.type(HARM)

        (question,) = questions(database)
        assert question == read_from_library("hmip_viewpoint").questions[0].code


def questions(database):
    with database.reading() as session:
        return list(session.scalars(select(Concern.question)))
