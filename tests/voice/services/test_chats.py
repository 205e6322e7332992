"""Chats: one update, one turn, one transaction."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from surveys import wording
from surveys.answers import Answer
from surveys.definition import read_from_library
from surveys.turns import Command, Edited, Media, Start, Tap, Text
from tests.voice.services.chatting import NOON, Chatter, open_survey, settings_for, somebody
from voice.models import (
    AnswerRow,
    AuditEntry,
    Channel,
    Chat,
    Concern,
    Consultation,
    Delivery,
    DeliveryStatus,
    Inbound,
    Participant,
    Response,
)
from voice.services import chats, deliveries
from voice.services.concerns import ASKED_FOR_HELP, SAID_WORRIED

HARM = "I want to kill myself"


@pytest.fixture
def person(database, tmp_path):
    """Somebody on Telegram, while one survey is open."""
    return somebody(database, tmp_path)


def all_of(database, table):
    with database.reading() as session:
        return list(session.scalars(select(table)))


def take_all(database):
    """Take every waiting message as a sender does, and write down all but the last as sent."""
    taken = []
    with database.writing() as session:
        waiting = session.scalars(
            select(Delivery.id).where(Delivery.status == DeliveryStatus.WAITING)
        ).all()
        for _ in waiting:
            if taken:
                deliveries.mark_sent(session, taken[-1], now=NOON)
            lease = timedelta(seconds=15)
            taken.append(deliveries.claim_next(session, Channel.TELEGRAM, now=NOON, lease=lease).id)
    return taken


def take_and_break(database, arrival, settings):
    with database.writing() as session:
        chats.receive(session, arrival, settings, now=NOON)
        raise ZeroDivisionError


class TestANewcomer:
    def test_is_greeted_whatever_they_type_first(self, person):
        said = person.type("hello?")

        assert "Testshire Council" in said
        assert "how old are you" in said

    def test_on_telegram_is_told_that_the_account_may_be_found(self, person):
        assert "your Telegram account id" in person.start()

    def test_has_nothing_stored_before_they_say_yes(self, person, database):
        person.start()

        assert all_of(database, Response) == []

    def test_who_says_no_leaves_no_address_behind(self, person, database):
        person.start()

        person.press("No, thank you")

        [participant] = all_of(database, Participant)
        assert participant.address_sealed is None
        assert participant.address_hash.startswith("forgotten:")

    def test_is_known_by_a_hash_and_a_sealed_address_only(self, person, database):
        person.at_first_question()

        [participant] = all_of(database, Participant)
        assert "42" not in (participant.address_hash[:2], participant.address_sealed)
        assert len(participant.address_hash) == 64


class TestWhichConsultation:
    def test_is_asked_when_there_are_several(self, two, database):
        said = two.type("hi")

        labels = [row[0].label for row in two.received.messages[0].rows]
        assert said == wording.MENU
        assert len(labels) == 2
        assert all_of(database, Chat) == []

    def test_can_be_pressed(self, two):
        two.type("hi")

        assert "early help services" in two.press("Have your say")

    def test_can_be_typed_by_its_number(self, two):
        two.type("hi")

        assert two.received.chat is None
        two.type("2")
        assert two.received.chat is not None

    def test_comes_with_the_link(self, two):
        assert "early help services" in two.start(payload="early-help")

    def test_of_an_unknown_link_is_asked(self, two):
        assert two.start(payload="no-such") == wording.MENU

    def test_of_the_words_that_follow_is_the_same(self, two):
        two.start(payload="early-help")
        two.type("yes")

        assert "Question 2" in two.type("As an individual")

    def test_can_be_changed_and_each_keeps_its_place(self, two):
        two.start(payload="early-help")
        two.type("yes")
        two.start(payload="asked")

        said = two.start(payload="early-help")

        assert said.startswith(wording.WELCOME_BACK)

    def test_is_asked_again_of_somebody_who_has_finished_one(self, two):
        two.start(payload="asked")
        two.type("yes")
        for _ in range(6):
            two.type("skip")

        assert two.start() == wording.MENU

    def test_is_none_when_nothing_is_open(self, database, tmp_path):
        person = Chatter(database, settings_for(tmp_path))

        assert person.type("hi").startswith("We are not asking anything just now.")

    @pytest.fixture
    def two(self, person, database):
        open_survey(database, read_from_library("early_help_2017"), slug="early-help", days=9)
        return person


class TestAnAnswer:
    def test_is_stored_under_its_channel_when_the_turn_is_over(self, person, database):
        person.at_first_question()

        person.press("Very good")

        [response] = all_of(database, Response)
        assert response.channel is Channel.TELEGRAM
        assert person.answers == {"service": Answer("service", ("very_good",))}

    def test_and_its_reply_wait_together(self, person, database):
        person.at_first_question()

        person.on(Text("1"), external_id="u-1")

        waiting = [d.reference for d in all_of(database, Delivery)]
        assert waiting[-1] == "telegram:u-1:0"

    def test_taken_in_again_changes_and_says_nothing(self, person, database):
        person.at_first_question()
        person.on(Text("1"), external_id="u-1")
        before = (len(all_of(database, AnswerRow)), len(all_of(database, Delivery)))

        said = person.on(Text("1"), external_id="u-1")

        assert (said, person.received.is_new) == ("", False)
        assert (len(all_of(database, AnswerRow)), len(all_of(database, Delivery))) == before

    def test_that_breaks_half_way_leaves_no_trace(self, person, database):
        person.at_first_question()

        arrival = chats.Arrival(Channel.TELEGRAM, "u-9", "42", Text("1"))
        with pytest.raises(ZeroDivisionError):
            take_and_break(database, arrival, person.settings)

        assert all_of(database, AnswerRow) == []
        assert "u-9" not in [inbound.external_id for inbound in all_of(database, Inbound)]

    def test_keeps_the_wording_that_the_person_began_with(self, person, database):
        person.at_first_question()

        [chat], [response] = all_of(database, Chat), all_of(database, Response)
        assert chat.survey_version_id == response.survey_version_id

    def test_comes_back_byte_for_byte(self, person):
        words = "👩‍👧 مرحبا \u200d e" + "\u0301" * 300 + " " + "x" * 60_000
        person.at_first_question()
        for _ in range(3):
            person.type("skip")

        person.type(words)

        assert person.answers["best"].text == words


class TestTheEnd:
    def test_sends_the_response_in(self, finished, database):
        [response] = all_of(database, Response)
        assert response.submitted_at == NOON

    def test_says_the_reference(self, finished, database):
        [response] = all_of(database, Response)
        assert response.reference in finished.type("no")

    def test_keeps_the_wish_to_hear_and_the_address_for_it(self, finished, database):
        finished.press("Yes, tell me")

        [chat], [participant] = all_of(database, Chat), all_of(database, Participant)
        assert chat.wants_outcome
        assert participant.address_sealed is not None

    def test_lets_go_of_the_address_when_nothing_is_to_be_told(self, finished, database):
        finished.press("No, thanks")

        [participant] = all_of(database, Participant)
        assert participant.address_sealed is None

    def test_may_be_followed_by_another_response_of_the_same_person(self, finished, database):
        finished.press("No, thanks")
        finished.start()
        finished.press("Answer again")
        finished.type("yes")

        first, second = sorted(all_of(database, Response), key=lambda each: not each.submitted_at)
        assert first.submitted_at is not None
        assert second.submitted_at is None
        assert first.respondent == second.respondent

    @pytest.fixture
    def finished(self, person):
        person.at_first_question()
        for _ in range(5):
            person.type("skip")
        return person


class TestDeletingEverything:
    def test_leaves_no_answer_address_or_waiting_message(self, deleted, database):
        [participant] = all_of(database, Participant)

        assert all_of(database, AnswerRow) == []
        assert all_of(database, Response) == []
        assert participant.address_sealed is None
        assert participant.address_hash.startswith("forgotten:")

    def test_still_says_goodbye(self, deleted, database):
        waiting = [d for d in all_of(database, Delivery) if d.status is DeliveryStatus.WAITING]

        assert [d.body["message"]["text"] for d in waiting] == [wording.DELETED]

    def test_says_goodbye_even_while_another_message_is_on_its_way(self, person, database):
        person.at_first_question()
        person.type("delete")
        on_its_way = take_all(database)
        person.type("yes")

        with database.writing() as session:
            deliveries.mark_sent(session, on_its_way[-1], now=NOON)

        waiting = [d for d in all_of(database, Delivery) if d.status is DeliveryStatus.WAITING]
        assert [d.body["message"]["text"] for d in waiting] == [wording.DELETED]

    def test_is_written_down_without_anybody(self, deleted, database):
        [entry] = all_of(database, AuditEntry)
        [consultation] = all_of(database, Consultation)
        assert (entry.action, entry.subject) == (
            "answers deleted in a chat",
            str(consultation.id),
        )

    def test_makes_a_stranger_of_whoever_writes_next(self, deleted, database):
        said = deleted.start()

        assert "Is that OK?" in said
        assert len(all_of(database, Participant)) == 2

    @pytest.fixture
    def deleted(self, person):
        person.at_first_question()
        person.press("Very good")
        person.type("delete")
        person.press("Yes, delete them")
        return person


class TestWordsThatMayMeanRisk:
    def test_in_an_answer_are_kept_raised_once_and_answered_with_help_first(self, person, database):
        person.at_first_question()
        for _ in range(3):
            person.type("skip")

        said = person.type(HARM)

        assert said.startswith("Thank you for telling us.")
        assert "What would you change?" in said
        assert person.answers["best"].text == HARM
        assert [concern.words for concern in all_of(database, Concern)] == [HARM]

    @pytest.mark.parametrize(
        "event",
        [
            pytest.param(Text(HARM), id="typed where a button is asked for"),
            pytest.param(Edited(HARM), id="edited"),
        ],
    )
    def test_are_raised_when_they_are_no_answer(self, person, database, event):
        person.at_first_question()

        said = person.on(event)

        assert said.startswith("Thank you for telling us.")
        assert [concern.words for concern in all_of(database, Concern)] == [HARM]

    def test_are_raised_from_the_caption_of_a_picture(self, person, database):
        person.at_first_question()

        person.on(Media("photo"), caption=HARM)

        assert [concern.words for concern in all_of(database, Concern)] == [HARM]

    def test_are_raised_before_yes_after_stop_and_after_the_end(self, person, database):
        person.start()
        person.type(f"{HARM} now")
        person.type("yes")
        person.type("stop")
        person.type(f"{HARM} today")
        person.type("yes")
        for _ in range(6):
            person.type("skip")
        person.type(f"{HARM} tonight")

        words = {concern.words for concern in all_of(database, Concern)}
        assert words == {f"{HARM} now", f"{HARM} today", f"{HARM} tonight"}

    def test_are_raised_even_where_there_is_no_chat(self, person, database):
        open_survey(database, read_from_library("early_help_2017"), slug="early-help")

        said = person.type(HARM)

        assert said.startswith("Thank you for telling us.")
        assert [concern.words for concern in all_of(database, Concern)] == [HARM]

    @pytest.mark.parametrize("event", [Text("SOS"), Command("sos"), Text("🆘")])
    def test_that_ask_for_help_are_always_raised(self, person, database, event):
        person.at_first_question()

        person.on(event)

        [concern] = all_of(database, Concern)
        assert concern.category == ASKED_FOR_HELP

    def test_as_an_option_that_says_worried_show_help(self, database, tmp_path):
        open_survey(database, read_from_library("chelseas_choice_2015"))
        person = Chatter(database, settings_for(tmp_path)).at_first_question()
        for _ in range(3):
            person.type("skip")

        said = person.press("Yes")

        [concern] = all_of(database, Concern)
        assert concern.category == SAID_WORRIED
        assert said.startswith("Thank you for telling us.")

    def test_are_not_seen_in_the_number_of_an_option_or_a_command(self, person, database):
        person.at_first_question()

        for typed in ("2", "back", "skip", "/stop", "yes"):
            person.type(typed)

        assert all_of(database, Concern) == []


class TestWordsWhileNothingIsAsked:
    def test_that_may_mean_risk_are_answered_with_help(self, database, tmp_path, caplog):
        said = Chatter(database, settings_for(tmp_path)).type(HARM)

        assert "ring 999" in said
        assert HARM not in caplog.text
        (raised,) = all_of(database, Concern)
        assert (raised.words, raised.consultation_id) == (HARM, None)

    def test_of_another_kind_are_not(self, database, tmp_path):
        assert "ring 999" not in Chatter(database, settings_for(tmp_path)).type("Hello")


class TestAfterTheClose:
    def test_nobody_new_is_let_in(self, person, database):
        person.now = NOON + timedelta(days=8)

        said = person.start(payload="asked")

        assert said.startswith("This has closed now.")
        assert all_of(database, Chat) == []

    def test_whoever_was_only_greeted_is_told(self, person, database):
        person.start()
        person.now = NOON + timedelta(days=8)

        said = person.type("yes")

        assert said.startswith("This has closed now.")
        assert all_of(database, Response) == []

    def test_the_last_words_are_kept_and_do_not_count_of_themselves(self, person, database):
        person.at_first_question()
        person.now = NOON + timedelta(days=8)

        said = person.press("Very good")

        [response] = all_of(database, Response)
        assert "This has closed now." in said
        assert (response.is_late, response.counts) == (True, False)
        assert person.answers["service"].values == ("very_good",)

    def test_help_and_delete_work_as_before(self, person, database):
        person.at_first_question()
        person.now = NOON + timedelta(days=8)

        assert "Childline" in person.type("help")
        person.type("delete")
        person.type("yes")
        assert all_of(database, Response) == []

    def test_an_hour_remains_for_those_who_had_begun(self, person):
        person.at_first_question()
        person.now = NOON + timedelta(days=7, minutes=59)

        assert "Question 2" in person.press("Very good")


class TestSomebodyWhoBlockedUs:
    def test_gets_nothing_until_they_write_again(self, person, database):
        person.at_first_question()

        with database.writing() as session:
            chats.leave(
                session, Channel.TELEGRAM, "b-1", address="42", settings=person.settings, now=NOON
            )

        [participant] = all_of(database, Participant)
        assert participant.blocked_at == NOON
        assert {d.status for d in all_of(database, Delivery)} == {DeliveryStatus.REFUSED}
        person.start()
        [participant] = all_of(database, Participant)
        assert participant.blocked_at is None


class TestATurnThatBroke:
    def test_is_set_aside_with_a_word_and_its_words_are_screened(self, person, database):
        arrival = chats.Arrival(Channel.TELEGRAM, "u-1", "42", Text(HARM))

        with database.writing() as session:
            chats.apologise(session, arrival, person.settings, now=NOON)

        [inbound] = all_of(database, Inbound)
        assert inbound.outcome == "dead letter"
        assert len(all_of(database, Concern)) == 1
        last = all_of(database, Delivery)[-1]
        assert last.body["message"]["text"] == wording.BROKEN


class TestTwoPeople:
    def test_never_see_each_other(self, person, database):
        other = Chatter(database, person.settings, address="43").at_first_question()
        person.at_first_question()

        person.press("Very good")

        assert other.answers == {}
        assert other.on(Tap(person.token("A lot less"))) == wording.STALE

    def test_with_the_same_number_on_two_channels_are_two(self, person, database):
        web = Chatter(database, person.settings, channel=Channel.WEB_CHAT)
        person.start()

        web.on(Start())

        with database.reading() as session:
            assert session.scalar(select(func.count()).select_from(Participant)) == 2
