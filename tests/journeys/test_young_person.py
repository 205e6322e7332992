"""A young person answers on Telegram, from the first message to hearing what was done."""

import pytest
from sqlalchemy import select

from surveys.definition import read_from_library
from surveys.turns import Message
from tests.bot.bot_api import BotApiServer
from tests.bot.phone import Phone
from tests.bot.running import (
    WEBHOOK_SECRET,
    RunningBot,
    free_port,
    prepare,
    wait_for_webhook,
)
from voice.clock import current_time
from voice.models import AnswerRow, Channel, Concern, Consultation, Response
from voice.services import deliveries


@pytest.fixture
def store(tmp_path):
    database = prepare(tmp_path, read_from_library("chelseas_choice_2015"))
    yield database
    database.close()


@pytest.fixture
def api():
    with BotApiServer() as server:
        yield server


@pytest.fixture(params=["polling", "webhook"])
def bot(request, tmp_path, api, store):
    port = free_port()
    running = RunningBot(
        tmp_path,
        api.url,
        api.token,
        VOICE_TELEGRAM_WEBHOOK_URL=f"http://127.0.0.1:{port}/telegram",
        VOICE_TELEGRAM_WEBHOOK_SECRET=WEBHOOK_SECRET,
        VOICE_TELEGRAM_PORT=str(port),
    )

    def start():
        running.start("--mode", request.param)
        if request.param == "webhook":
            wait_for_webhook(port)

    start()
    yield running, start
    running.kill()


@pytest.mark.slow
def test_a_young_person_answers_is_helped_comes_back_and_hears_what_was_done(bot, api, store):
    running, start = bot
    phone = Phone(api)
    begins(phone)

    # The telephone rings; the service is killed; a day later they come back.
    running.kill()
    start()
    goes_on(phone, api)

    # Months later something is published, and somebody presses the button twice.
    tell(store)
    tell(store)
    phone.reads("You said: it helped")
    assert sum("You said: it helped" in sent.text for sent in phone.screen) == 1
    check_what_is_kept(store)


def begins(phone):
    phone.come_in("chelseas-choice-2015")
    phone.press("Yes, let’s start")
    phone.reads("Question 1 of up to 6")
    phone.press("Yes")
    phone.reads("Question 2 of")
    assert phone.screen[-2].text.endswith("You said: Yes")
    assert phone.screen[-2].buttons == []


def goes_on(phone, api):
    phone.type("/start")
    phone.reads("How helpful was the play?")
    phone.type("very helpful")
    phone.reads("Question 3 of")

    # Several choices are ticked in place, by their numbers where their words are written out.
    phone.press("1")
    api.wait_until(lambda: "✅ 1" in str(phone.screen[-1].buttons))
    phone.press("Done")
    phone.reads("Are you worried about yourself or a friend?")
    phone.press("Yes")
    phone.reads("Do you know where to go for help?")
    assert "Childline: 0800 1111" in phone.screen[-2].text
    phone.press("Skip")
    phone.reads("What will you remember")
    phone.type("Block people I don’t know 🙅")
    phone.reads("Shall we tell you")
    phone.press("Yes, tell me")
    phone.reads("Your reference is")


def check_what_is_kept(store):
    with store.reading() as session:
        [response] = session.scalars(select(Response)).all()
        rows = session.scalars(select(AnswerRow)).all()
        raised = session.scalars(select(Concern.category)).all()
    assert (response.channel, response.submitted_at is not None) == (Channel.TELEGRAM, True)
    assert {row.question: row.values for row in rows} == {
        "attitude": ["yes"],
        "helpful": ["very"],
        "will_do": ["respect"],
        "worried": ["yes"],
        "knows_help": [],
        "remember": ["Block people I don’t know 🙅"],
    }
    assert raised.count("said_worried") == 1


def tell(store):
    with store.writing() as session:
        consultation = session.scalars(select(Consultation)).one()
        message = Message("You said: it helped. We did: it comes to every school.")
        deliveries.queue_broadcast(
            session,
            consultation,
            lambda _: message,
            cause="outcome:1",
            now=current_time(),
            hours=(0, 24),  # whatever the hour is
        )
