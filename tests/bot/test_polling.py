"""Polling: the offset moves only after the commit, and trouble is waited out."""

import threading

import pytest
from sqlalchemy import select

from bot.calls import BotApi, BotApiError
from bot.commands import COMMANDS, Introduction
from bot.polling import Poller
from bot.receiving import Receiver
from tests.bot.bot_api import RefusedError
from voice.errors import NotSavedError
from voice.models import Inbound


class Flaky:
    """A receiver whose store is down for the first update or two."""

    def __init__(self, receiver, failures):
        self.receiver, self.failures = receiver, failures

    def take_in(self, raw):
        if self.failures:
            self.failures -= 1
            raise NotSavedError("down")
        return self.receiver.take_in(raw)


@pytest.fixture
def telegram(bot_settings):
    client = BotApi(bot_settings)
    yield client
    client.close()


@pytest.fixture
def polling(telegram, store, bot_settings):
    """Return a function that polls, in a thread, with a receiver that fails so often first."""
    started = []

    def begin(failures=0):
        poller = Poller(telegram, Flaky(Receiver(store, bot_settings), failures))
        thread = threading.Thread(target=poller.run)
        thread.start()
        started.append((poller, thread))

    yield begin
    for poller, thread in started:
        poller.stop()
        thread.join(30)
        assert not thread.is_alive()


def taken(store):
    with store.reading() as session:
        return sorted(session.scalars(select(Inbound.external_id)).all())


class TestPolling:
    def test_takes_updates_in_and_confirms_them_afterwards(self, polling, api, phone, store):
        numbers = [str(phone.type("/start")), str(phone.type("yes"))]

        polling()

        api.wait_until(lambda: offset(api) == int(numbers[-1]) + 1)
        assert taken(store) == numbers
        phone.type("stop")  # ends the poll that is open

    def test_does_not_confirm_what_the_store_did_not_take(self, polling, api, phone, store):
        number = phone.type("/start")

        polling(failures=1)

        api.wait_until(lambda: taken(store) == [str(number)])
        asked = [call.arguments["offset"] for call in api.called("getUpdates")]
        assert asked[:2] == [0, 0]
        phone.type("stop")

    @pytest.mark.parametrize("code", [409, 429, 500, 502])
    def test_waits_trouble_out(self, polling, api, phone, store, code):
        api.failures["getUpdates"] = [RefusedError(code, "Conflict: or other")]
        number = phone.type("/start")

        polling()

        api.wait_until(lambda: taken(store) == [str(number)])
        phone.type("stop")

    def test_ends_when_the_token_is_wrong(self, telegram, store, bot_settings, api):
        api.failures["getUpdates"] = [RefusedError(401, "Unauthorized")]

        with pytest.raises(BotApiError):
            Poller(telegram, Receiver(store, bot_settings)).run()

    def test_answers_a_group_with_a_line_of_which_nothing_is_stored(
        self, polling, api, phone, store
    ):
        group = {"id": -77, "type": "group"}
        api.push(message={"message_id": 1, "chat": group, "from": phone.sender, "text": "/start"})

        polling()

        api.wait_until(lambda: bool(api.chats[-77]))
        assert "only talk in private" in api.chats[-77][0].text
        assert taken(store) == []
        phone.type("stop")


class TestTheIntroduction:
    def test_takes_the_webhook_away_before_polling(self, telegram, bot_settings, api):
        api.webhook = {"url": "http://127.0.0.1:9/", "secret": "x"}

        Introduction(telegram, bot_settings).begin_polling()

        assert api.webhook == {}

    def test_tells_the_webhook_with_its_secret_and_only_what_we_read(
        self, telegram, bot_settings, api
    ):
        Introduction(telegram, bot_settings).begin_webhook()

        [call] = api.called("setWebhook")
        assert call.arguments["secret_token"] == bot_settings.telegram_webhook_secret
        assert "message" in call.arguments["allowed_updates"]
        assert call.arguments["drop_pending_updates"] is False

    def test_lists_the_commands_in_english_and_in_every_other_language(
        self, telegram, bot_settings, api
    ):
        Introduction(telegram, bot_settings).begin_polling()

        said = {
            call.arguments.get("language_code"): call.arguments["commands"]
            for call in api.called("setMyCommands")
        }
        assert {None, "cy", "pl", "ur"} <= set(said)
        assert {"command": "skip", "description": "Leave this question out"} in said[None]
        assert {"command": "skip", "description": "Pomiń to pytanie"} in said["pl"]
        for language, commands in said.items():
            assert [each["command"] for each in commands] == [name for name, _ in COMMANDS], (
                language
            )
            words = [each["description"] for each in commands]
            assert language is None or not set(words) & {says for _, says in COMMANDS}

    def test_knows_its_own_name(self, telegram, bot_settings):
        assert Introduction(telegram, bot_settings).find_name() == "voice_bot"


def offset(api):
    calls = api.called("getUpdates")
    return calls[-1].arguments["offset"] if calls else 0
