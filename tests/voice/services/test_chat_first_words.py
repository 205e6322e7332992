"""Words that stand for something else: an invitation's code typed alone, a button of ours typed."""

import pytest

from surveys.definition import read_from_library
from surveys.turns import Start, Text
from surveys.wording import UNKNOWN_CODE
from tests.voice.services.chatting import NOON, Chatter
from tests.voice.services.timed import DAY, NEXT, YES, Timed, at, timed_with_mail
from voice.models import AnswerRow, Channel, ChatInvitation, TimerKind
from voice.services import concerns, invitees
from voice.services.chat_first_words import looks_like_code
from voice.services.consultations import find_by_slug

WRONG = "7K3M-9QX2-0ABC-DEFG"
EVERYWHERE = [Channel.TELEGRAM, Channel.SMS, Channel.WEB_CHAT]
NO_MORE = "No more messages"
NOT_FIRST = "We will not write to you first."


@pytest.fixture
def timed(database, tmp_path):
    return timed_with_mail(database, tmp_path)


def newcomer(timed, channel):
    """Somebody new; the web chat is opened with a button before anything can be typed."""
    person = Chatter(timed.database, timed.settings, channel=channel)
    if channel is Channel.WEB_CHAT:
        person.on(Start())
    return person


class TestACodeTypedAlone:
    @pytest.mark.parametrize("channel", EVERYWHERE)
    @pytest.mark.parametrize("typed", [str, str.lower, lambda code: code.replace("-", " ")])
    def test_opens_what_it_invites_to(self, timed, rows, channel, typed):
        code = timed.invite()

        said = newcomer(timed, channel).on(Text(typed(code)))

        assert len(rows(ChatInvitation)) == 1
        assert UNKNOWN_CODE not in said
        assert "hello" in said.lower()

    @pytest.mark.parametrize("channel", EVERYWHERE)
    def test_says_that_the_name_stands_with_the_answers(self, timed, database, channel):
        with database.writing() as session:
            invitees.ask_by_name(session, find_by_slug(session, "asked"), named=True)
        person = newcomer(timed, channel)

        said = person.on(Text(timed.invite()))

        assert "Your name stands with what you tell us here." in said

    @pytest.mark.parametrize("channel", EVERYWHERE)
    def test_that_is_nobodys_gets_a_kind_sentence_and_starts_nothing_of_it(
        self, timed, rows, channel
    ):
        said = newcomer(timed, channel).on(Text(WRONG))

        assert said.startswith(UNKNOWN_CODE)
        assert rows(ChatInvitation) == []

    @pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.SMS])
    def test_that_is_nobodys_is_answered_as_a_link_with_it_is(self, timed, channel):
        typed = newcomer(timed, channel).on(Text(WRONG))

        linked = Chatter(timed.database, timed.settings, channel=channel, address="43")

        assert linked.on(Start(), payload=WRONG) == typed

    def test_of_what_has_not_opened_is_answered_the_same(self, timed, database):
        code = timed.invite()
        with database.writing() as session:
            find_by_slug(session, "asked").opens_at = NOON + 3 * DAY
        early = newcomer(timed, Channel.TELEGRAM).on(Text(code))

        wrong = Chatter(timed.database, timed.settings, address="43").on(Text(WRONG))

        assert early == wrong

    def test_of_another_page_opens_nothing_on_this_one(self, timed, rows):
        code = timed.invite()
        person = Chatter(timed.database, timed.settings, channel=Channel.WEB_CHAT, slug=NEXT)
        person.on(Start())

        assert person.on(Text(code)).startswith(UNKNOWN_CODE)
        assert rows(ChatInvitation) == []

    def test_works_before_the_yes_as_well(self, timed, rows):
        person = Chatter(timed.database, timed.settings)
        person.start("asked")

        person.type(timed.invite())

        assert len(rows(ChatInvitation)) == 1

    def test_is_an_answer_once_questions_are_asked(self, timed, rows):
        person = timed.chatter()

        assert UNKNOWN_CODE not in person.type(WRONG)
        assert rows(AnswerRow) == []  # it is no choice of the first question

    def test_is_screened_where_it_is_nobodys(self, timed, monkeypatch):
        heard = []
        monkeypatch.setattr(concerns, "screen_words", lambda _, said, **__: heard.append(said))

        newcomer(timed, Channel.TELEGRAM).on(Text(WRONG))

        assert [each.words for each in heard] == [WRONG]

    @pytest.mark.parametrize(
        "words", ["help", "they hurt them here", "K7M-9QX-3CDF", "my dad hits me a lot", ""]
    )
    def test_is_no_other_word(self, words):
        assert not looks_like_code(words)


class TestNoMoreMessages:
    @pytest.mark.parametrize("channel", EVERYWHERE)
    def test_is_heard_at_a_question_as_the_button_is(self, timed, rows, channel):
        timed.plan()
        person = timed.chatter(channel=channel)
        person.type("1")
        person.type("/stop")
        person.press(YES)
        timed.looks(NOON)  # laid out
        assert timed.outcomes == ["waits"]
        person.type("carry on")

        said = person.type(NO_MORE)

        assert NOT_FIRST in said
        assert timed.outcomes == ["no_more"]
        assert len(rows(AnswerRow)) == 1  # and no answer to what was asked

    def test_is_heard_in_the_language_of_the_chat(self, database, tmp_path):
        timed = Timed(database, tmp_path, read_from_library("chelseas_choice_2015"))
        person = timed.chatter()
        person.type("/ways")
        person.press("Cymraeg")

        assert "Fyddwn ni ddim" in person.type("Dim mwy o negeseuon")

    def test_by_text_is_followed_by_the_question(self, timed):
        person = timed.chatter(channel=Channel.SMS)

        person.type(NO_MORE)

        assert NOT_FIRST in person.received.messages[0].text
        assert "Question 1" in person.received.messages[-1].text


class TestAnswerNow:
    def test_typed_begins_what_the_message_asked_for(self, timed):
        timed.plan(TimerKind.THREE_MONTHS_ON)
        person = timed.finished()
        person.press(YES)
        person.now = at((NOON + 95 * DAY).date())
        assert timed.looks(person.now)

        person.type("Answer now")

        assert person.received.chat.consultation.slug == NEXT

    def test_typed_with_nothing_to_answer_begins_nothing(self, timed):
        person = timed.finished()

        person.type("Answer now")

        assert person.received.chat.consultation.slug == "asked"


class TestTheMenu:
    def named(self, timed, title):
        timed.change(NEXT, title=title)
        person = Chatter(timed.database, timed.settings)
        person.on(Start())
        person.type("What about BUSES")
        return person.received.chat

    def test_is_picked_from_by_name(self, timed):
        assert self.named(timed, "What about buses?").consultation.slug == NEXT

    def test_is_not_picked_from_by_the_name_of_two(self, timed):
        timed.change("asked", title="What about buses?")

        assert self.named(timed, "What about buses?") is None
