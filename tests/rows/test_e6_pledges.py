"""Row E6: pledges with an owner, a day on which to ask, and what became of each."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from click.testing import CliRunner

from tests.conftest import NOON, SECRET
from tests.factories import make_consultation
from tests.voice.mailed import send_due_letters
from tests.voice.themed import make_officer, sign_in
from tests.voice.web.visitor import Visitor, words_in
from voice.cli.worker import worker
from voice.models import PledgeStatus
from voice.services import due, mail, pledges, suppressions
from voice.services.consultations import find_by_slug

SLUG = "e-safety"
PAGE = f"/officers/consultations/{SLUG}/pledges"
DAY = (("follow_up-day", "1"), ("follow_up-month", "7"), ("follow_up-year", "2026"))
DUE = datetime(2026, 7, 1, 9, tzinfo=UTC)
SETTLE = 1  # the form of the page, after the one that signs out


class TestRowE6:
    """TEST: 36 pledges, status delivered / not / unknown, automatic reminder."""

    def test_36_pledges_are_counted_by_what_became_of_them(self, make, settle, officer):
        for number in range(36):
            make(f"Pledge {number}")
        for number, status in enumerate(["delivered"] * 20 + ["not_delivered"] * 5):
            settle(number, status)

        page = officer.open(PAGE).body
        assert "36 pledges: 20 delivered, 5 not delivered, 11 not known yet." in page

    def test_a_pledge_is_due_on_its_day_and_not_before(self, make):
        pledge = make("Teach every class about it", follow_up_on=date(2026, 6, 1))

        assert pledges.is_due(pledge, now=NOON)
        assert not pledges.is_due(pledge, now=NOON - timedelta(days=1))

    def test_what_is_due_stands_first_until_somebody_knows(self, make, officer, stored):
        make("Teach every class about it", follow_up_on=date(2026, 6, 1))
        assert "Ask now: 1" in officer.open(PAGE).body

        chosen = ("pledge", str(stored()[0].id)), ("status", "delivered")
        page = officer.press(officer.open(PAGE), *chosen, form=SETTLE)

        assert "Ask now" not in page.body
        assert stored()[0].status is PledgeStatus.DELIVERED

    def test_the_same_press_makes_one_pledge(self, officer, stored):
        page = officer.open(PAGE)
        for _ in range(2):
            officer.press(page, ("words", "Ask pupils"), ("owner", "A school"), *DAY, form=1)

        assert [(each.owner, each.follow_up_on) for each in stored()] == [
            ("A school", date(2026, 7, 1))
        ]

    @pytest.mark.parametrize(
        ("owner", "day"), [("", DAY), ("x" * 201, DAY), ("A school", (("follow_up-day", "32"),))]
    )
    def test_what_is_wrong_comes_back_as_it_was_typed(self, officer, stored, owner, day):
        typed = (("words", "Ask <pupils>"), ("owner", owner))
        page = officer.press(officer.open(PAGE), *typed, *day, form=1)

        assert page.status == 422
        assert words_in(page, "words") == "Ask <pupils>"
        assert stored() == []

    def test_nothing_is_settled_without_a_choice(self, make, officer):
        make("Ask pupils")

        assert officer.press(officer.open(PAGE), ("status", "delivered"), form=SETTLE).status == 422


class TestTheReminder:
    """TEST (E6): the automatic reminder is sent by the service itself, once, at a polite hour."""

    def test_goes_to_whoever_promised_on_the_day_and_not_before(self, make, remind, letters):
        make("Teach every class about it", reach="head@school.example")
        remind(DUE - timedelta(days=1))
        assert letters() == []

        remind(DUE)

        (letter,) = letters()
        assert letter.to == "head@school.example"
        assert "Teach every class about it" in letter.text

    def test_is_made_once_however_often_the_worker_looks(self, make, remind, letters):
        make("Ask pupils", reach="head@school.example")
        for hours in range(3):
            remind(DUE + timedelta(hours=hours))

        assert len(letters()) == 1

    def test_goes_to_the_officer_where_no_address_is_known(self, make, remind, letters):
        make("Ask pupils")
        remind(DUE)

        assert letters()[0].to.startswith("officer-")

    def test_waits_for_the_morning(self, make, remind, letters):
        make("Ask pupils", reach="head@school.example")
        remind(DUE.replace(hour=22))  # 23:00 by UK clocks

        assert letters(at=DUE.replace(day=2, hour=6, minute=59)) == []
        assert len(letters(at=DUE.replace(day=2, hour=7))) == 1

    def test_is_not_made_once_somebody_knows(self, make, settle, remind, letters):
        make("Ask pupils", reach="head@school.example")
        settle(0, "delivered")
        remind(DUE)

        assert letters() == []

    def test_never_goes_to_those_who_must_not_be_written_to(self, make, remind, letters, database):
        make("Ask pupils", reach="Head@school.example")
        with database.writing() as session:
            officer = make_officer(session)
            value = "head@SCHOOL.example "
            suppressions.suppress(session, officer, value, reason="Asked", secret=SECRET, now=NOON)
        remind(DUE)

        assert letters() == []

    def test_is_made_by_the_worker_itself(self, make, database, tmp_path):
        make("Ask pupils", follow_up_on=date(2026, 1, 5), reach="head@school.example")
        environment = {"VOICE_HOME": str(tmp_path), "VOICE_SECRET_KEY": SECRET + "0123456789"}

        CliRunner(env=environment).invoke(worker, ["--once"])

        with database.reading() as session:
            assert mail.count_waiting(session) == 1

    @pytest.fixture
    def remind(self, database, settings):
        def at(moment):
            with database.writing() as session:
                due.make_due(session, settings, now=moment)

        return at

    @pytest.fixture
    def letters(self, database, settings):
        return partial(send_due_letters, database, settings, at=DUE + timedelta(hours=3))


@pytest.fixture(autouse=True)
def consultation(database):
    with database.writing() as session:
        return make_consultation(session, slug=SLUG).slug


@pytest.fixture
def officer(app, database):
    browser = Visitor(app)
    with database.writing() as session:
        sign_in(browser.client, session, make_officer(session))
    return browser


@pytest.fixture
def make(database):
    def write_down(words, follow_up_on=date(2026, 7, 1), reach=""):
        with database.writing() as session:
            new = pledges.NewPledge(words, "A school", follow_up_on, reach)
            found, officer = find_by_slug(session, SLUG), make_officer(session)
            return pledges.make_pledge(session, found, officer, new, press_key=words, now=NOON)

    return write_down


@pytest.fixture
def stored(database):
    def read():
        with database.reading() as session:
            return list(pledges.list_pledges(session, find_by_slug(session, SLUG)))

    return read


@pytest.fixture
def settle(database, stored):
    def say(number, status):
        key = stored()[number].id
        with database.writing() as session:
            found, officer = find_by_slug(session, SLUG), make_officer(session)
            became = PledgeStatus(status)
            pledges.settle(session, found, officer, key, status=became, now=NOON)

    return say
