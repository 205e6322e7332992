"""A bot that answers at once, so that a row's conversation takes no longer than its words."""

import threading

import pytest
from sqlalchemy import select

from bot.calls import BotApi
from bot.outbox import Outbox
from bot.pace import Pace
from bot.polling import Poller
from bot.receiving import Receiver
from bot.sender import Sender
from tests.bot.conftest import api, bot_settings, phone, store
from tests.journeys.conftest import browser
from tests.voice.web.conftest import browse, clerk, sent

__all__ = ["api", "bot_settings", "browse", "browser", "clerk", "phone", "sent", "store"]


@pytest.fixture
def quick_bot(api, bot_settings, store):
    """The bot's own parts, in threads of this process, at no pace but their own."""
    sender = Sender(Outbox(store, bot_settings), api.token, api.url, pace=Pace(chat_seconds=0.0))
    calls = BotApi(bot_settings)
    poller = Poller(calls, Receiver(store, bot_settings, sender.wake))
    threads = [threading.Thread(target=each.run) for each in (sender, poller)]
    for thread in threads:
        thread.start()
    yield
    poller.stop()
    sender.stop()
    api.push(message={})  # ends the question for updates that is open
    for thread in threads:
        thread.join()
    calls.close()


@pytest.fixture
def stored(database):
    """Return a function that gives everything of a kind in the store."""

    def stored(kind):
        with database.reading() as session:
            return list(session.scalars(select(kind)))

    return stored
