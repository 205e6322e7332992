"""What one update costs the store: few statements, and a write lock that is handed on at once."""

import gc
import sqlite3
import sys
import threading
import time

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from surveys.turns import Start
from tests.voice.services.chatting import Chatter, settings_for, somebody
from voice.database import Database

MOST_STATEMENTS, MOST_UNDER_THE_LOCK = 6, 4  # BEGIN and COMMIT aside
# Of functions, Python's and C's.
MOST_CALLS = 1_170  # 1,151 when this was written, 85 of them to seal what is said
MOST_CALLS_TO_BEGIN = 1_130  # 1,072 when this was written


@pytest.fixture
def person(database, tmp_path):
    return somebody(database, tmp_path).at_first_question()


def test_an_answer_takes_few_statements_and_most_reading_before_the_lock(person, database):
    person.type("1")
    sent, others = [], Database(str(database.engine.url))

    def note(statement):
        if not statement.startswith(("BEGIN", "COMMIT", "PRAGMA")):
            sent.append((statement, can_write(others)))

    # As SQLite itself is told them, whichever way they come to it.
    event.listen(database.engine, "checkout", lambda store, *_: store.set_trace_callback(note))
    person.type("2")
    others.close()

    under_the_lock = [statement for statement, others_could_write in sent if not others_could_write]
    assert len(sent) <= MOST_STATEMENTS, sent
    assert 0 < len(under_the_lock) <= MOST_UNDER_THE_LOCK, under_the_lock
    assert not [each for each in under_the_lock if "survey_version" in each]


def can_write(database):
    """Return whether another process could write at this moment."""
    store = database.engine.raw_connection()
    try:
        store.execute("PRAGMA busy_timeout=0")
        store.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    else:
        store.execute("ROLLBACK")
        return True
    finally:
        store.close()


def test_an_answer_takes_few_steps(person, database, tmp_path):
    before = Chatter(database, settings_for(tmp_path), address="first").at_first_question()
    for each in (before, person):  # whoever comes first has the questions made ready
        each.type("1")
        calls = count_calls(lambda chatter=each: chatter.type("2"))

    assert calls <= MOST_CALLS


def test_to_begin_takes_few_steps(person, database, tmp_path):
    newcomer = Chatter(database, settings_for(tmp_path), address="newcomer")
    calls = count_calls(lambda: newcomer.on(Start()))

    assert calls <= MOST_CALLS_TO_BEGIN


def test_an_answer_leaves_no_session_behind_for_the_garbage_collector(person):
    person.type("1")
    gc.collect()
    gc.disable()
    try:
        person.type("2")
        left = [each for each in gc.get_objects() if isinstance(each, Session)]
    finally:
        gc.enable()

    assert not left


def count_calls(act):
    """Return how many functions were called meanwhile, in this thread."""
    calls = 0

    def note(_frame, what, _which):
        nonlocal calls
        calls += what in {"call", "c_call"}

    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(None)
    return calls


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
