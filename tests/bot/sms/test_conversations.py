"""Whole conversations by text: each answer kept, STOP before anything, and no text twice."""

import re

import pytest
from sqlalchemy import func, select

from bot.outbox import Outbox
from bot.sms.gateways import gateway_for
from bot.sms.sender import TextSender
from surveys.definition import read_from_library
from tests.bot.running import open_survey
from tests.bot.sms.texting import NUMBER
from tests.surveys.conftest import survey_asking
from voice.models import (
    AnswerRow,
    Channel,
    Chat,
    ChatReminder,
    Concern,
    Delivery,
    Participant,
    Response,
)
from voice.services.responses import answers_of, survey_for


def answers_in(store):
    with store.reading() as session:
        return {row.question: (row.values, row.other) for row in session.scalars(select(AnswerRow))}


class TestAWholeConversation:
    def test_by_numbers_is_kept_and_sent_in(self, store, texter):
        hello = texter.text("START")
        texts = texter.text("yes")

        for _ in range(60):
            if "Shall we tell you" in texts[-1]:
                break
            texts = texter.text("1" if "Reply 1 for" in texts[-1] else "Skip")
        end = texter.text("2")

        assert any("Loopback Council" in each for each in hello)
        assert "Thank you" in end[-1]
        with store.reading() as session:
            (response,) = session.scalars(select(Response))
            assert response.channel is Channel.SMS
            assert response.submitted_at is not None
            asked = survey_for(response).path(answers_of(response))
            assert set(response.answers) == {each.code for each in asked if each.takes_answer}

    def test_is_numbered_as_it_is_answered(self, store, texter):
        texter.text("START")
        first = texter.text("yes")[-1]
        chosen = re.findall(r"Reply 2 for (.+)", first)[0]

        texter.text("2")

        with store.reading() as session:
            (response,) = session.scalars(select(Response))
            (row,) = response.answers.values()
            from voice.services.responses import survey_for

            question = survey_for(response).question(row.question)
            assert [o.label for o in question.options if o.code in row.values] == [chosen]

    def test_needs_no_number_to_be_known_by(self, store, texter):
        texter.text("START")

        with store.reading() as session:
            (person,) = session.scalars(select(Participant))
            assert NUMBER not in person.address_hash
            assert NUMBER not in person.address_sealed

    def test_help_is_there_at_every_step(self, texter):
        texter.text("START")

        assert "999" in texter.text("Get help now")[0]

    def test_a_number_after_help_answers_what_was_asked(self, store, texter):
        texter.text("START")
        texter.text("yes")

        *help_card, question = texter.text("Get help now")
        texter.text("2")

        assert "999" in help_card[0]
        assert "Reply" not in "".join(help_card)
        assert "Reply 2 for" in question
        with store.reading() as session:
            (row,) = session.scalars(select(AnswerRow))
            assert row.values == ["good_mostly"]

    @pytest.mark.parametrize("typed", ["HELP", "wibble", "No more messages", "/code"])
    def test_whatever_is_said_beside_it_the_question_comes_last(self, texter, typed):
        texter.text("START")
        asked = texter.text("yes")[-1]

        assert texter.text(typed)[-1] == asked

    def test_the_second_time_something_is_unclear_it_is_said_in_words_for_a_text(self, texter):
        texter.text("START")
        texter.text("yes")
        texter.text("wibble")

        other_way = texter.text("wibble")[0]

        assert "1 is the first, 4 is the last" in other_way
        assert "press" not in other_way.lower()

    def test_a_number_after_help_carries_on_where_somebody_has_stopped(self, texter):
        texter.text("START")
        texter.text("yes")
        texter.text("quit")

        help_card = texter.text("Get help now")[-1]

        assert "Reply 1 for Carry on" in help_card
        assert "Question 1" in texter.text("1")[-1]

    def test_words_of_danger_are_queued(self, store, texter):
        texter.text("START")
        texter.text("yes")

        texter.text("my dad hits me every night and I am scared")

        with store.reading() as session:
            assert session.scalar(select(func.count()).select_from(Concern)) == 1

    def test_words_after_start_are_heard_too(self, store, texter):
        texter.text("START")
        texter.text("yes")

        texter.text("start cutting")

        with store.reading() as session:
            assert session.scalar(select(func.count()).select_from(Concern)) == 1

    def test_a_button_that_is_typed_is_no_cry_for_help(self, store, texter):
        texter.text("START")
        texter.text("yes")
        texter.text("1")
        texter.text("quit")

        assert "tomorrow" in texter.text("Remind me tomorrow")[-1]

        with store.reading() as session:
            assert session.scalar(select(func.count()).select_from(Concern)) == 0


class TestAnotherLanguage:
    @pytest.fixture
    def in_it(self, store, texter):
        open_survey(store, read_from_library("chelseas_choice_2015"), slug="choice")
        texter.text("START choice")
        texter.text("yes")
        return texter

    def test_is_offered_where_the_chat_begins(self, store, texter):
        open_survey(store, read_from_library("chelseas_choice_2015"), slug="choice")

        assert "WAYS (Pictures, easy words, another language)" in texter.text("START choice")[-1]

    def test_is_chosen_by_its_number(self, in_it):
        (offered,) = in_it.text("WAYS")
        place = re.findall(r"Reply WAYS (\d) for Cymraeg", offered)[0]

        assert "Cwestiwn 1 o hyd at 6" in in_it.text(f"ways {place}")[-1]

    def test_is_not_chosen_by_a_number_alone_which_answers_the_question(self, store, in_it):
        (offered,) = in_it.text("WAYS")
        in_it.text("2")

        assert "Reply 1 for" not in offered
        assert answers_in(store) == {"attitude": (["no"], "")}

    def test_that_is_not_there_is_met_with_those_that_are(self, store, in_it):
        assert "Cymraeg" in in_it.text("ways 9")[-1]
        assert answers_in(store) == {}

    def test_takes_no_words_that_only_begin_like_it(self, store, in_it):
        for _ in range(4):
            texts = in_it.text("Skip")
        assert "remember" in texts[-1]

        in_it.text("Ways to say no")

        assert answers_in(store)["remember"] == (["Ways to say no"], "")

    @pytest.mark.parametrize("typed", ["Ways", "ways 2"])
    def test_where_there_is_none_is_an_answer_as_it_was_typed(self, store, texter, typed):
        survey = survey_asking({"code": "what", "kind": "short_text", "text": "What helps?"})
        open_survey(store, survey, slug="alone")
        texter.text("START alone")
        texter.text("yes")

        texter.text(typed)

        assert answers_in(store) == {"what": ([typed], "")}


class TestMoreThanOneTime:
    def test_somebody_else_on_the_same_phone_answers_by_one(self, store, texter):
        finish(texter)

        assert any("Loopback Council" in each for each in texter.text("1"))
        texter.text("yes")
        texter.text("1")

        with store.reading() as session:
            assert len(session.scalars(select(Response)).all()) == 2

    @pytest.mark.parametrize("has_finished", [False, True])
    def test_a_number_picks_from_the_menu(self, store, texter, has_finished):
        open_survey(store, read_from_library("chelseas_choice_2015"))
        if has_finished:
            finish(texter, start="START hmip-viewpoint")
        (menu,) = texter.text("START")
        number = next(n for n in "12" if "Chelsea" in menu.partition(f"Reply {n} for")[2][:60])

        hello = texter.text(number)

        assert any("Chelsea" in each for each in hello)
        assert any("Question 1" in each for each in texter.text("yes"))


def finish(texter, *, start="START"):
    texter.text(start)
    texts = texter.text("yes")
    while "Shall we tell you" not in texts[-1]:
        texts = texter.text("Skip")
    texter.text("2")


class TestStop:
    def test_ends_all_texts_with_one_last_one(self, store, texter):
        texter.text("START")

        (last,) = texter.text("STOP")

        assert last.startswith("We will send you nothing more. Your answers are kept.")
        with store.reading() as session:
            assert session.scalar(select(Participant.blocked_at)) is not None

    @pytest.mark.parametrize(
        ("place", "says"),
        [
            (2, "Ni fyddwn yn anfon dim mwy atoch."),
            (3, "Nie wyślemy już nic więcej."),
            (4, "ہم آپ کو مزید کچھ نہیں بھیجیں گے۔"),
        ],
    )
    def test_says_its_last_words_in_the_language_of_the_chat(self, store, texter, place, says):
        open_survey(store, read_from_library("chelseas_choice_2015"), slug="choice")
        texter.text("START choice")
        texter.text(f"Ways {place}")

        (last,) = texter.text("STOP")

        assert last.startswith(says)
        assert "START" in last

    def test_is_taken_even_from_somebody_unknown(self, texter):
        assert len(texter.text("stop")) == 1

    def test_leaves_nothing_waiting(self, store, texter, notify):
        notify.failures = [500]
        texter.text("START")  # its reply waits to be tried again

        texts = texter.text("STOP")

        assert len(texts) == 1

    def test_takes_back_the_wish_to_hear(self, store, texter):
        texter.text("START")
        with store.writing() as session:
            session.scalar(select(Chat)).wants_outcome = True

        texter.text("STOP")

        with store.reading() as session:
            assert session.scalar(select(Chat.wants_outcome)) is False

    def test_calls_the_reminder_off(self, store, texter):
        texter.text("START")
        texter.text("yes")
        texter.text("1")
        texter.text("quit")
        texter.text("Remind me tomorrow")

        texter.text("STOP")
        texter.text("HELP")

        with store.reading() as session:
            assert session.scalar(select(ChatReminder.due_at)) is None

    def test_is_over_when_they_write_again(self, store, texter):
        texter.text("START")
        texter.text("STOP")

        assert texter.text("START")
        with store.reading() as session:
            assert session.scalar(select(Participant.blocked_at)) is None


class TestDeleting:
    def test_by_text_leaves_nothing_of_theirs(self, store, texter):
        texter.text("START")
        texter.text("yes")
        texter.text("1")

        texter.text("DELETE")
        texter.text("yes")

        assert answers_in(store) == {}
        with store.reading() as session:
            assert session.scalar(select(Participant.address_sealed)) is None


class TestSending:
    def test_a_lost_answer_sends_no_text_twice(self, texter, notify, sender, store):
        notify.loses_answers = 1
        texter.text("START")
        make_due(store)
        while sender.send_next():
            pass

        references = [each["reference"] for each in notify.taken]
        assert len(references) == len(set(references)) > 1

    @pytest.mark.parametrize("status", [429, 403, 500])
    def test_trouble_there_is_waited_out(self, texter, notify, sender, store, status):
        notify.failures = [status]
        texter.text("START")
        make_due(store)
        while sender.send_next():
            pass

        assert len(notify.texts) > 1

    @pytest.mark.parametrize("broken", ["<html>", '{"notifications": 1}', "[]"])
    def test_a_page_in_its_place_stops_nothing(self, texter, notify, sender, store, broken):
        notify.pages = [broken]
        texter.text("START")
        make_due(store)
        while sender.send_next():
            pass

        assert len(notify.texts) > 1

    @pytest.mark.parametrize("wait", ["99999999999999999", "²", "-1", "soon"])
    def test_a_wait_that_makes_no_sense_stops_nothing(self, texter, notify, sender, store, wait):
        notify.failures, notify.waits = [429], wait
        texter.text("START")
        make_due(store)
        while sender.send_next():
            pass

        assert len(notify.texts) > 1

    def test_what_is_refused_is_not_sent_again(self, texter, notify, store):
        notify.failures = [400]
        texter.text("START")

        with store.reading() as session:
            statuses = [each.status.value for each in session.scalars(select(Delivery))]
        assert statuses[0] == "refused"

    def test_by_a_gateway_of_the_councils_own(self, store, by_gateway, gateway, texter, client):
        texter.sender = TextSender(Outbox(store, by_gateway), gateway_for(by_gateway, client))
        gateway.loses_answers = 1
        texter.text("START")
        make_due(store)
        while texter.sender.send_next():
            pass

        assert {each["to"] for each in gateway.taken} == {NUMBER}
        assert len({each["id"] for each in gateway.taken}) == len(gateway.taken) > 1


def make_due(store):
    with store.writing() as session:
        for each in session.scalars(select(Delivery)):
            each.due_at = each.due_at.replace(year=2020)
            each.leased_until = None
