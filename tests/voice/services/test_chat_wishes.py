"""Whether we may write first: asked once, at rest, where a plan would; heard at any time after."""

import pytest
from sqlalchemy import func, select, update

from surveys.definition import read_from_library
from surveys.turns import Tap
from tests.voice.services.chatting import NOON, Chatter
from tests.voice.services.timed import DAY, NO, YES, Timed, at
from voice.models import (
    Channel,
    ChatInvitation,
    ChatTimer,
    ChatWish,
    Delivery,
    DeliveryStatus,
    Participant,
    TimerKind,
)
from voice.services import participants, web_chats, web_written
from voice.services.web_chats import Browser

BREAK = "Need a break?"
ASKED = "May we write to you here before this closes?"
LATER = "May we write to you here in three months?"
THANKS = "We will write to you here."
NOT_FIRST = "We will not write to you first."
OURS = "You said we may write"


@pytest.fixture
def timed(database, tmp_path):
    return Timed(database, tmp_path)


def text_of(page):
    return "\n".join(message.text for message in page.messages)


def said(person):
    return "\n\n".join(message.text for message in person.received.messages)


class TestWhetherWeMayWrite:
    def test_is_asked_of_who_stops_on_the_way(self, timed):
        timed.plan()

        assert ASKED in said(timed.stopped())

    @pytest.mark.parametrize("no", ["nie", "na", "nahi", "نہیں", "nope", "2"])
    def test_is_told_no_in_any_language_of_ours(self, timed, no):
        timed.plan()

        assert NOT_FIRST in timed.stopped().type(no)

    @pytest.mark.parametrize("yes", ["tak", "ie", "ji"])
    def test_is_told_yes_in_the_surveys_language_alone(self, timed, yes):
        timed.plan()

        assert THANKS not in timed.stopped().type(yes)

    def test_is_asked_of_nobody_where_nothing_is_planned(self, timed):
        assert "May we write" not in said(timed.stopped())

    def test_is_asked_of_nobody_to_whom_no_message_could_come(self, timed):
        timed.plan(TimerKind.CLOCK)

        assert "May we write" not in said(timed.stopped())

    def test_is_asked_for_later_of_who_has_finished(self, timed):
        timed.plan(TimerKind.THREE_MONTHS_ON)

        assert LATER in said(timed.finished())

    def test_is_not_asked_of_who_said_no_to_the_whole(self, timed):
        timed.plan()
        person = Chatter(timed.database, timed.settings)
        person.start("asked")

        assert "May we write" not in person.type("no")

    def test_is_asked_once(self, timed):
        timed.plan()
        person = timed.stopped()
        person.press(NO)
        person.type("carry on")

        assert "May we write" not in person.type("/stop")

    @pytest.mark.parametrize("words", ["yes", "ok", "1", "Write to me", "WRITE TO ME!"])
    def test_is_granted_by_words_too(self, timed, words):
        timed.plan()

        assert THANKS in timed.stopped().type(words)
        assert timed.outcomes == ["waits"]

    def test_is_granted_again_after_no_more_messages(self, timed):
        timed.plan()
        person = timed.stopped()
        person.press(YES)
        person.type("No more messages")
        assert timed.outcomes == ["no_more"]

        assert THANKS in person.press(YES)
        assert timed.outcomes == ["waits"]
        assert len(timed.looks(at((NOON + 3 * DAY).date()))) == 1

    @pytest.mark.parametrize("words", ["no", "2", "Do not write"])
    def test_is_refused_by_words_too(self, timed, words):
        timed.plan()

        assert NOT_FIRST in timed.stopped().type(words)
        assert timed.outcomes == []

    @pytest.mark.parametrize(
        ("channel", "words"),
        [(Channel.TELEGRAM, "Send stop."), (Channel.WEB_CHAT, "Send stop."),
         (Channel.SMS, "Send quit.")],
    )  # fmt: skip
    def test_can_be_come_to_by_whoever_breaks_off_and_is_told_so_once(self, timed, channel, words):
        timed.plan()
        person = timed.chatter(channel=channel)

        first, second = person.type("1"), person.type("1")
        assert f"{BREAK} {words} We then ask if we may write to you later." in first
        assert first.index(BREAK) < first.index("Question 2 of 5")
        assert BREAK not in second
        assert ASKED[:20] in person.type(words.split()[1].removesuffix("."))

    def test_is_not_spoken_of_where_no_plan_would_write(self, timed):
        assert BREAK not in timed.chatter().type("1")
        timed.plan(TimerKind.CLOCK)
        assert BREAK not in timed.chatter(address="43").type("1")  # nobody's clock

    @pytest.mark.parametrize(
        ("language", "words"), [("Cymraeg", "Angen seibiant? Anfonwch stop."),
                                ("Polski", "Potrzebujesz przerwy? Wyślij stop."),
                                ("اردو", "وقفہ چاہیے؟ stop بھیجیں")],
    )  # fmt: skip
    def test_is_spoken_of_in_their_own_language(self, database, tmp_path, language, words):
        timed = Timed(database, tmp_path, read_from_library("chelseas_choice_2015"))
        timed.plan()
        person = timed.chatter()
        person.type("/ways")
        person.press(language)

        assert words in person.type("1")

    def test_is_granted_in_their_own_language(self, database, tmp_path):
        timed = Timed(database, tmp_path, read_from_library("chelseas_choice_2015"))
        timed.plan()
        person = timed.chatter()
        person.type("/ways")
        person.press("Cymraeg")
        person.type("1")

        assert "Gawn ni ysgrifennu" in person.type("/stop")
        assert "Byddwn yn ysgrifennu" in person.type("Ysgrifennwch ataf")

    def test_is_not_granted_by_a_yes_to_something_else(self, timed):
        timed.plan()
        person = timed.stopped()
        person.press(NO)

        assert "Question 2 of 5" in person.type("yes")

    @pytest.mark.parametrize("first", ["help", "what?"])
    def test_is_not_granted_by_a_yes_after_something_else(self, timed, first):
        timed.plan()
        person = timed.stopped()
        person.type(first)

        assert "Question 2 of 5" in person.type("1")
        assert timed.outcomes == []

    def test_leaves_the_way_back_where_it_was(self, timed):
        timed.plan()
        person = timed.stopped()

        assert "Question 2 of 5" in person.press("Carry on")

    def test_can_be_granted_after_a_refusal_and_taken_back(self, timed):
        timed.plan()
        person = timed.stopped()
        person.press(NO)
        person.press(YES)
        assert timed.outcomes == ["waits"]

        assert NOT_FIRST in person.press(NO)
        assert timed.outcomes == ["no_more"]


class TestNoMore:
    @pytest.mark.parametrize("words", ["stop", "No more messages", "/stop"])
    def test_ends_all_of_it(self, timed, words):
        timed.plan()
        person = timed.stopped()
        person.press(YES)

        assert NOT_FIRST in person.type(words)
        assert timed.outcomes == ["no_more"]

    def test_is_heard_from_a_message_however_old(self, timed, database):
        timed.plan()
        timed.plan(day=(NOON + 9 * DAY).date())
        person = timed.stopped()
        person.press(YES)
        (message,) = timed.looks(at((NOON + 3 * DAY).date()))
        with database.writing() as session:
            session.execute(update(Delivery).values(status=DeliveryStatus.SENT))
        person.type("carry on")

        no_more = next(row[0] for row in message.rows if row[0].label == "No more messages")
        person.on(Tap(no_more.token))

        assert timed.outcomes == ["sent", "no_more"]

    def test_when_finished_says_so_as_ever(self, timed):
        timed.plan(TimerKind.THREE_MONTHS_ON)
        person = timed.finished()
        person.press(YES)

        assert "We will send you nothing more." in person.type("stop")
        assert timed.outcomes == ["no_more"]

    def test_by_text_ends_all_of_it(self, timed, database):
        from voice.services import chats
        from voice.services.chat_arrivals import Arrival

        timed.plan()
        person = timed.stopped(channel=Channel.SMS)
        person.type("yes")
        with database.writing() as session:
            arrival = Arrival(Channel.SMS, "stop", person.address, Tap("stop"))
            chats.stop(session, arrival, timed.settings, now=NOON)

        assert timed.outcomes == ["no_more"]

    def test_follows_a_block(self, timed, database):
        from voice.services import chats

        timed.plan()
        person = timed.stopped()
        person.press(YES)
        with database.writing() as session:
            chats.leave(
                session, Channel.TELEGRAM, "gone",
                address=person.address, settings=timed.settings, now=NOON,
            )  # fmt: skip

        assert timed.outcomes == ["unreachable"]

    def test_leaves_nothing_behind_when_all_is_deleted(self, timed, database):
        timed.plan()
        person = timed.stopped(payload=timed.invite())
        person.press(YES)
        person.type("delete")
        person.type("yes")

        with database.reading() as session:
            for kind in (ChatTimer, ChatWish, ChatInvitation):
                assert session.scalar(select(func.count()).select_from(kind)) == 0

    def test_is_heard_for_every_chat_when_one_is_deleted(self, timed, database):
        timed.plan(TimerKind.THREE_MONTHS_ON)
        person = timed.finished()
        person.press(YES)
        person.start("asked-again")
        person.type("yes")
        person.type("delete")
        person.type("yes")

        assert timed.outcomes == ["no_more"]
        with database.reading() as session:
            assert session.scalar(select(Participant.address_sealed)) is None


class TestTheirAddress:
    @pytest.fixture
    def kept(self, timed, database):
        def kept(moment):
            with database.writing() as session:
                participants.sweep_addresses(session, now=moment)
            with database.reading() as session:
                return session.scalar(select(Participant.address_sealed)) is not None

        return kept

    def test_is_kept_after_the_end_until_the_message_was_sent(self, timed, kept):
        timed.plan(TimerKind.THREE_MONTHS_ON)
        timed.finished().press(YES)
        assert kept(NOON + 91 * DAY)

        timed.looks(at((NOON + 92 * DAY).date()))
        assert not kept(NOON + 140 * DAY)

    def test_is_not_kept_for_who_did_not_ask(self, timed, kept):
        timed.plan(TimerKind.THREE_MONTHS_ON)
        timed.finished().press(NO)

        assert not kept(NOON + DAY)


class TestInTheWebChat:
    @pytest.fixture
    def person(self, timed):
        timed.plan()
        return timed.stopped(channel=Channel.WEB_CHAT)

    @pytest.fixture
    def page(self, timed, database):
        def page(person, now=NOON + 3 * DAY):
            browser = Browser(person.slug, person.address)
            with database.writing() as session:
                view = web_chats.view_for(session, timed.settings, browser, now=now)
                web_written.note_seen(session, timed.settings, view.unseen, now=now)
            return view

        return page

    def test_it_is_said_that_a_message_waits_there(self, person):
        assert "You will see it when you come back." in said(person)
        assert "We will write here." in person.press(YES)

    def test_the_page_shows_buttons_that_answer(self, person, page):
        labels = [each.label for row in page(person).messages[-1].rows for each in row]

        assert labels == ["Write to me", "Do not write", "Carry on", "Get help now"]

    def test_it_waits_on_the_page_and_is_sent_nowhere(self, timed, person, page, database):
        person.press(YES)
        timed.looks(at((NOON + 3 * DAY).date()))

        assert page(person).messages[0].text.startswith("You said we may write.")
        with database.reading() as session:
            assert session.scalars(select(Delivery.status)).unique().all() == ["sent"]

    def test_it_is_gone_from_the_page_once_it_is_called_off_unseen(self, timed, person, page):
        person.press(YES)
        timed.looks(at((NOON + 3 * DAY).date()))
        timed.call_off()

        assert OURS not in text_of(page(person))
        assert timed.outcomes == ["called_off"]

    def test_it_stays_where_it_was_seen_before_it_was_called_off(self, timed, person, page):
        person.press(YES)
        timed.looks(at((NOON + 3 * DAY).date()))
        page(person)
        timed.call_off()

        assert OURS in text_of(page(person))
        assert timed.outcomes == ["sent"]

    def test_it_is_not_shown_first_once_all_is_closed(self, timed, person, page):
        person.press(YES)
        timed.looks(at((NOON + 3 * DAY).date()))

        assert OURS not in text_of(page(person, now=NOON + 80 * DAY))
        assert OURS not in text_of(page(person))  # it was taken away

    def test_it_goes_from_the_page_once_they_carry_on(self, timed, person, page):
        person.press(YES)
        timed.looks(at((NOON + 3 * DAY).date()))
        person.type("carry on")

        assert OURS not in text_of(page(person))
