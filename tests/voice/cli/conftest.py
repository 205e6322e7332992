"""Commands run as people run them, on a data folder of their own."""

import pytest
from click.testing import CliRunner

from tests.stores import new_sqlite
from voice.__main__ import main


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICE_HOME", str(tmp_path))
    for name in ("VOICE_SECRET_KEY", "VOICE_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def store(home):
    database = new_sqlite(home)
    yield database
    database.close()


@pytest.fixture
def voice(home):
    """Run `voice` with these words; return its result."""

    def run(*words, **how):
        return CliRunner().invoke(main, list(words), **how)

    return run
