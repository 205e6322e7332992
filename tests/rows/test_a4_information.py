"""Row A4: information in dated versions, and "You said, we're listening", while people answer."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from tests.factories import make_consultation
from tests.voice.themed import make_officer, sign_in
from tests.voice.web.visitor import Visitor
from voice.clock import LONDON
from voice.models import Notice, Response
from voice.services import packs
from voice.services.consultations import find_by_slug

SLUG = "early-help"
PAGE = f"/consultations/{SLUG}"
INFORM = f"/officers/consultations/{SLUG}/information"
RESULTS = f"/officers/consultations/{SLUG}/results"
JULY = datetime(2017, 7, 14, 9, tzinfo=UTC)
AUGUST = datetime(2017, 8, 20, 9, tzinfo=UTC)
SEPTEMBER = datetime(2017, 9, 4, 9, tzinfo=UTC)
LATER = datetime(2017, 9, 10, 9, tzinfo=UTC)
DOCUMENT = "The full proposal https://www.example.org/early-help.pdf"


class TestRowA4:
    """TEST: which version the person saw (July / September); split before/after 4.9.17."""

    def test_each_response_records_which_version_the_person_saw(self, publish, answer, versions):
        publish(JULY, "The proposal")
        answer(AUGUST, "individual")
        publish(SEPTEMBER, "More detail about the proposal")
        answer(LATER, "organisation")

        assert versions() == [(1, 1), (2, 2)]

    def test_who_comes_back_to_newer_information_has_both_recorded(self, publish, answer, versions):
        publish(JULY, "The proposal")
        browser = answer(AUGUST, "individual", send=False)
        publish(SEPTEMBER, "More detail about the proposal")
        check = answer.open(browser, LATER, f"{PAGE}/check")
        browser.press(check)

        assert "New information was published on Monday 4 September 2017" in check.body
        assert versions() == [(1, 2)]

    def test_before_any_information_is_version_0(self, answer, versions):
        answer(AUGUST, "individual")

        assert versions() == [(0, 0)]

    def test_the_report_is_split_before_and_after_4_september(self, publish, answer, officer):
        publish(JULY, "The proposal")
        for _ in range(9):
            answer(AUGUST, "individual")
        publish(SEPTEMBER, "More detail about the proposal")
        for _ in range(8):
            answer(LATER, "organisation")

        before = officer.open(f"{RESULTS}?information=2&part=before").body
        after = officer.open(f"{RESULTS}?information=2&part=after").body
        assert "Begun before information version 2 (9)" in before
        assert "Begun after it (8)" in before
        assert "9 of 9" in before
        assert "8 of 8" not in before
        assert "8 of 8" in after

    @pytest.mark.parametrize("given", [(8, 7, 8), (8, 8, 7)], ids=["a version", "unknown"])
    def test_nobody_is_read_alone_by_a_part_or_by_what_is_left_of_two(
        self, publish, answer, officer, database, given
    ):
        publish(JULY, "The proposal")
        publish(SEPTEMBER, "More detail about the proposal")
        starts = [start for start, number in zip((0, 2, None), given, strict=True)
                  for _ in range(number)]  # fmt: skip
        for _ in starts:
            answer(LATER, "organisation")
        with database.writing() as session:
            for each, start in zip(session.scalars(select(Response)), starts, strict=True):
                each.information_at_start = start

        page = officer.open(f"{RESULTS}?information=2&part=before").body
        assert "Begun before information version 2 (8)" in page
        assert "The parts are not read alone" in page
        assert "23 of 23" in page
        assert "8 of 8" not in page
        with database.reading() as session:
            found = find_by_slug(session, SLUG)
            pack = packs.results_pack(session, found, council="Ours", now=LATER)
        parts = pack["before-and-after-information.csv"].decode("utf-8-sig").splitlines()[1:]
        assert len(parts) == 2
        assert all(each.endswith("withheld,withheld,withheld,withheld") for each in parts)

    def test_the_start_page_shows_the_newest_with_its_date_and_documents(self, publish, app, clock):
        publish(JULY, "The proposal")
        publish(SEPTEMBER, "More detail <about> it")
        clock.moment = LATER

        page = Visitor(app).open(PAGE).body

        assert "Read before you answer: More detail &lt;about&gt; it" in page
        assert "published on Monday 4 September 2017" in page
        assert 'href="https://www.example.org/early-help.pdf"' in page
        assert "What it said before" in page

    @pytest.mark.parametrize("documents", ["no address", "https://only.example", "x javascript:1"])
    def test_a_document_without_a_name_or_address_is_refused(self, officer, clock, documents):
        clock.moment = JULY
        typed = (("title", "T"), ("words", "Kept words"), ("documents", documents))

        page = officer.press(officer.open(INFORM), *typed, form=1)

        assert page.status == 422
        assert "Kept words" in page.body

    def test_nothing_new_is_published_after_the_close(self, officer, clock):
        clock.moment = datetime(2017, 11, 1, tzinfo=UTC)

        assert "no new version can be published" in officer.open(INFORM).body


class TestTheInterimNotice:
    @pytest.mark.parametrize("page", [PAGE, "/", "/outcomes"])
    def test_is_public_with_its_date(self, notify, app, page):
        notify("Feedback so far shows that more detail would be useful")

        shown = Visitor(app).open(page).body

        assert "Feedback so far shows that more detail would be useful" in shown
        assert "We’re listening:" in shown
        assert "Published on Monday 4 September 2017" in shown

    def test_may_not_quote_anybody(self, answer, notify, database):
        browser = answer(AUGUST, "individual", send=False)
        words = "my bus never comes in the morning and nobody cares"
        browser.press(browser.ask(SLUG, "important"), ("important", words))

        page = notify(f"Somebody said {words}")

        assert page.status == 422
        with database.reading() as session:
            assert session.scalars(select(Notice)).all() == []

    def test_is_seen_first_and_a_name_in_it_must_be_fit_for_the_public(
        self, officer, clock, database
    ):
        clock.moment = SEPTEMBER
        typed = (("you_said", "Mr John Smith is late"), ("we_are", "Ring us on 01296 395000"))

        shown = officer.press(officer.open(INFORM), *typed, form=2)
        refused = officer.press(shown, form=1)

        assert all(words in shown.body for words in ("John Smith", "Ring us on 01296 395000"))
        assert (shown.status, refused.status) == (200, 422)
        with database.reading() as session:
            assert session.scalars(select(Notice)).all() == []
        assert "Published" in officer.press(refused, ("may_name", "yes"), form=1).body
        with database.reading() as session:
            assert len(session.scalars(select(Notice)).all()) == 1

    def test_can_be_changed_after_it_was_seen(self, officer, clock, database):
        clock.moment = SEPTEMBER
        typed = (("you_said", "More detail"), ("we_are", "We publish more"))
        shown = officer.press(officer.open(INFORM), *typed, form=2)

        back = officer.press(shown, ("change", "yes"), form=1)

        assert "More detail</textarea>" in back.body
        with database.reading() as session:
            assert session.scalars(select(Notice)).all() == []

    def test_is_taken_back(self, notify, officer, app):
        notify("More detail")
        page = officer.open(INFORM)

        officer.press(page, form=2)

        assert "More detail" not in Visitor(app).open("/outcomes").body
        assert "Withdrawn" in officer.open(INFORM).body


@pytest.fixture(autouse=True)
def consultation(database):
    with database.writing() as session:
        made = make_consultation(
            session,
            slug=SLUG,
            opens_at=datetime(2017, 7, 14, tzinfo=LONDON),
            closes_at=datetime(2017, 10, 16, 23, 59, tzinfo=LONDON),
        )
        return made.slug


@pytest.fixture
def officer(new_officer):
    return new_officer()


@pytest.fixture
def new_officer(app, database):
    """Give the browser of an officer who has just signed in."""

    def begin():
        browser = Visitor(app)
        with database.writing() as session:
            sign_in(browser.client, session, make_officer(session))
        return browser

    return begin


@pytest.fixture
def publish(new_officer, clock):
    """Publish a version of the information at a moment, with a document."""

    def inform(moment, title):
        clock.moment = moment
        officer = new_officer()
        typed = (("title", title), ("words", f"All about: {title}"), ("documents", DOCUMENT))
        page = officer.press(officer.open(INFORM), *typed, form=1)
        assert page.status == 200

    return inform


@pytest.fixture
def notify(officer, clock):
    """Publish a notice on 4 September."""

    def say(you_said):
        clock.moment = SEPTEMBER
        typed = (("you_said", you_said), ("we_are", "We publish more"))
        shown = officer.press(officer.open(INFORM), *typed, form=2)
        return officer.press(shown, form=1) if "Check before you publish" in shown.body else shown

    return say


class _Answering:
    """Answers the first question at a moment, in a new browser."""

    def __init__(self, app, clock):
        self.app, self.clock = app, clock

    def __call__(self, moment, capacity, *, send=True):
        self.clock.moment = moment
        browser = Visitor(self.app)
        browser.press(browser.begin(SLUG), ("capacity", capacity))
        if send:
            browser.press(browser.open(f"{PAGE}/check"))
        return browser

    def open(self, browser, moment, address):
        self.clock.moment = moment
        return browser.open(address)


@pytest.fixture
def answer(app, clock):
    return _Answering(app, clock)


@pytest.fixture
def versions(database):
    """Read what each response keeps of the information, at its start and at its end."""

    def read():
        with database.reading() as session:
            rows = session.scalars(select(Response).order_by(Response.started_at)).all()
            return [(each.information_at_start, each.information_at_end) for each in rows]

    return read
