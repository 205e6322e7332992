"""The sender, against a Bot API that refuses, delays and loses."""

import threading
import time

import pytest
from sqlalchemy import select

from bot.outbox import Outbox
from bot.pace import CHAT_BURST, Pace
from bot.sender import Sender
from surveys.turns import Button, Message, Style
from tests.bot.bot_api import NO_ANSWER, RefusedError
from voice.clock import current_time
from voice.models import (
    Channel,
    Delivery,
    DeliveryKind,
    DeliveryStatus,
    Participant,
)
from voice.services import deliveries
from voice.services.deliveries import Envelope, Reply
from voice.services.sealing import seal

ROWS = ((Button("Yes", "s.1.-yes"),),)


class Post:
    """Puts messages in the outbox for people that it makes up."""

    def __init__(self, store, settings):
        self.store, self.settings = store, settings
        self.people = {}

    def say(self, chat, words, *, kind=DeliveryKind.REPLY, style=Style.SAY, edit=None, tap=None):
        with self.store.writing() as session:
            person = self.people.get(chat) or Participant(
                channel=Channel.TELEGRAM, address_hash=str(chat), created_at=current_time()
            )
            session.add(person)
            session.flush()
            self.people[chat] = person
            envelope = Envelope(seal(self.settings.secret_key, str(chat)), edit, tap)
            reply = Reply(Message(words, ROWS, style), envelope, f"{chat}:{words}")
            deliveries.queue_replies(session, person, [reply], now=current_time())
            written = select(Delivery).where(Delivery.reference == reply.reference)
            delivery = session.scalar(written)
            delivery.kind = kind
            return delivery.id

    def status(self, delivery_id):
        with self.store.reading() as session:
            return session.get(Delivery, delivery_id).status


@pytest.fixture
def post(store, bot_settings):
    return Post(store, bot_settings)


@pytest.fixture
def sending(store, bot_settings, api):
    """A sender at work in a thread of its own; give it time by waiting for what it does."""
    sender = Sender(
        Outbox(store, bot_settings), bot_settings.telegram_token, api.url, answer_seconds=1.5
    )
    thread = threading.Thread(target=sender.run)
    yield lambda: thread.start() or sender
    sender.stop()
    thread.join(60)
    assert not thread.is_alive()


def texts(api, chat):
    return [sent.text for sent in api.chats[chat]]


class TestSending:
    def test_keeps_each_persons_order(self, post, sending, api):
        for chat in (1, 2):
            for words in ("one", "two", "three"):
                post.say(chat, words)

        sending()

        api.wait_until(lambda: all(len(api.chats[chat]) == 3 for chat in (1, 2)))
        assert [texts(api, 1), texts(api, 2)] == [["one", "two", "three"]] * 2

    def test_marks_it_sent_and_keeps_no_words(self, post, sending, api, store):
        sent = post.say(1, "one")

        sending()

        wait_for(lambda: post.status(sent) is DeliveryStatus.SENT)
        with store.reading() as session:
            assert session.get(Delivery, sent).body == {}

    def test_changes_the_message_whose_button_was_pressed(self, post, sending, api):
        post.say(1, "before")
        sender = sending()
        api.wait_until(lambda: texts(api, 1) == ["before"])

        post.say(1, "after", style=Style.EDIT, edit=api.chats[1][0].message_id)
        sender.wake()

        api.wait_until(lambda: texts(api, 1) == ["after"])
        assert api.chats[1][0].buttons

    def test_sends_anew_when_the_message_to_change_is_gone(self, post, sending, api):
        post.say(1, "after", style=Style.EDIT, edit=12345)

        sending()

        api.wait_until(lambda: texts(api, 1) == ["after"])

    def test_does_not_mind_a_press_that_is_too_old_to_answer(self, post, sending, api):
        post.say(1, "next", tap="long-gone")

        sending()

        api.wait_until(lambda: texts(api, 1) == ["next"])


class TestTrouble:
    """REL-13."""

    def test_429_is_obeyed_to_the_second_and_order_kept(self, post, sending, api):
        api.failures["sendMessage"] = [
            RefusedError(429, "Too Many Requests: retry after 1", retry_after=1)
        ]
        post.say(1, "one")
        post.say(1, "two")

        sending()

        api.wait_until(lambda: len(api.chats[1]) == 2)
        first, second = api.called("sendMessage")[:2]
        assert second.at - first.at >= 1
        assert texts(api, 1) == ["one", "two"]

    @pytest.mark.parametrize("code", [500, 502])
    def test_an_error_on_their_side_is_tried_again_and_order_kept(self, post, sending, api, code):
        api.failures["sendMessage"] = [RefusedError(code, "Internal Server Error")]
        post.say(1, "one")
        post.say(1, "two")

        sending()

        api.wait_until(lambda: texts(api, 1) == ["one", "two"])

    def test_a_block_is_remembered_and_the_rest_not_sent(self, post, sending, api, store):
        api.blocked.add(1)
        refused = post.say(1, "one")
        post.say(1, "two")
        post.say(2, "other")

        sending()

        api.wait_until(lambda: texts(api, 2) == ["other"])
        wait_for(lambda: post.status(refused) is DeliveryStatus.REFUSED)
        with store.reading() as session:
            person = session.get(Participant, post.people[1].id)
            theirs = select(Delivery.status).where(Delivery.participant_id == person.id)
            statuses = session.scalars(theirs).all()
        assert person.blocked_at is not None
        assert statuses == [DeliveryStatus.REFUSED] * 2

    def test_a_message_that_telegram_will_not_have_stops_nobody(self, post, sending, api):
        api.failures["sendMessage"] = [RefusedError(400, "Bad Request: chat not found")]
        post.say(1, "one")
        post.say(1, "two")

        sending()

        api.wait_until(lambda: texts(api, 1) == ["two"])

    def test_an_answer_that_never_comes_sends_a_question_again_and_news_never(
        self, post, sending, api
    ):
        api.failures["sendMessage"] = [NO_ANSWER, NO_ANSWER]
        post.say(1, "question")
        news = post.say(2, "news", kind=DeliveryKind.BROADCAST)

        sending()

        api.wait_until(lambda: len(api.chats[1]) == 2)
        wait_for(lambda: post.status(news) is DeliveryStatus.UNCERTAIN)
        assert texts(api, 2) == ["news"]

    def test_a_wrong_token_ends_it_with_a_word(self, store, bot_settings, api):
        sender = Sender(Outbox(store, bot_settings), "999:wrong", api.url)

        sender.run()

        assert sender.is_token_wrong


class TestThePace:
    def test_lets_a_few_through_and_then_one_a_second_to_a_chat(self):
        pace = Pace()

        moments = [pace.reserve_in_chat(1, 100.0) for _ in range(CHAT_BURST + 2)]

        assert moments == [100.0] * CHAT_BURST + [101.0, 102.0]

    def test_lets_a_few_through_again_after_a_rest(self):
        pace = Pace()
        for _ in range(CHAT_BURST):
            pace.reserve_in_chat(1, 100.0)

        moments = [pace.reserve_in_chat(1, 110.0) for _ in range(CHAT_BURST)]

        assert moments == [110.0] * CHAT_BURST

    def test_is_30_a_second_to_everybody(self):
        pace = Pace()

        moments = [pace.reserve_in_all(100.0) for _ in range(31)]

        assert moments[-1] == pytest.approx(101.0)

    def test_makes_good_what_it_was_late_by_and_no_more_than_a_moment(self):
        pace = Pace()
        pace.reserve_in_all(100.0)

        late = [pace.reserve_in_all(100.2) for _ in range(7)]
        rested = [pace.reserve_in_all(200.0) for _ in range(2)]

        assert late[:5] == [100.2] * 5
        assert late[6] == pytest.approx(100.0 + 7 / 30)
        assert rested == [200.0, pytest.approx(200.0 + 1 / 30)]

    def test_stands_still_as_long_as_telegram_asks(self):
        pace = Pace()

        pace.pause(105.0)

        assert pace.reserve_in_all(100.0) == 105.0

    def test_holds_back_no_other_chat(self):
        pace = Pace()
        for _ in range(10):
            pace.reserve_in_chat(1, 100.0)

        assert pace.reserve_in_chat(2, 100.0) == 100.0


def test_a_reply_overtakes_a_broadcast_to_many(post, sending, api):
    for chat in range(100, 160):
        post.say(chat, "news", kind=DeliveryKind.BROADCAST)
    sender = sending()
    api.wait_until(lambda: len(api.called("sendMessage")) > 5)

    post.say(1, "reply")
    sender.wake()

    api.wait_until(lambda: texts(api, 1) == ["reply"])
    assert len(api.called("sendMessage")) < 61  # some of the sixty still wait behind it


def wait_for(is_true, *, seconds=40):
    until = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < until
        time.sleep(0.02)
