"""A resident answers on the web, in a real browser without JavaScript."""

import re

import pytest

from tests.conftest import COUNCIL, NOON, SECRET
from tests.journeys.browser import (
    PHONE,
    WIDTHS,
    faults_of,
    keep_screenshot,
    open_page,
)
from tests.journeys.served import open_surveys, served
from tests.stores import new_sqlite
from tests.voice.themed import make_officer
from voice.app import create_app
from voice.config import Settings
from voice.services import committees

pytestmark = pytest.mark.browser

EARLY_HELP = "/consultations/early-help"
VIEWPOINT = "/consultations/viewpoint"
INDIVIDUAL_ASKED = 17  # which path, then questions 1 to 16 as printed
ORGANISATION_ASKED = 11  # which path, then questions 1 to 7 and 17 to 19
SHARED = ["agree", "important", "proposal", "used", "found_out", "easy_to_find", "information"]
ABOUT_YOU = [
    "age", "gender", "health", "ethnicity", "postcode", "children", "children_health", "activity",
    "workplace",
]  # fmt: skip
ABOUT_AN_ORGANISATION = ["organisation_kind", "operates", "organisation"]
PLAIN_PAGES = ("/", "/outcomes", "/questions", "/questions/ask", "/help", "/privacy")
PLAIN_PAGES += ("/accessibility", "/cookies", "/nowhere")
# How many pages somebody meets on the way through each, every question fresh and in error.
PAGES_OF = {"": 9, "early-help": 34, "viewpoint": 20, "play": 19, "victims": 18}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """The service on loopback, with every survey of the library open."""
    home = tmp_path_factory.mktemp("service")
    database = new_sqlite(home)
    open_surveys(
        database,
        early_help="early_help_2017",
        viewpoint="hmip_viewpoint",
        victims="yos_victim_feedback",
        play="chelseas_choice_2015",
    )
    with database.writing() as session:
        committees.add(session, make_officer(session), "A committee", now=NOON)
    settings = Settings(
        home=home, database_url=str(database.engine.url), secret_key=SECRET, council=COUNCIL
    )
    with served(create_app(settings, database, now=lambda: NOON)) as address:
        yield address
    database.close()


@pytest.fixture
def page(browser, root):
    """A phone without JavaScript on the start page of the Early Help consultation."""
    opened = open_page(browser, root + EARLY_HELP, width=PHONE, javascript=False).page
    yield opened
    opened.context.close()


def _press(page, name):
    """Press a button and wait until the page that it leads to is there."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def _start(page):
    """Begin to answer: the first way, where a survey may be answered in several."""
    ways = page.get_by_role("button", name="For yourself or your family")
    _press(page, "For yourself or your family" if ways.count() else "Start now")


def _enter(page):
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _begin(page, who):
    _press(page, "Start now")
    page.get_by_label(who).check()
    _press(page, "Continue")


def _code(page):
    """Return the code of the question on this page, "" on any other page."""
    found = re.search(r"/questions/(\w+)$", page.url)
    return found[1] if found else ""


def _skip_to(page, code):
    """Skip every question before this one; return the codes that were asked on the way."""
    asked = []
    while _code(page) not in {code, ""}:
        asked.append(_code(page))
        _press(page, "Skip this question")
    return asked


class TestAnIndividual:
    def test_is_asked_questions_1_to_16_as_printed(self, page):
        _begin(page, "As an individual")
        total = page.locator(".voice-progress").inner_text()

        asked = _skip_to(page, "the end")

        assert asked == SHARED + ABOUT_YOU
        assert f"of {INDIVIDUAL_ASKED}" in total
        assert page.url.endswith("/check")

    def test_answers_checks_changes_and_sends(self, page):
        _begin(page, "As an individual")
        page.get_by_label("Strongly disagree").check()
        _press(page, "Continue")
        page.locator("#important").fill("Keep the children's centre\nin our town")
        _press(page, "Continue")
        _skip_to(page, "the end")

        page.get_by_role("link", name="Change your answer to: To what extent").click()
        page.get_by_label("Agree", exact=True).check()
        _press(page, "Continue")
        changed = page.locator("main").inner_text()
        _press(page, "Send my answers")

        receipt = page.locator("main").inner_text()
        assert page.url.endswith("/sent")
        assert re.search(r"Your reference\s+[0-9A-Z]{4}-[0-9A-Z]{4}", receipt)
        assert "Strongly disagree" not in changed
        assert "Agree" in changed
        assert "Keep the children's centre\nin our town" in receipt

    def test_gets_a_copy_to_keep(self, page):
        _begin(page, "As an individual")
        _skip_to(page, "proposal")
        page.locator("#proposal").fill("A bus in the evening, please — “late”")
        _press(page, "Continue")
        _skip_to(page, "the end")
        _press(page, "Send my answers")

        with page.expect_download() as started:
            page.get_by_role("link", name="Download your answers").click()

        words = started.value.path().read_text(encoding="utf-8")
        assert started.value.suggested_filename == "my-answers.txt"
        assert "A bus in the evening, please — “late”" in words

    def test_goes_back_and_finds_the_answer(self, page):
        _begin(page, "As an individual")
        page.get_by_label("Don't know").check()
        _press(page, "Continue")

        page.get_by_role("link", name="Back", exact=True).click()

        assert _code(page) == "agree"
        assert page.get_by_label("Don't know").is_checked()

    def test_cannot_tick_none_of_the_above_with_another(self, page):
        _begin(page, "As an individual")
        _skip_to(page, "used")
        page.get_by_label("Clubs").check()
        page.get_by_label("None of the above").check()

        _press(page, "Continue")

        assert "on its own" in page.locator(".govuk-error-summary").inner_text()
        assert page.get_by_label("Clubs").is_checked()

    def test_says_which_other_way(self, page):
        _begin(page, "As an individual")
        _skip_to(page, "found_out")
        page.get_by_label("Another way").check()
        page.get_by_label("Please say what").fill("A poster on a bus")
        _press(page, "Continue")
        _skip_to(page, "the end")

        assert "A poster on a bus" in page.locator("main").inner_text()

    def test_reads_who_reads_the_words_before_writing_the_first(self, page):
        """PRI-4."""
        _begin(page, "As an individual")
        _skip_to(page, "important")
        first = page.locator("main").inner_text()
        _skip_to(page, "proposal")

        second = page.locator("main").inner_text()

        assert "Who reads this:" in first
        assert "someone is in danger, we will try to get help" in first
        assert "You can delete your answers" in first
        assert "Who reads this:" not in second


class TestAnOrganisation:
    def test_is_asked_ten_questions(self, page):
        _begin(page, "On behalf of an organisation")
        total = page.locator(".voice-progress").inner_text()

        asked = _skip_to(page, "the end")

        assert asked == SHARED + ABOUT_AN_ORGANISATION
        assert f"of {ORGANISATION_ASKED}" in total


class TestComingBack:
    def test_by_a_code_goes_on_where_it_stopped(self, browser, root, page):
        _begin(page, "As an individual")
        page.get_by_label("Strongly agree").check()
        _press(page, "Continue")
        page.get_by_role("link", name="Save and come back later").click()
        _press(page, "Get a code")
        code = page.locator(".govuk-panel strong").inner_text()

        other = open_page(browser, root + EARLY_HELP, javascript=False).page
        other.get_by_role("link", name="Come back with a code").click()
        other.get_by_label("What is your code?").fill(code.lower().replace("-", " "))
        _press(other, "Go on answering")

        assert _code(other) == "important"
        _skip_to(other, "the end")
        assert "Strongly agree" in other.locator("main").inner_text()
        other.context.close()

    def test_on_the_same_device_needs_nothing(self, root, page):
        _begin(page, "As an individual")
        page.goto(root + EARLY_HELP)

        page.get_by_role("link", name="Go on where you stopped").click()

        assert _code(page) == "agree"


class TestTheKeyboard:
    """ACC-2."""

    def test_is_enough_to_answer_everything(self, browser, root):
        page = open_page(browser, root + VIEWPOINT, javascript=False).page
        _walk_to(page, "Start now")
        _enter(page)
        for _ in range(3):
            _walk_to_control(page)
            page.keyboard.press("Space")
            _walk_to(page, "Continue")
            _enter(page)
        for words in ("Trips", "Shorter waits"):
            _walk_to_control(page)
            page.keyboard.type(words)
            _walk_to(page, "Continue")
            _enter(page)

        _walk_to(page, "Send my answers")
        _enter(page)

        receipt = page.locator("main").inner_text()
        assert "Your answers are in" in receipt
        assert all(words in receipt for words in ("Very good", "Always", "Trips", "Shorter waits"))
        page.context.close()

    @pytest.mark.parametrize("path", ["/", VIEWPOINT, f"{VIEWPOINT}/chat", "/help"])
    def test_first_reaches_the_way_past_the_header(self, browser, root, path):
        page = open_page(browser, root + path, javascript=False).page

        page.keyboard.press("Tab")

        assert "Skip to main content" in page.locator(":focus").inner_text()
        page.context.close()


def _walk_to(page, words):
    """Press Tab until the button of this name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and focused.inner_text().strip() == words:
            return
    raise AssertionError(f"the keyboard does not reach {words}")


def _walk_to_control(page):
    """Press Tab until something that can be answered has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator("main input:focus, main textarea:focus").count():
            return
    raise AssertionError("the keyboard does not reach the question")


class TestTheChat:
    def test_takes_taps_and_words_to_the_end(self, browser, root):
        page = open_page(browser, f"{root}{VIEWPOINT}/chat", javascript=False).page
        _press(page, "Start the chat")
        _press(page, "Yes, let’s start")
        for choice in ("Very good", "A lot less likely", "Most of the time"):
            _press(page, choice)
        for words in ("Trips", "Shorter waits"):
            page.locator("#words").fill(words)
            _press(page, "Send")
        _press(page, "No, thanks")

        said = page.locator(".voice-chat").inner_text()
        assert "Your reference is" in said
        assert "Shorter waits" in said
        page.context.close()

    @pytest.mark.parametrize("width", WIDTHS)
    def test_opens_where_the_newest_message_and_its_buttons_are_seen(self, browser, root, width):
        page = open_page(browser, f"{root}{VIEWPOINT}/chat", width=width, javascript=False).page
        _press(page, "Start the chat")
        _press(page, "Yes, let’s start")

        _press(page, "Good most of the time")

        window = page.viewport_size["height"]
        leave = page.get_by_role("button", name="Exit this page").bounding_box()
        newest = page.locator("#now").bounding_box()
        words = page.locator("#words").bounding_box()
        buttons = page.locator(".voice-chat-option:not(.voice-chat-option--quiet)").all()
        tops = [each.bounding_box()["y"] for each in buttons]
        apart = newest["x"] + newest["width"] < leave["x"]
        assert newest["y"] >= (0 if apart else leave["y"] + leave["height"])
        assert max(tops) < window
        assert min(tops) > newest["y"]
        assert words["y"] > max(tops)
        page.context.close()

    def test_goes_on_at_the_same_question_later(self, browser, root):
        page = open_page(browser, f"{root}{VIEWPOINT}/chat", javascript=False).page
        _press(page, "Start the chat")
        _press(page, "Yes, let’s start")
        _press(page, "Very good")
        page.goto(root + "/")

        page.goto(f"{root}{VIEWPOINT}/chat")

        assert "Since you came to the YOS" in page.locator("#now").inner_text()
        page.context.close()


def _plain_pages(page, root):
    for path in PLAIN_PAGES:
        page.goto(root + path)
        yield path


def _pages_of(page, start, slug):
    page.goto(start)
    yield f"{slug} start"
    page.goto(f"{start}/come-back")
    _press(page, "Go on answering")
    yield f"{slug} come back, in error"
    page.goto(start)
    _start(page)
    yield from _questions_of(page, start, slug)
    page.goto(f"{start}/check")
    yield f"{slug} check"
    page.goto(f"{start}/save")
    yield f"{slug} save"
    _press(page, "Get a code")
    yield f"{slug} saved"
    page.goto(f"{start}/thank-you-for-telling-us")
    yield f"{slug} telling"
    page.goto(f"{start}/check")
    _press(page, "Send my answers")
    yield f"{slug} sent"
    page.goto(f"{start}/delete")
    yield f"{slug} delete"
    _press(page, "Yes, delete my answers")
    yield f"{slug} deleted"
    yield from _turns_of(page, start, slug)


def _questions_of(page, start, slug):
    while code := _code(page):
        yield f"{slug} {code}"
        if code == "capacity":
            page.locator("#capacity").check()
        if page.locator("input[name=csrf_token]").count() and code in {"important", "best", "used"}:
            _spoil_guard(page)
            yield f"{slug} {code}, in error"
        if code == "postcode":
            page.locator("#postcode").fill("nowhere")
            _press(page, "Continue")
            yield f"{slug} {code}, in error"
            page.locator("#postcode").fill("HP20")
        _press(page, "Continue")


def _spoil_guard(page):
    """Send the page as if it had been open for too long."""
    page.locator("input[name=csrf_token]").evaluate("(guard) => { guard.value = 'old' }")
    _press(page, "Continue")


def _turns_of(page, start, slug):
    page.goto(f"{start}/chat")
    yield f"{slug} chat"
    _press(page, "Start the chat")
    yield f"{slug} chat begun"
    for turn in range(3):
        with page.expect_navigation():
            page.locator(".voice-chat-option").first.click()
        yield f"{slug} chat turn {turn + 1}"


def _numbers_missing(page):
    """Return the numbers that stand nowhere on the page, before anything is asked (SAF-2)."""
    return [
        number
        for number in ("999", "0800 1111", "116 123", "01296 383962")
        if not page.get_by_role("link", name=number).first.is_visible()
    ]


class TestEveryPublicPage:
    """ACC-1."""

    @pytest.mark.slow
    @pytest.mark.parametrize(("slug", "pages"), PAGES_OF.items())
    def test_has_nothing_for_axe_to_find_fits_its_window_and_shows_where_help_is(
        self, browser, root, slug, pages
    ):
        visit = open_page(browser, root + "/", scripts_arrive=False)
        start = f"{root}/consultations/{slug}"
        walk = _pages_of(visit.page, start, slug) if slug else _plain_pages(visit.page, root)
        trouble, seen = [], 0

        for name in walk:
            seen += 1
            visit.page.evaluate("window.scrollTo(0, 0)")  # the button to leave stays on top
            trouble += [f"{name}: {each}" for each in faults_of(visit.page)]
            trouble += [f"{name}: without {number}" for number in _numbers_missing(visit.page)]
            keep_screenshot(visit.page, name)

        assert trouble == []
        assert visit.complaints() == []
        assert seen == pages
        visit.page.context.close()
