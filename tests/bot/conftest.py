"""A Bot API on loopback, a store with one survey open, and a person with a phone."""

import pytest

from tests.bot.bot_api import BotApiServer
from tests.bot.forked import ForkedBot
from tests.bot.phone import Phone
from tests.bot.running import WEBHOOK_SECRET as SECRET
from tests.bot.running import free_port, prepare, settings_in


@pytest.fixture
def api():
    with BotApiServer() as server:
        yield server


@pytest.fixture
def phone(api):
    return Phone(api)


@pytest.fixture
def store(tmp_path):
    database = prepare(tmp_path)
    yield database
    database.close()


@pytest.fixture
def bot_settings(tmp_path, api):
    return settings_in(
        tmp_path,
        telegram_token=api.token,
        telegram_api=api.url,
        telegram_webhook_secret=SECRET,
    )


@pytest.fixture
def polling_bot(tmp_path, api, store):
    """A bot that polls; start it, kill it, start it again."""
    bot = ForkedBot(tmp_path, api.url, api.token)
    yield bot
    bot.kill()


@pytest.fixture
def webhook_bot(tmp_path, api, store):
    """A bot that listens on a port of its own."""
    port = free_port()
    bot = ForkedBot(
        tmp_path,
        api.url,
        api.token,
        VOICE_TELEGRAM_WEBHOOK_URL=f"http://127.0.0.1:{port}/telegram",
        VOICE_TELEGRAM_WEBHOOK_SECRET=SECRET,
        VOICE_TELEGRAM_PORT=str(port),
    )
    yield bot
    bot.kill()
