"""A bot killed without warning goes on at the same question (REL-4): none lost, none doubled."""

import random
import time

import pytest
from sqlalchemy import func, select

from tests.bot.running import wait_for_webhook
from voice.models import AnswerRow, Concern, Inbound, Response

# What is done, and what must then be on the screen.
STEPS = (
    ("type", "/start", "how old are you"),
    ("press", "16 or over", "Is that OK?"),
    ("press", "Yes, let’s start", "Question 1 of 5"),
    ("press", "Good most of the time", "Question 2 of 5"),
    ("press", "Skip", "Question 3 of 5"),
    ("press", "Always", "Question 4 of 5"),
    ("type", "My worker listens", "Question 5 of 5"),
    ("type", "I want to kill myself", "Shall we tell you"),
    ("press", "Yes, tell me", "Your reference is"),
)
STORED = {
    "service": ["good_mostly"],
    "offending": [],
    "listened": ["always"],
    "best": ["My worker listens"],
    "change": ["I want to kill myself"],
}


@pytest.fixture(params=["polling", "webhook"])
def bot(request):
    """The bot in each of its modes, with the arguments that start it."""
    running = request.getfixturevalue(f"{request.param}_bot")
    return running, request.param


def start(bot, api):
    running, mode = bot
    running.start("--mode", mode)
    if mode == "webhook":
        wait_for_webhook(int(running.environment["VOICE_TELEGRAM_PORT"]))


def stored(store):
    with store.reading() as session:
        rows = session.scalars(select(AnswerRow)).all()
        return {row.question: row.values for row in rows}


def count(store, table):
    with store.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def move(phone, how, words):
    return phone.type(words) if how == "type" else phone.press(words)


class TestKilledAfterEachStep:
    def test_goes_on_at_the_next_question(self, bot, api, phone, store):
        running, _ = bot
        for how, words, then in STEPS:
            start(bot, api)
            move(phone, how, words)
            phone.reads(then)
            running.kill()

        assert stored(store) == STORED
        assert (count(store, Response), count(store, Concern)) == (1, 1)


class TestKilledInTheMiddleOfEachStep:
    def test_loses_nothing_that_was_acknowledged_and_doubles_nothing(self, bot, api, phone, store):
        running, mode = bot
        chance = random.Random(mode)
        updates = []
        start(bot, api)
        for how, words, then in STEPS:
            updates.append(str(move(phone, how, words)))
            time.sleep(chance.random() * 0.05)
            running.kill()
            start(bot, api)
            phone.reads(then)

        with store.reading() as session:
            taken = session.scalars(select(Inbound.external_id)).all()
        assert sorted(taken) == sorted(updates)
        assert stored(store) == STORED
        assert (count(store, Response), count(store, Concern)) == (1, 1)


class TestWrittenToWhileItWasDown:
    def test_answers_when_it_is_back(self, bot, api, phone, store):
        running, _ = bot
        start(bot, api)
        phone.come_in()
        running.kill()

        phone.type("yes")
        start(bot, api)

        phone.reads("Question 1 of 5")


class TestAskedToEnd:
    def test_ends_at_once_and_cleanly(self, bot, api, phone, store):
        running, _ = bot
        start(bot, api)
        phone.come_in()

        assert running.stop() == 0
        assert "Traceback" not in running.output.read_text()
