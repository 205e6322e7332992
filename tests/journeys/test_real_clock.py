"""REL-6: the whole service in its own processes, its clock moved over both changes and backwards.

The machine's own clock is not moved. What the service is told of the time is replaced as every
process starts: `time.time`, by which a form's age is known, and the `datetime` of `voice.clock`,
the one place of ours that asks. The tests themselves only open pages.
"""

import os
from datetime import UTC, datetime, timedelta

import pytest

from surveys.definition import read_from_library
from tests.conftest import COUNCIL
from tests.journeys.service import running
from tests.journeys.walker import Walker
from tests.stores import new_sqlite
from voice.clock import LONDON
from voice.services.consultations import Opening, open_consultation
from voice.services.demonstration import write_council

SECOND = timedelta(seconds=1)
BEFORE_ALL = datetime(2026, 3, 28, tzinfo=UTC)
# Address, first and last moment in UTC of a day on which the clocks of the UK change.
DAYS = {
    "spring": (datetime(2026, 3, 29, 0, 0, tzinfo=UTC), datetime(2026, 3, 29, 22, 59, tzinfo=UTC)),
    "autumn": (
        datetime(2026, 10, 24, 23, 0, tzinfo=UTC),
        datetime(2026, 10, 25, 23, 59, tzinfo=UTC),
    ),
}
WORDS = "shorter waits, please"
# Python runs it before anything else, in every process whose path has its folder.
MOVED = """
import os, time
from datetime import datetime

def moved():
    with open(os.environ["MOVED_CLOCK"]) as told:
        return float(told.read())

class Moved(datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(moved(), tz)

import voice.clock
voice.clock.datetime = Moved
time.time = moved
"""


class MovedClock:
    """The clock of the whole service; it stands still until it is set."""

    def __init__(self, path):
        self.path = path

    def set(self, moment):
        """Set it to this moment, forwards or backwards; in one step, for others read it."""
        new = self.path.with_suffix(".new")
        new.write_text(str(moment.timestamp()))
        os.replace(new, self.path)


@pytest.fixture(scope="module")
def clock(tmp_path_factory):
    moved = MovedClock(tmp_path_factory.mktemp("clock") / "now")
    moved.set(BEFORE_ALL)
    return moved


@pytest.fixture(scope="module")
def service(clock, tmp_path_factory):
    """The service as `voice run` starts it, with every process on the moved clock."""
    home = tmp_path_factory.mktemp("home")
    _open_all(home)
    (clock.path.parent / "sitecustomize.py").write_text(MOVED)
    path = os.pathsep.join([str(clock.path.parent), os.environ.get("PYTHONPATH", "")])
    told = {"MOVED_CLOCK": str(clock.path), "PYTHONPATH": path.rstrip(os.pathsep)}
    with running(home, **told) as running_service:
        yield running_service


def _open_all(home):
    """Plan one consultation for each day of change, from 00:00 to 23:59 as clocks here show it."""
    database = new_sqlite(home)
    with database.writing() as session:
        for slug, (_, last) in DAYS.items():
            closes_at = last.astimezone(LONDON)
            opens_at = closes_at.replace(hour=0, minute=0)
            opening = Opening(slug, "families", opens_at, closes_at)
            survey = read_from_library("hmip_viewpoint")
            open_consultation(session, survey, opening, council=COUNCIL, now=BEFORE_ALL)
    database.close()
    write_council(home / "council.yaml")


@pytest.mark.parametrize("slug", DAYS)
class TestADayOnWhichTheClocksChange:
    def test_begins_and_ends_at_the_minute_that_clocks_in_the_uk_show(self, service, clock, slug):
        first, last = DAYS[slug]
        shown = {}

        for moment in (first - SECOND, first, last, last + SECOND):
            clock.set(moment)
            shown[moment] = Walker(service.root).open(f"/consultations/{slug}")

        assert shown[first - SECOND].status == 404
        assert "Start now" in shown[first].body
        assert "Start now" in shown[last].body
        assert "Start now" not in shown[last + SECOND].body
        assert (
            f"This closed at 23:59 on Sunday {last.day} {last:%B %Y}" in shown[last + SECOND].body
        )


class TestAClockThatIsSetBack:
    def test_loses_no_answer_and_sends_in_what_was_begun_on_the_later_time(self, service, clock):
        first, _ = DAYS["autumn"]
        clock.set(first + timedelta(hours=3))
        walker = Walker(service.root)
        page = walker.press(walker.open("/consultations/autumn").forms[0])

        for _ in range(20):
            if page.address.endswith("/check"):
                break
            clock.set(first + timedelta(hours=1))  # two hours back while the form is open
            page = walker.answer(page, WORDS)
            if "There is a problem" in page.body:  # the form is older than its own time
                assert WORDS in page.body or not page.forms[0].texts
                page = walker.answer(page, WORDS)
        checked = page
        receipt = walker.press(page.forms[0])

        assert WORDS in checked.body
        assert "Your reference" in receipt.body

    def test_shows_no_longer_what_opens_only_later(self, service, clock):
        first, last = DAYS["spring"]
        clock.set(last + SECOND)
        closed = Walker(service.root).open("/consultations/spring")
        clock.set(first - SECOND)

        assert "Start now" not in closed.body
        assert Walker(service.root).open("/consultations/spring").status == 404
