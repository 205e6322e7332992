"""`voice vectors` reads what waits, says how many, and what to do when a cluster is not there."""

import pytest
from click.testing import CliRunner

from tests.factories import make_consultation, make_response
from voice.cli import vectors as command
from voice.cli.vectors import vectors
from voice.database import Database, migrate


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A store with one answer that nobody has read."""
    url = f"sqlite:///{tmp_path / 'voice.db'}"
    monkeypatch.setenv("VOICE_DATABASE_URL", url)
    monkeypatch.setenv("VOICE_HOME", str(tmp_path))
    store = Database(url)
    migrate(store)
    with store.writing() as session:
        make_response(session, make_consultation(session), important="The bus is late")
    store.close()
    return tmp_path


def test_reads_what_waits_once(home):
    first, second = (CliRunner().invoke(vectors) for _ in range(2))

    assert "1 answer read." in first.output
    assert "0 answers read." in second.output


def test_says_what_to_do_when_the_cluster_does_not_answer(home, monkeypatch):
    def fail(_texts, *, address):
        raise OSError(address)

    monkeypatch.setattr(command, "encode_on_cluster", fail)

    result = CliRunner().invoke(vectors, ["--cluster", "tcp://127.0.0.1:1"])

    assert result.exit_code == 1
    assert "The cluster does not answer" in result.output


def test_says_when_the_encoder_is_missing(home, monkeypatch):
    monkeypatch.setattr(command, "find_encoder", lambda: None)

    result = CliRunner().invoke(vectors)

    assert result.exit_code == 1
    assert "by words alone" in result.output
