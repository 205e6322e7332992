"""An officer writes a survey, tries it and opens it, with no script, on a phone and at a desk."""

import pytest
from sqlalchemy import select

from tests.conftest import COUNCIL, NOON, SECRET
from tests.journeys.browser import (
    faults_of,
    focused_id,
    keep_screenshot,
    small_targets,
    watch,
)
from tests.journeys.served import served
from tests.stores import new_sqlite
from tests.voice.themed import make_officer, sign_in
from voice.app import create_app
from voice.config import Settings
from voice.models import Consultation

pytestmark = pytest.mark.browser

START_PAGE = {
    "#f-about-what": "We ask how you get to school.",
    "#f-about-why": "It helps us plan the buses.",
    "#f-about-who_for": "Pupils and parents.",
    "#f-about-what_happens": "We count the answers and say what we did.",
    "#f-about-who_reads": "A small team at the council.",
}


class Cookies:
    """Takes the cookie that signs somebody in, to hand it to a browser."""

    def set_cookie(self, name, value):
        self.held = {"name": name, "value": value}


@pytest.fixture
def desk(browser, tmp_path):
    """The browser at the list of drafts, signed in, and the store behind it."""
    store, cookies = new_sqlite(tmp_path), Cookies()
    with store.writing() as session:
        sign_in(cookies, session, make_officer(session))
    app = create_app(Settings(tmp_path, "", SECRET, COUNCIL), store, now=lambda: NOON)
    with served(app) as root:
        context = browser.new_context(locale="en-GB")
        context.add_cookies([cookies.held | {"url": root}])
        visit = watch(context, origin=root)
        visit.page.goto(f"{root}/officers/drafts")
        yield visit, store
        context.close()
    store.close()


def look(visit, name):
    """Look at the page at a desk and on a phone: nothing to complain of on either."""
    assert faults_of(visit.page) == [], name
    keep_screenshot(visit.page, f"author {name}")
    assert (small_targets(visit.page), visit.complaints()) == ([], []), name


def add_question(page, kind, words, *, answers=""):
    page.select_option("#kind", kind)
    page.click("button:text-is('Add')")
    page.fill("#f-text", words)
    if answers:
        page.fill("#f-options-more", answers)


def test_a_survey_is_written_tried_and_opened(desk):
    visit, store = desk
    page = visit.page
    look(visit, "list")
    page.fill("#title", "Getting to school")
    page.click("button:text-is('Begin')")

    add_question(page, "choice", "How do you get to school?", answers="On foot\nBy bus\nBy car")
    page.click("button:text-is('Save')")
    assert page.locator(".voice-phone").count() == 2
    look(visit, "question")
    page.click("button:text-is('Save and see all questions')")

    add_question(page, "free_text", "How is the bus?")
    page.select_option("#f-ask_if-0-answer", "question_1.by_bus")
    page.click("button:text-is('Save and see all questions')")
    page.get_by_text("Asked only of people who answered ‘By bus’").wait_for()

    _arrange(page)
    look(visit, "draft")
    _try_it(visit)
    _open_it(visit)

    with store.reading() as session:
        assert session.scalars(select(Consultation.slug)).all() == ["getting-to-school"]


def _arrange(page):
    """Move a question by the keyboard, which keeps its place; delete one and undo it."""
    page.focus("#down-q1")
    page.keyboard.press("Enter")
    page.wait_for_url("**#up-q1")
    assert focused_id(page) == "up-q1"
    page.keyboard.press("Enter")
    page.wait_for_url("**#down-q1")
    assert focused_id(page) == "down-q1"
    page.click("button[value='delete q2']")
    page.click("button:text-is('Undo')")
    assert page.locator(".voice-question").count() == 2


def _try_it(visit):
    page = visit.page
    page.click("text=Try it on a phone and as a chat")
    page.check("input[value=by_bus]")
    page.click("button:text-is('Continue')")
    said = page.locator("section[aria-label='As a chat'] .voice-bubble--me").inner_text()
    assert said.split() == ["You", "said:", "By", "bus"]
    look(visit, "try")
    page.click("button:text-is('Skip this question')")
    page.wait_for_selector("text=This is the end.")
    _try_the_chat(visit)
    page.click("text=All questions")


def _try_the_chat(visit):
    """Tap and type in the chat half; the phone beside it goes along, and the page stays."""
    page = visit.page
    page.click("button:text-is('Begin the chat again')")
    chat = page.locator("section[aria-label='As a chat']")
    page.evaluate("window.sameWindow = true")
    chat.locator("button:text-is('Yes, let’s start')").click()
    chat.locator("button:text-is('By bus')").click()
    chat.locator("text=How is the bus?").wait_for()
    assert "How is the bus?" in page.locator("section[aria-label='On a phone']").inner_text()
    chat.locator("textarea").fill("Late")
    chat.locator("button:text-is('Send')").click()
    chat.locator("text=Here the answers would be sent in.").wait_for()
    assert page.evaluate("window.sameWindow")
    assert focused_id(page) == "now"
    look(visit, "try chat")


def test_a_draft_is_tried_as_a_chat_with_no_script(desk, browser):
    visit, _ = desk
    page = visit.page
    page.fill("#title", "Getting to school")
    page.click("button:text-is('Begin')")
    add_question(page, "choice", "How do you get to school?", answers="On foot\nBy bus")
    page.click("button:text-is('Save')")
    address = f"{page.url.partition('/questions')[0]}/try"
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto(address)
    plain.click("button:text-is('Yes, let’s start')")
    plain.click("section[aria-label='As a chat'] button:text-is('By bus')")

    assert plain.url.endswith("/try/chat#now")
    assert plain.locator("text=This is the end.").count() == 1
    context.close()


def _open_it(visit):
    page = visit.page
    page.click("text=Title and start page")
    for field, words in START_PAGE.items():
        page.fill(field, words)
    look(visit, "start page")
    page.click("button:text-is('Save')")
    page.click("text=All questions")
    page.click("text=Check and publish")
    page.fill("#closes", "1")
    page.fill("#closes-month", "9")
    page.fill("#closes-year", "2026")
    look(visit, "publish")
    page.click("button:text-is('Open the consultation')")
    assert page.locator("h1").inner_text().startswith("Getting to school")
