"""Row A1, TEST b: the closing date changes while people are being asked (CON-3)."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from tests.factories import make_consultation
from tests.voice.themed import make_officer, sign_in
from tests.voice.web.visitor import Visitor
from voice.clock import LONDON
from voice.models import AuditEntry, ClosingChange, Response
from voice.services import results

SLUG = "early-help"
PAGE = f"/consultations/{SLUG}"
CHANGE = f"/officers/consultations/{SLUG}/closing-date"
OLD = datetime(2017, 9, 22, 23, 59, tzinfo=LONDON)
NEW = datetime(2017, 10, 16, 23, 59, tzinfo=LONDON)
REPLIES_ON = datetime(2017, 10, 10, 12, tzinfo=UTC)
REASON = "people asked for more detail about the proposal & <more> time"
TYPED = [
    ("closes-day", "16"),
    ("closes-month", "10"),
    ("closes-year", "2017"),
    ("closes-time", "23:59"),
    ("reason", REASON),
]


class TestRowA1TestB:
    def test_a_reply_on_10_october_is_refused_before_the_change(self, app, clock):
        clock.moment = REPLIES_ON

        page = Visitor(app).open(PAGE)

        assert "This closed at 23:59 on Friday 22 September 2017" in page.body
        assert "Start now" not in page.body

    def test_and_accepted_after_it(self, app, clock, change, database):
        change(REPLIES_ON)
        visitor = Visitor(app)

        visitor.press(visitor.begin(SLUG), ("capacity", "individual"))
        sent = visitor.press(visitor.open(f"{PAGE}/check"))

        assert "Your reference" in sent.body or "reference" in sent.body
        with database.reading() as session:
            response = session.scalars(select(Response)).one()
            assert (response.is_late, response.counts) == (False, True)

    def test_the_change_is_logged(self, change, database, officer):
        change(datetime(2017, 9, 4, 10, tzinfo=UTC))

        with database.reading() as session:
            logged = session.scalars(select(ClosingChange)).one()
            action = session.scalars(select(AuditEntry.action)).all()[-1]
        assert (logged.closed_at_before, logged.closes_at) == (OLD, NEW)
        assert (logged.changed_by, logged.reason) == (officer, REASON)
        assert action == "closing date changed"

    @pytest.mark.parametrize("page", [PAGE, "/", "/outcomes"])
    def test_the_change_is_shown(self, app, change, page):
        change(datetime(2017, 9, 4, 10, tzinfo=UTC))

        shown = " ".join(Visitor(app).open(page).body.split())

        assert "The closing date was changed on Monday 4 September 2017" in shown
        assert "from 23:59 on Friday 22 September 2017 (UK time)" in shown
        assert "to 23:59 on Monday 16 October 2017 (UK time), because" in shown
        assert "more detail about the proposal &amp; &lt;more&gt; time" in shown


class TestConfirming:
    def test_comes_before_anything_changes(self, officers_browser, clock, database):
        clock.moment = datetime(2017, 9, 4, 10, tzinfo=UTC)

        page = officers_browser.press(officers_browser.open(CHANGE), *TYPED, form=1)

        assert "Confirm the new closing date" in page.body
        with database.reading() as session:
            assert session.scalars(select(ClosingChange)).all() == []

    def test_warns_of_less_than_six_weeks(self, officers_browser, clock):
        clock.moment = datetime(2017, 7, 20, 10, tzinfo=UTC)
        typed = [("closes-day", "25"), ("closes-month", "8"), *TYPED[2:]]

        page = officers_browser.press(officers_browser.open(CHANGE), *typed, form=1)

        assert "People have 31 working days" not in page.body
        typed[0] = ("closes-day", "18")
        page = officers_browser.press(officers_browser.open(CHANGE), *typed, form=1)
        assert "People have 26 working days to answer" in page.body

    def test_twice_changes_it_once(self, officers_browser, clock, database):
        clock.moment = datetime(2017, 9, 4, 10, tzinfo=UTC)
        confirm = officers_browser.press(officers_browser.open(CHANGE), *TYPED, form=1)

        officers_browser.press(confirm, form=1)
        officers_browser.press(confirm, form=1)

        with database.reading() as session:
            assert len(session.scalars(select(ClosingChange)).all()) == 1

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            pytest.param("closes-day=22 closes-month=9", "Choose another", id="the same"),
            pytest.param("closes-year=2016", "must be in the future", id="the past"),
            pytest.param("closes-day=99", "Enter a real date", id="no date"),
            pytest.param("closes-time=half", "Enter a time", id="no time"),
            pytest.param("closes-day=29 closes-time=01:30", "comes twice", id="clocks go back"),
            pytest.param(
                "closes-day=25 closes-month=3 closes-year=2018 closes-time=1.30am",
                "does not exist",
                id="clocks go forward",
            ),
        ],
    )
    def test_is_refused_in_words_and_loses_none(self, officers_browser, clock, changed, words):
        clock.moment = datetime(2017, 9, 4, 10, tzinfo=UTC)
        typed = dict(TYPED) | dict(each.split("=") for each in changed.split())

        page = officers_browser.press(officers_browser.open(CHANGE), *typed.items(), form=1)

        assert page.status == 422
        assert words in page.body
        assert "&lt;more&gt; time" in page.body

    def test_needs_a_reason(self, officers_browser, clock):
        clock.moment = datetime(2017, 9, 4, 10, tzinfo=UTC)

        page = officers_browser.press(
            officers_browser.open(CHANGE), *TYPED[:-1], ("reason", " "), form=1
        )

        assert "Say why" in page.body


class TestWhatCameTooLate:
    """Decision 8: marks stay true to what was; what is in time by the new date counts."""

    def test_counts_once_the_date_has_moved_and_stays_marked(self, app, clock, database, change):
        clock.moment = OLD.astimezone(UTC)
        visitor = Visitor(app)
        visitor.press(visitor.begin(SLUG), ("capacity", "individual"))
        clock.moment = REPLIES_ON
        visitor.press(visitor.open(f"{PAGE}/check"))
        assert self._marks(database) == (True, False)

        change(REPLIES_ON)

        assert self._marks(database) == (True, True)
        with database.reading() as session:
            consultation = session.scalars(select(Response)).one().consultation
            came_in = results.count_arrivals(session, consultation)
        assert (came_in.late, came_in.late_waiting, came_in.counting) == (1, 0, 1)

    def _marks(self, database):
        with database.reading() as session:
            response = session.scalars(select(Response)).one()
            return response.is_late, response.counts


@pytest.fixture(autouse=True)
def consultation(database):
    with database.writing() as session:
        return make_consultation(
            session, slug=SLUG, opens_at=datetime(2017, 7, 14, tzinfo=LONDON), closes_at=OLD
        )


@pytest.fixture
def officers_browser(app, database):
    browser = Visitor(app)
    with database.writing() as session:
        officer = make_officer(session)
        sign_in(browser.client, session, officer)
        browser.officer = officer.id
    return browser


@pytest.fixture
def officer(officers_browser):
    return officers_browser.officer


@pytest.fixture
def change(officers_browser, clock):
    """Move the date at a moment, as an officer does: type it, read what it means, confirm."""

    def move(moment):
        clock.moment = moment
        confirm = officers_browser.press(officers_browser.open(CHANGE), *TYPED, form=1)
        officers_browser.press(confirm, form=1)

    return move
