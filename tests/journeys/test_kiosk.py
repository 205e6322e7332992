"""A library's screen in a real browser: two people after each other, and nothing of either stays.

A minute lasts a second here, so that somebody who walks away is gone in three.
"""

import re

import pytest

from tests.factories import make_consultation
from tests.journeys.browser import DESK, open_page
from tests.journeys.served import served
from tests.voice.web.doors import make_link, responses_in
from voice.models import Channel, LinkKind
from voice.web import devices
from voice.web.public import kiosk

pytestmark = pytest.mark.browser

SECRET_WORDS = "My red bicycle was stolen"
THANKS_SECONDS = 2
STORED = """async () => [
    ...Object.keys(localStorage), ...Object.keys(sessionStorage), ...await caches.keys(),
    ...(await indexedDB.databases()).map(each => each.name)]"""


@pytest.fixture
def root(app, database, monkeypatch):
    monkeypatch.setattr(devices, "MINUTE_SECONDS", 1)
    monkeypatch.setattr(kiosk, "THANKS_SECONDS", THANKS_SECONDS)
    with database.writing() as session:
        make_consultation(session, survey="chelseas_choice_2015", slug="play")
    with served(app) as address:
        yield address


@pytest.fixture
def screen(browser, database, root):
    """A screen that has just been switched on at the library's own short address."""
    code = make_link(database, "play", LinkKind.KIOSK, label="Screen", idle_minutes=3)
    visit = open_page(browser, f"{root}/go/{code}", width=DESK)
    yield visit.page
    assert visit.complaints() == []
    visit.page.context.close()


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def answer(page, **given):
    """Answer the questions on the way, each with an option or in words."""
    for code, value in given.items():
        page.wait_for_url(f"**/questions/{code}")
        words = page.locator(f"textarea[name='{code}']")
        if words.count():
            words.fill(value)
        else:
            page.locator(f"[name='{code}'][value='{value}']").check()
        press(page, "Continue")


def begins_anew(page):
    """Wait until the screen stands where it begins, and see that nobody's words are on it."""
    page.wait_for_url("**/consultations/play", timeout=15_000)
    assert page.get_by_role("button", name="Start", exact=True).is_visible()
    assert SECRET_WORDS not in page.content()


def goes_back_to_nothing(page, start):
    """Press Back until there is no page before, and see nothing of what anybody said on any."""
    pages = page.evaluate("history.length")
    for _ in range(pages - 1):
        page.go_back()
        if page.url == "about:blank":
            break
        begins_anew(page)
    assert pages > 5
    page.goto(start)


def test_forgets_who_walked_away_and_who_has_sent(screen, app, root, database):
    start = f"{root}/consultations/play"
    screen.get_by_role("link", name="اردو").click()
    screen.wait_for_url("**/play?language=ur")
    assert screen.locator("html").get_attribute("dir") == "rtl"
    begins_anew(screen)
    press(screen, "Start")
    answer(screen, attitude="yes", helpful="very", will_do="respect", worried="no")
    screen.get_by_role("textbox").fill(SECRET_WORDS)
    asks = screen.get_by_text("Are you still there?")
    assert asks.is_hidden()
    screen.evaluate("document.getAnimations().forEach(each => each.finish())")
    assert asks.is_visible()
    begins_anew(screen)
    goes_back_to_nothing(screen, start)
    holds_nothing(screen, app)

    press(screen, "Start")
    assert screen.locator("input:checked").count() == 0
    answer(screen, attitude="yes", helpful="very", will_do="respect", worried="no")
    assert screen.get_by_role("textbox").input_value() == ""
    answer(screen, remember=SECRET_WORDS)
    assert SECRET_WORDS in screen.content()
    press(screen, "Send my answers")
    assert screen.get_by_text("Thank you").first.is_visible()
    begins_anew(screen)
    goes_back_to_nothing(screen, start)
    holds_nothing(screen, app)

    left, sent = sorted(responses_in(database), key=lambda each: each.submitted_at is not None)
    assert {left.channel, sent.channel} == {Channel.KIOSK}
    assert (left.submitted_at, left.respondent == sent.respondent) == (None, False)
    assert sent.submitted_at is not None


def holds_nothing(page, app):
    """See that the browser keeps only that it is a kiosk, and the seal of the service's forms.

    In it stands a number of chance, by which the next person's questions are counted as theirs.
    """
    assert page.evaluate(STORED) == []
    kept = {each["name"]: each["value"] for each in page.context.cookies()}
    assert set(kept) == {"door", "form"}
    sealed = app.session_interface.get_signing_serializer(app).loads(kept["form"])
    assert set(sealed) == {"csrf_token", "person"}
    assert re.fullmatch("[0-9a-f]{16}", sealed["person"])
