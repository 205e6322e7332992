"""A gateway on loopback, a store with one survey open, and somebody who texts."""

import shutil
from dataclasses import replace

import httpx
import pytest

from bot.outbox import Outbox
from bot.sms.gateways import gateway_for
from bot.sms.sender import TextSender
from bot.sms.webhook import SmsWebhook
from tests.bot.running import prepare, settings_in
from tests.bot.sms.stand_ins import NOTIFY_KEY, TEMPLATE, GatewayStandIn, NotifyStandIn
from tests.bot.sms.texting import Texter
from voice.database import Database


@pytest.fixture
def notify():
    with NotifyStandIn() as server:
        yield server


@pytest.fixture
def gateway():
    with GatewayStandIn() as server:
        yield server


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """A store with one survey open, made once and copied for each test."""
    home = tmp_path_factory.mktemp("prepared")
    prepare(home).close()
    return home / "voice.db"


@pytest.fixture
def store(tmp_path, prepared):
    shutil.copy(prepared, tmp_path)
    database = Database(f"sqlite:///{tmp_path / 'voice.db'}")
    yield database
    database.close()


@pytest.fixture
def by_notify(tmp_path, notify):
    return settings_in(
        tmp_path,
        notify_api=notify.url,
        notify_key=NOTIFY_KEY,
        notify_template=TEMPLATE,
        notify_token="what Notify shows us",
    )


@pytest.fixture
def by_gateway(by_notify, gateway):
    return replace(
        by_notify, notify_key="", sms_gateway=f"{gateway.url}/send", sms_secret=gateway.secret
    )


@pytest.fixture
def client():
    with httpx.Client(timeout=5) as opened:
        yield opened


@pytest.fixture
def sender(store, by_notify, client):
    return TextSender(Outbox(store, by_notify), gateway_for(by_notify, client))


@pytest.fixture
def texter(store, by_notify, sender, notify):
    """Somebody with an old phone, by Notify; each text is answered before the next is sent."""
    return Texter(SmsWebhook(store, by_notify), by_notify.notify_token, sender, notify)
