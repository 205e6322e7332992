"""What is written to chats is written within a minute, and looking for it costs next to nothing."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import event

from tests.voice.services.chatting import NOON
from tests.voice.services.timed import DAY, YES, Timed, at
from voice.cli.worker import CHAT_SECONDS, SWEEP_SECONDS, Rounds
from voice.models import TimerKind
from voice.services import due

FIXED = (NOON + 3 * DAY).date()
MINUTE = timedelta(minutes=1)


@pytest.fixture
def timed(database, tmp_path):
    return Timed(database, tmp_path)


@pytest.fixture
def looks(timed):
    """Let the worker look at chats as each minute does, and return every statement it sent."""

    def look(moment, *, since=None):
        sent = []

        def note(_connection, _cursor, statement, *_):
            sent.append(statement)

        event.listen(timed.database.engine, "before_cursor_execute", note)
        due.make_chats_due(
            timed.database, timed.settings, since=since or moment - MINUTE, now=moment
        )
        event.remove(timed.database.engine, "before_cursor_execute", note)
        return [each for each in sent if each.startswith(("SELECT", "INSERT", "UPDATE"))]

    return look


class TestALookAtChats:
    def test_is_one_statement_while_nothing_is_due(self, timed, looks):
        timed.plan()
        timed.stopped().press(YES)

        assert len(looks(at(FIXED, 9))) == 1

    def test_is_no_statement_outside_message_hours(self, timed, looks):
        timed.plan()
        timed.stopped().press(YES)

        assert looks(at(FIXED, 7)) == []
        assert looks(at(FIXED, 20)) == []

    def test_writes_at_the_moment_itself(self, timed, looks):
        timed.plan()
        timed.stopped().press(YES)

        looks(at(FIXED, 10) - MINUTE)
        assert timed.outcomes == ["waits"]
        looks(at(FIXED, 10))
        assert timed.outcomes == ["sent"]
        assert len(looks(at(FIXED, 10) + MINUTE)) == 1

    def test_lays_out_at_the_first_look_of_the_day_what_was_planned_at_night(self, timed):
        timed.plan(TimerKind.DAYS_BEFORE, number=5)
        timed.stopped().press(YES)
        night = (NOON + DAY).replace(hour=22)
        timed.plan(now=night)
        look = partial(due.make_chats_due, timed.database, timed.settings)

        since = look(since=night - MINUTE, now=night + MINUTE)
        assert timed.outcomes == ["waits"]
        look(since=since, now=NOON + 2 * DAY)
        assert timed.outcomes == ["waits", "waits"]

    def test_lays_out_a_new_plan_at_once_and_not_again(self, timed, looks):
        timed.plan(TimerKind.DAYS_BEFORE, number=5)
        timed.stopped().press(YES)
        timed.plan(now=NOON + DAY)
        assert timed.outcomes == ["waits"]

        looks(NOON + DAY + MINUTE, since=NOON + DAY)
        assert timed.outcomes == ["waits", "waits"]
        assert len(looks(NOON + DAY + 4 * MINUTE)) == 1

    def test_sends_a_reminder_that_was_asked_for(self, timed, looks):
        person = timed.chatter()
        person.type("1")
        person.type("/stop")
        person.press("Remind me")

        assert len(looks(NOON + DAY - MINUTE)) == 1
        looks(NOON + DAY)
        assert len(timed.looks(NOON + DAY)) == 1


def test_a_look_at_chats_writes_on_either_store(store, tmp_path):
    timed = Timed(store, tmp_path)
    timed.plan()
    timed.stopped().press(YES)
    for moment in (at(FIXED, 9), at(FIXED, 10)):
        due.make_chats_due(store, timed.settings, since=moment - MINUTE, now=moment)

    assert timed.outcomes == ["sent"]


class TestTheRounds:
    def test_of_the_worker_are_each_minute_for_chats_and_each_hour_for_all(self):
        rounds = Rounds()
        begun = {
            name: [
                second
                for second in range(SWEEP_SECONDS + 1)
                if rounds.has_come(name, seconds, at=second)
            ]
            for name, seconds in (("all", SWEEP_SECONDS), ("chats", CHAT_SECONDS))
        }

        assert begun == {"all": [0, 3600], "chats": list(range(0, 3601, 60))}
