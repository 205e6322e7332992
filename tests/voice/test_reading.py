"""Who only reads takes no lock and keeps nothing; who writes takes it at once, wherever."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from voice import database as stores

CHANGE = text("UPDATE consultation SET title = title")
COUNT = text("SELECT count(*) FROM consultation")


@pytest.fixture(autouse=True)
def hurried(monkeypatch):
    """Let nobody wait long for a lock."""
    monkeypatch.setattr(stores, "SQLITE_BUSY_MILLISECONDS", 50)


class TestReading:
    def test_lets_somebody_write_meanwhile(self, database):
        with database.reading() as reader:
            reader.execute(COUNT)
            with database.writing() as writer:
                writer.execute(CHANGE)

    def test_goes_on_while_somebody_writes(self, database):
        with database.writing() as writer:
            writer.execute(CHANGE)
            with database.reading() as reader:
                assert reader.scalar(COUNT) == 0

    def test_keeps_nothing(self, database):
        with database.reading() as reader:
            reader.execute(text("CREATE TABLE kept (it TEXT)"))

        with database.reading() as reader, pytest.raises(OperationalError, match="no such table"):
            reader.execute(text("SELECT * FROM kept"))


class TestWriting:
    def test_inside_what_reads_takes_the_lock_before_it_changes_anything(self, database):
        with database.reading(), database.writing() as first:
            first.connection()
            with pytest.raises(OperationalError), database.engine.begin():
                pass

    def test_that_began_to_be_read_meanwhile_takes_the_lock(self, database):
        with database.writing() as first, database.reading() as reader:
            reader.execute(COUNT)
            first.execute(COUNT)
            with pytest.raises(OperationalError), database.engine.begin():
                pass
