"""The survey of every kind beyond its answering pages: chat, paper, entry of paper, results.

Each page is held to axe-core and to three widths; what works without script is then used without.
"""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from tests.conftest import COUNCIL, NOON, SECRET
from tests.factories import make_consultation
from tests.journeys import states
from tests.journeys.browser import DESK, PHONE, faults_of, keep_screenshot, open_page
from tests.journeys.filling import fill_in
from tests.journeys.served import served
from tests.journeys.states import EVERY, SENT
from tests.stores import new_sqlite
from tests.voice.themed import make_officer, sign_in
from voice.app import create_app
from voice.config import Settings
from voice.models import Consultation

pytestmark = pytest.mark.browser

CHAT = "/consultations/every/chat"
PAPER = "/consultations/every/paper"
ENTRY = "/officers/consultations/every/enter"
CONSULTATION = "/officers/consultations/every"
TAKES_ANY_WORDS = {"information", "free_text", "short_text"}
PAIRS = "() => [...new FormData(document.querySelector('main form[enctype]'))]"
ASKED = {code: kind for code, kind in EVERY.items() if code != "information"}
WRITTEN = ("free_text", "short_text")
FEWEST_SHOWN = 8  # people behind an average
ON_PAPER = {code: kind for code, kind in EVERY.items() if code not in {"information", *SENT}}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    database = new_sqlite(tmp_path_factory.mktemp("elsewhere"))
    with database.writing() as session:
        make_consultation(session, survey=states.asking(required=False), slug="every")
    yield database
    database.close()


@pytest.fixture(scope="module")
def app(store, tmp_path_factory):
    home = tmp_path_factory.mktemp("media")
    settings = Settings(home, str(store.engine.url), SECRET, COUNCIL)
    return create_app(settings, store, now=lambda: NOON)


@pytest.fixture(scope="module")
def root(app):
    with served(app) as address:
        yield address


@pytest.fixture
def visit(browser, root):
    """Return a function that gives somebody new in front of a page of the service."""
    opened = []

    def at(path, **how):
        opened.append(open_page(browser, root + path, **how))
        return opened[-1].page

    yield at
    for each in opened:
        assert each.foreign_requests() == []
        each.page.context.close()


@pytest.fixture
def as_officer(visit, app, store, root):
    """Return a function that gives an officer of the team in front of a page."""

    def at(path, **how):
        client = app.test_client()
        with store.writing() as session:
            sign_in(client, session, make_officer(session))
        page = visit("/help", width=DESK, **how)
        kept = {"name": "officer", "value": client.get_cookie("officer").value, "url": root}
        page.context.add_cookies([kept])
        page.goto(root + path)
        return page

    return at


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def look(page, name):
    assert faults_of(page) == [], name
    keep_screenshot(page, f"every kind {name}")


def turns(page):
    """Take every turn of the chat, skipping each question; give each kind as it is asked."""
    press(page, "Start the chat")
    press(page, "Yes, let’s start")
    for code, kind in EVERY.items():
        assert kind.asks["text"] in page.locator(".voice-bubble").last.inner_text()
        yield code
        press(page, "Continue" if code == "information" else "Skip")


def test_the_chat_asks_every_kind_and_says_what_it_cannot_take(visit):
    page = visit(CHAT, width=PHONE, scripts_arrive=False)
    look(page, "chat")
    for code in turns(page):
        if code not in TAKES_ANY_WORDS:
            page.get_by_role("textbox").fill("???")
            press(page, "Send")
        look(page, f"chat {code}")
    look(page, "chat, last")
    press(page, "No, thanks")
    look(page, "chat, over")


def test_the_chat_asks_every_kind_where_no_script_may_run(visit):
    page = visit(CHAT, width=PHONE, javascript=False)

    assert list(turns(page)) == list(EVERY)
    assert page.get_by_text("That was the last question").is_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_the_printed_form_shows_every_kind_that_paper_can_ask(visit, javascript):
    page = visit(PAPER, width=PHONE, javascript=javascript)

    words = page.locator("main").inner_text()
    assert [code for code, kind in ON_PAPER.items() if kind.asks["text"] not in words] == []
    if javascript:
        look(page, "paper")


def test_an_officer_types_in_a_paper_of_every_kind_without_script(as_officer):
    page = as_officer(ENTRY, javascript=False)
    fill(page, "wrong")
    press(page, "Save")
    fill(page, "right")
    press(page, "Save")

    assert page.get_by_text("Saved as").is_visible()


def test_an_officer_sees_every_kind_typed_in_read_counted_and_published(
    as_officer, visit, store, root
):
    page = as_officer(ENTRY)
    look(page, "entry")
    fill(page, "wrong")
    press(page, "Save")
    look(page, "entry, refused")
    fill(page, "right")
    typed = page.evaluate(PAIRS)
    press(page, "Save")
    look(page, "entry, saved")
    for _ in range(FEWEST_SHOWN):
        save_again(page, root, typed)

    reads_and_counts(page, root)
    publishes(page, root, store)
    public = visit("/consultations/every/results", width=PHONE)
    look(public, "results, published")
    reads_what_is_published(public)
    reads_what_is_published(visit("/consultations/every/results", javascript=False))


def reads_and_counts(page, root):
    """See what was typed in on the page of responses, and every kind on the page of results."""
    page.goto(f"{root}{CONSULTATION}/responses")
    look(page, "responses")
    words = page.locator("main").inner_text()
    assert [code for code in WRITTEN if EVERY[code].read not in words] == []
    page.goto(f"{root}{CONSULTATION}/results")
    look(page, "results")
    words = page.locator("main").inner_text()
    assert [code for code, kind in ASKED.items() if kind.asks["text"] not in words] == []
    assert "100%" in words  # enough people for a figure to be shown


def publishes(page, root, store):
    """Close the consultation and publish its results, which stand below the button first."""
    with store.writing() as session:
        consultation = session.scalars(select(Consultation)).one()
        consultation.closes_at = NOON - timedelta(hours=1)
    page.goto(f"{root}{CONSULTATION}/publish-results")
    look(page, "results, to be published")
    press(page, "Publish the results")
    assert page.get_by_text("The results are published.").is_visible()


def reads_what_is_published(page):
    """See every kind that is counted on the public's page; nobody's own words are there."""
    words = page.locator("main").inner_text()
    counted = {code: kind for code, kind in ASKED.items() if code not in WRITTEN}
    assert [code for code, kind in counted.items() if kind.asks["text"] not in words] == []
    assert [code for code in WRITTEN if EVERY[code].read in words] == []


def save_again(page, root, typed):
    """Save another paper that says the same, without drawing the page."""
    (press_key,) = [value for name, value in page.evaluate(PAIRS) if name == "press"]
    sent = [(name, value) for name, value in typed if isinstance(value, str) and name != "press"]
    reply = page.context.request.post(
        root + ENTRY,
        data=urlencode([*sent, ("press", press_key)]),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert "Saved as" in reply.text()
    page.goto(root + ENTRY)


def fill(page, given):
    """Give each kind that paper can ask its `right` or `wrong` answer, and say how it came."""
    fill_in(page, {"Paper": True, "One person": True})
    for number, (code, kind) in enumerate(EVERY.items()):
        if code in ON_PAPER:
            words = kind.asks["text"]
            fields = getattr(kind, given).items()
            numbered = {f"{number}. {words}" if each == words else each: v for each, v in fields}
            fill_in(page, numbered, code=code)
    fill_in(page, {"Day": "1", "Month": "6", "Year": "2026"}, code="received-on")
