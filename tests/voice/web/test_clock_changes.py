"""A consultation opens and closes by itself, on days when the clocks change too (REL-6)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.factories import make_consultation
from tests.voice.web.visitor import Visitor
from voice.clock import LONDON

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
PAGE = "/consultations/changing"
START = "Start now"
DAYS_OF_CHANGE = [
    pytest.param(
        date(2026, 3, 29),
        datetime(2026, 3, 29, 0, 0, tzinfo=UTC),
        datetime(2026, 3, 29, 22, 59, tzinfo=UTC),
        id="spring: a day of 23 hours",
    ),
    pytest.param(
        date(2026, 10, 25),
        datetime(2026, 10, 24, 23, 0, tzinfo=UTC),
        datetime(2026, 10, 25, 23, 59, tzinfo=UTC),
        id="autumn: a day of 25 hours",
    ),
]


@pytest.mark.parametrize(("day", "first", "last"), DAYS_OF_CHANGE)
class TestTheDayTheClocksChange:
    def test_opens_at_midnight_as_clocks_in_the_uk_show_it(self, see, asked_on, day, first, last):
        asked_on(day)

        assert see(first - SECOND).status == 404
        assert START in see(first).body

    def test_closes_at_23_59_as_clocks_in_the_uk_show_it(self, see, asked_on, day, first, last):
        asked_on(day)

        assert START in see(last).body
        after = see(last + SECOND).body
        assert START not in after
        assert f"This closed at 23:59 on Sunday {day.day} {day:%B %Y} (UK time)" in after


class TestTheHourThatComesTwice:
    @pytest.mark.parametrize(
        ("fold", "last"),
        [
            pytest.param(0, datetime(2026, 10, 25, 0, 30, tzinfo=UTC), id="the first 01:30"),
            pytest.param(1, datetime(2026, 10, 25, 1, 30, tzinfo=UTC), id="the second 01:30"),
        ],
    )
    def test_closes_once_and_stays_closed(self, see, ask, fold, last):
        closes_at = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=fold)
        ask(opens_at=datetime(2026, 10, 1, tzinfo=LONDON), closes_at=closes_at)

        shown = [START in see(last + after).body for after in (-MINUTE, 0 * MINUTE, MINUTE)]
        assert shown == [True, True, False]
        assert START not in see(last + timedelta(hours=1) - MINUTE).body


@pytest.fixture
def ask(database):
    """Make a consultation between two moments, as the command does, and keep it in the store."""

    def make(**between):
        with database.writing() as session:
            make_consultation(session, slug="changing", **between)

    return make


@pytest.fixture
def asked_on(ask):
    """Ask on one day alone, from its first minute to its last."""

    def make(day):
        ask(
            opens_at=datetime.combine(day, time.min, LONDON),
            closes_at=datetime.combine(day, time(23, 59), LONDON),
        )

    return make


@pytest.fixture
def see(app, clock):
    """Open the start page at a moment."""

    def look(moment):
        clock.moment = moment
        return Visitor(app).open(PAGE)

    return look
