"""What we wrote first and has not left: looked at again as it leaves, withdrawn if not wanted."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.voice.services.chatting import NOON
from tests.voice.services.timed import CLOSES, DAY, YES, at, timed_with_mail
from tests.voice.themed import make_officer
from voice.models import Channel, ChatSchedule, Delivery, DeliveryKind, Reminder, TimerKind
from voice.services import chat_schedules, deliveries, due, leaving, reminders
from voice.services.consultations import find_by_slug

FIXED = (NOON + 3 * DAY).date()


@pytest.fixture
def timed(database, tmp_path):
    return timed_with_mail(database, tmp_path)


@pytest.fixture
def leaves(timed):
    """Let everything leave that may at a moment; return what we wrote first of it."""

    def leaves(moment):
        found = []
        with timed.database.writing() as session:
            while delivery := leaving.claim_next(
                session, timed.settings, Channel.TELEGRAM, now=moment, lease=timedelta(seconds=9)
            ):
                if delivery.kind is DeliveryKind.BROADCAST:
                    found.append(deliveries.read_body(delivery)[0].text)
                deliveries.mark_sent(session, delivery.id, now=moment)
        return found

    return leaves


@pytest.fixture
def remind(timed):
    """Let a planned reminder wait to leave by chat."""

    def remind():
        with timed.database.writing() as session:
            asked, officer = find_by_slug(session, "asked"), make_officer(session)
            reminders.confirm(session, timed.settings, asked, officer, press_key="one", now=NOON)
        with timed.database.writing() as session:
            reminders.send_due(session, timed.settings, now=NOON + timedelta(hours=1))

    return remind


def waiting(timed):
    with timed.database.reading() as session:
        found = select(Delivery.reference).where(Delivery.kind == DeliveryKind.BROADCAST)
        return [each.partition(":")[0] for each in session.scalars(found)]


class TestAMessageOfATimer:
    def test_leaves_while_it_is_of_use(self, timed, leaves):
        timed.plan()
        timed.stopped().press(YES)
        timed.looks(at(FIXED))

        assert len(leaves(at(FIXED))) == 1
        assert timed.outcomes == ["sent"]

    def test_does_not_say_that_it_closes_soon_once_it_has(self, timed, leaves):
        timed.plan(TimerKind.DAYS_BEFORE, number=1)
        timed.stopped().press(YES)
        timed.looks(at(CLOSES - DAY, 19))

        assert leaves(at(CLOSES + 5 * DAY)) == []
        assert timed.outcomes == ["closed"]

    def test_does_not_leave_when_its_day_is_past(self, timed, leaves):
        timed.plan()
        timed.stopped().press(YES)
        timed.looks(at(FIXED, 19))

        assert leaves(at(FIXED + DAY)) == []
        assert timed.outcomes == ["too_late"]

    def test_does_not_leave_once_its_plan_is_called_off(self, timed, leaves):
        timed.plan()
        timed.stopped().press(YES)
        timed.looks(at(FIXED))
        with timed.database.writing() as session:
            asked, officer = find_by_slug(session, "asked"), make_officer(session)
            key = session.scalar(select(ChatSchedule.id))
            stopped = chat_schedules.call_off(session, asked, officer, key, now=at(FIXED))

        assert stopped == 1
        assert waiting(timed) == []
        assert timed.outcomes == ["called_off"]


class TestAPlannedReminder:
    @pytest.fixture
    def person(self, timed, remind):
        timed.plan()
        person = timed.stopped(payload=timed.invite(reach="a@example.org"))
        person.press(YES)
        remind()
        assert waiting(timed) == ["invitee-reminder"]
        return person

    def test_leaves_by_chat(self, person, leaves):
        assert len(leaves(at(NOON.date(), 15))) == 1

    @pytest.mark.parametrize("words", ["stop", "No more messages", "carry on"])
    def test_is_withdrawn_when_they_go_on_or_want_no_more(self, timed, person, words):
        person.type(words)

        assert waiting(timed) == []
        with timed.database.reading() as session:
            assert session.scalars(select(Reminder)).all() == []

    def test_does_not_leave_once_it_is_closed(self, timed, person, leaves):
        assert leaves(at(CLOSES + DAY)) == []

    def test_does_not_leave_once_it_is_called_off(self, timed, person, leaves):
        with timed.database.writing() as session:
            asked, officer = find_by_slug(session, "asked"), make_officer(session)
            assert reminders.call_off(session, asked, officer, "one", now=NOON) == 1

        assert leaves(at(NOON.date(), 15)) == []


class TestAReminderThatTheyAskedFor:
    @pytest.fixture
    def reminded(self, timed):
        person = timed.stopped()
        person.press("Remind me tomorrow")
        due.make_each_due(timed.database, timed.settings, now=NOON + DAY)
        return person

    def test_leaves_while_they_are_there(self, reminded, leaves):
        assert len(leaves(NOON + DAY)) == 1

    def test_does_not_leave_once_it_is_closed(self, reminded, leaves):
        assert leaves(at(CLOSES + DAY)) == []

    def test_is_withdrawn_when_they_go_on(self, timed, reminded):
        reminded.type("carry on")

        assert waiting(timed) == []
