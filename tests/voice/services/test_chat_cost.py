"""What one update costs the store: few statements, and a write lock that is handed on at once."""

import threading
import time

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from surveys.definition import read_from_library
from tests.voice.services.chatting import Chatter, open_survey, settings_for

MOST_STATEMENTS = 7  # BEGIN and COMMIT aside


@pytest.fixture
def person(database, tmp_path):
    open_survey(database, read_from_library("hmip_viewpoint"))
    return Chatter(database, settings_for(tmp_path)).at_first_question()


def test_an_answer_takes_few_statements(person, database):
    person.type("1")
    sent = []
    event.listen(database.engine, "before_cursor_execute", lambda *given: sent.append(given[2]))

    person.type("2")

    assert len(sent) <= MOST_STATEMENTS, "\n".join(sent)


class TestAWriterThatWaits:
    def test_goes_on_within_a_moment_of_the_one_before(self, database):
        ended, begun = [], []

        def wait_and_write():
            with database.writing() as session:
                session.execute(text("SELECT 1"))
                begun.append(time.monotonic())

        with database.writing() as session:
            session.execute(text("SELECT 1"))
            waiting = threading.Thread(target=wait_and_write)
            waiting.start()
            time.sleep(0.6)  # by now SQLite's own wait would look every tenth of a second
            ended.append(time.monotonic())
        waiting.join()

        assert begun[0] >= ended[0]
        assert begun[0] - ended[0] < 0.09

    def test_is_told_in_the_stores_own_way_when_it_waited_too_long(self, database, monkeypatch):
        monkeypatch.setattr("voice.database.SQLITE_BUSY_MILLISECONDS", 50)

        with database.writing() as session:
            session.execute(text("SELECT 1"))
            with pytest.raises(OperationalError), database.writing() as other:
                other.execute(text("SELECT 1"))
