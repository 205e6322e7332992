"""`voice keys`: what an administrator of the machine sees and changes of the keys (PRI-11)."""

import shutil

import pytest
from sqlalchemy.exc import DBAPIError

from tests import keys as test_keys
from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from voice.models import AnswerRow
from voice.sealed import Keys, keys_in_use, use

WORDS = "The bus never comes after six"


@pytest.fixture
def own(home, store, monkeypatch):
    """The file of the keys of a service whose store holds an answer."""
    path = home / "sealing.keys"
    shutil.copy(test_keys.PATH, path)
    monkeypatch.setenv("VOICE_SEALING_KEYS", str(path))
    with store.writing() as session:
        make_response(session, make_consultation(session), important=WORDS)
    return path


@pytest.fixture
def late(own, store, monkeypatch):
    """Somebody who goes on sealing with the old key while the rotation waits `late.times`."""

    class Late:
        times = 0

    late, old = Late(), Keys(own)
    old._look_at = float("inf")

    def answer(_seconds):
        if late.times:
            slug = f"late-{late.times}"
            late.times -= 1
            ours = keys_in_use()
            use(old)
            with store.writing() as session:
                make_response(session, make_consultation(session, slug=slug), important=WORDS)
            use(ours)

    monkeypatch.setattr("voice.cli.keys.sleep", answer)
    return late


def test_rotating_seals_everything_anew_and_says_so(voice, own, late, store):
    before = own.read_text().splitlines()

    said = voice("keys", "rotate").stdout

    assert own.read_text().splitlines()[:-1] == before
    assert f"values are sealed anew with key {Keys(own).current.id}" in said
    with store.reading() as session:
        assert session.query(AnswerRow).one().values == [WORDS]
    listed = voice("keys", "list").stdout
    assert "seals 0 values" in listed
    assert listed.splitlines()[-1].endswith("seals now")


def test_rotating_seals_what_another_part_sealed_meanwhile(voice, own, late):
    late.times = 1

    assert voice("keys", "rotate").exit_code == 0
    assert late.times == 0
    assert "seals 0 values" in voice("keys", "list").stdout


def test_rotating_says_when_another_machine_has_no_new_key(voice, own, late):
    late.times = 100

    refused = voice("keys", "rotate")

    assert refused.exit_code == 1
    assert "Copy" in refused.stderr


def test_nothing_starts_without_the_keys(voice, own):
    own.unlink()

    refused = voice("keys", "list")

    assert refused.exit_code == 1
    assert "Put the file back" in refused.stderr
    assert not own.exists()


def test_an_error_of_the_store_says_no_words(store):
    with pytest.raises(DBAPIError) as failed, store.writing() as session:
        session.add(AnswerRow(question=WORDS, values=[WORDS], answered_at=NOON))

    assert WORDS not in str(failed.value)
