"""REL-7: the disk fills up, or the store goes away, while somebody presses a button."""

import sqlite3
from io import BytesIO

import pytest
from sqlalchemy import event

from tests.voice.web.visitor import answered, count

WORDS = "Trips & somewhere to sit <b>please</b>"


@pytest.fixture
def full_disk(database):
    """Let the store grow by no page; a call of what is given makes room again.

    SQLite then says what it says on a full disk: SQLITE_FULL, "database or disk is full".
    """
    engine, room = database.engine, [False]

    def limit(connection, *_):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={1_000_000 if room[0] else pages}")

    event.listen(engine, "checkout", limit)
    yield lambda: room.__setitem__(0, True)
    event.remove(engine, "checkout", limit)


def fill(visitor, database):
    """Press with long words until the store has no page left; return that page."""
    page = visitor.ask("viewpoint", "best")
    return visitor.press(page, ("best", f"{WORDS} " * 200))


class TestAFullDisk:
    def test_gives_the_words_back_and_one_press_saves_them_once(self, visitor, database, full_disk):
        visitor.begin("viewpoint")
        failed = fill(visitor, database)

        assert failed.status == 503
        assert "Not saved yet" in failed.body
        assert "Trips &amp; somewhere to sit &lt;b&gt;please&lt;/b&gt;" in failed.body
        assert answered(database, "best") == []

        full_disk()
        saved = visitor.press(failed)

        assert saved.status == 200
        assert len(answered(database, "best")) == 1
        assert visitor.press(failed).status == 200
        assert (len(answered(database, "best")), count(database, "response")) == (1, 1)


class TestAStoreThatIsAway:
    def test_gives_the_words_back(self, visitor, database, monkeypatch):
        visitor.begin("viewpoint")
        page = visitor.ask("viewpoint", "best")
        database.engine.dispose()
        with monkeypatch.context() as gone:
            gone.setattr(database.engine.pool, "_creator", _refuse)
            failed = visitor.press(page, ("best", WORDS))

        assert (failed.status, "Not saved yet" in failed.body) == (503, True)

        visitor.press(failed)
        assert answered(database, "best") == [[WORDS]]

    def test_asks_for_a_file_again(self, visitor, database, monkeypatch):
        visitor.begin("viewpoint")
        page = visitor.ask("viewpoint", "best")
        sent = {
            **dict(page.forms[0].hidden),
            "best": WORDS,
            "file": (BytesIO(b"x"), "our road.png"),
        }
        database.engine.dispose()
        monkeypatch.setattr(database.engine.pool, "_creator", _refuse)

        failed = visitor.client.post(page.forms[0].action, data=sent)

        assert failed.status_code == 503
        assert "Please add your file again" in failed.text
        assert "Nothing is lost" not in failed.text
        assert "somewhere to sit" in failed.text
        assert f'href="{page.forms[0].action}"' in failed.text

    def test_never_gives_a_passphrase_back(self, client, database, monkeypatch):
        database.engine.dispose()
        monkeypatch.setattr(database.engine.pool, "_creator", _refuse)

        reply = client.post("/officers/sign-in", data={"passphrase": "a long secret of mine"})

        assert "a long secret of mine" not in reply.text


def _refuse(*_):
    raise sqlite3.OperationalError("unable to open database file")
