"""What most tests need: a store, the application on it, and a clock that stands still at noon."""

import os
from datetime import UTC, datetime

import hypothesis
import pytest

from tests import keys, loopback, once
from tests.stores import new_sqlite
from voice.app import create_app
from voice.config import Council, Helpline, Safety, Settings

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
SECRET = "a secret that is long enough for tests alone"
COUNCIL = Council(
    safety=Safety(lead="lead@council.example"),
    name="Test Council",
    own_helplines=(
        Helpline(
            name="First Response", number="01296 383962", serves=("first_response", "out_of_hours")
        ),
    ),
)


once.keep()
loopback.keep()
keys.lay_out()
# Machines are shared: how long an example takes says nothing of whether it holds.
hypothesis.settings.register_profile("shared machine", deadline=None)
hypothesis.settings.load_profile("shared machine")


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture(autouse=True)
def _keys_of_the_tests():
    """Seal with the same keys again after a test that opened a store with others."""
    yield
    keys.lay_again()


@pytest.fixture
def now():
    return NOON


@pytest.fixture
def clock():
    return Clock(NOON)


@pytest.fixture
def settings(tmp_path):
    return Settings(
        home=tmp_path,
        database_url=f"sqlite:///{tmp_path / 'voice.db'}",
        secret_key=SECRET,
        council=COUNCIL,
    )


@pytest.fixture
def database(tmp_path):
    store = new_sqlite(tmp_path)
    yield store
    store.close()


@pytest.fixture
def session(database):
    """A session whose work is thrown away at the end of the test."""
    with database.engine.connect() as connection, connection.begin() as transaction:
        from sqlalchemy.orm import Session

        with Session(connection, expire_on_commit=False) as opened:
            yield opened
        transaction.rollback()


@pytest.fixture
def app(settings, database, clock):
    yield create_app(settings, database, now=clock)
    once.forget()


@pytest.fixture
def client(app):
    return app.test_client()


def pytest_collection_finish():
    """Let go of what reading the tests left behind."""
    once.settle()


def pytest_sessionfinish(session, exitstatus):
    """Turn a skipped test into a failed run where nothing may be skipped."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if os.environ.get("VOICE_NO_SKIPS") == "1" and skipped and exitstatus == 0:
        session.exitstatus = 1
