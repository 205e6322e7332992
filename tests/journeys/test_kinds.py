"""Each kind of question in a real browser without any script: in every state, and by keyboard.

ACC-2.
"""

import pytest

from surveys.engine import Survey
from tests.conftest import COUNCIL, NOON, SECRET
from tests.factories import make_consultation
from tests.journeys.browser import faults_of, keep_screenshot, open_page
from tests.journeys.filling import fill_in
from tests.journeys.kinds import KINDS
from tests.journeys.served import served
from tests.stores import new_sqlite
from tests.surveys.conftest import ABOUT
from voice.app import create_app
from voice.config import Settings

pytestmark = pytest.mark.browser

EVERYTHING = "everything"
# Several questions in one survey: what is told and agreed to, a page of many kinds, who people are.
TOLD = [
    {
        "code": "told",
        "kind": "information",
        "text": "What this is about",
        "body": "We are planning the park.\n\nEverybody who answers helps.",
    },
    {"code": "agree", "kind": "consent", "text": "Do you agree?", "required": True},
]
TOGETHER = [
    {"code": "sure", "kind": "percent", "text": "How sure are you of that, in per cent?"},
    {"code": "change", "kind": "pair", "text": "How confident were you, and how confident now?"},
    {
        "code": "order",
        "kind": "ranking",
        "text": "What should come first?",
        "options": [{"code": "bus", "label": "A bus"}, {"code": "swing", "label": "A swing"}],
    },
    {
        "code": "rated",
        "kind": "grid",
        "text": "How good is each of these?",
        "required": True,
        "rows": [{"code": "path", "label": "The path"}, {"code": "pond", "label": "The pond"}],
        "columns": [
            {"code": "bad", "label": "Bad"},
            {"code": "fair", "label": "Fair"},
            {"code": "good", "label": "Good"},
        ],
    },
]
WHO = [
    {
        "code": "age",
        "kind": "choice",
        "text": "How old are you?",
        "equality": True,
        "options": [{"code": "young", "label": "Under 18"}, {"code": "old", "label": "18 or over"}],
    },
    {
        "code": "languages",
        "kind": "several",
        "text": "What do you speak at home?",
        "equality": True,
        "most": 1,
        "options": [{"code": "en", "label": "English"}, {"code": "cy", "label": "Welsh"}],
    },
]
TOGETHER_RIGHT = {
    "How sure are you of that, in per cent?": "80",
    "Before, in per cent": "40",
    "After, in per cent": "85",
    "A bus": "2",
    "A swing": "1",
    "The path / Good": True,
    "The pond / Fair": True,
}
# Each survey with what is filled in on its way, state by state, and what is read back at its end.
SURVEYS = {
    "agreement": (
        TOLD,
        (("asked", {}), ("refused", {}), ("answered", {"I agree": True})),
        ("I agree",),
    ),
    "together": (
        [each | {"page": "one"} for each in TOGETHER],
        (
            (
                "refused",
                {"How sure are you of that, in per cent?": "800", "Before, in per cent": "40"},
            ),
            ("answered", TOGETHER_RIGHT),
        ),
        ("80%", "After: 85%", "1. A swing", "The path: Good"),
    ),
    "people": (
        [each | {"page": "who"} for each in WHO],
        (
            ("refused", {"English": True, "Welsh": True}),
            ("answered", {"Under 18": True, "Welsh": False}),
        ),
        (),
    ),
}


# What is pressed to answer by keyboard alone, after the key that brings the focus to the question.
BY_KEYBOARD = {
    "ranking": (("2", "Tab", "1"), "1. A swing"),
    "grid": (("Space", "Tab", "Space", "ArrowRight"), "The pond: Good"),
    "card_sort": (("Space", "Tab", "Space", "ArrowDown"), "Time to play: I want more"),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """The service on loopback, with a consultation for each kind, and one that asks every kind."""
    home = tmp_path_factory.mktemp("service")
    database = new_sqlite(home)
    asked = {code: [{"code": code, "required": True} | kind.asks] for code, kind in KINDS.items()}
    asked |= {code: questions for code, (questions, *_) in SURVEYS.items()}
    asked[EVERYTHING] = [{"code": code} | kind.asks for code, kind in KINDS.items()]
    with database.writing() as session:
        for code, questions in asked.items():
            given = {"code": code, "title": code, "about": ABOUT, "questions": questions}
            make_consultation(session, survey=Survey.model_validate(given), slug=address_of(code))
    settings = Settings(
        home=home, database_url=str(database.engine.url), secret_key=SECRET, council=COUNCIL
    )
    with served(create_app(settings, database, now=lambda: NOON)) as address:
        yield address
    database.close()


@pytest.fixture(scope="module")
def visit(browser, root):
    """A phone to which no script ever arrives; each test begins a consultation of its own."""
    opened = open_page(browser, f"{root}/help", scripts_arrive=False)
    yield opened
    assert opened.foreign_requests() == []
    opened.page.context.close()


def address_of(code):
    return code.replace("_", "-")


def begin(visit, root, code):
    """Start answering this consultation; return the page with its first question."""
    visit.page.context.clear_cookies()
    visit.page.goto(f"{root}/consultations/{address_of(code)}")
    visit.page.get_by_role("button", name="Start now").click()
    return visit.page


def fill(page, fields):
    """Fill in or tick each field by its label, and press Continue."""
    fill_in(page, fields)
    page.get_by_role("button", name="Continue").click()


def look(page, name):
    """See that everybody can use the page, and keep its picture if one is wanted."""
    assert faults_of(page) == [], name
    keep_screenshot(page, f"kind {name}")
    return words_of(page)


def change(page):
    """Come back to the answer from the page where it is read back."""
    page.locator(".govuk-summary-list a").first.click()


@pytest.mark.parametrize("code", KINDS)
class TestAKind:
    def test_is_open_to_everybody_empty_refused_answered_and_come_back_to(self, visit, root, code):
        kind, page = KINDS[code], begin(visit, root, code)

        look(page, f"{code} empty")
        fill(page, kind.wrong)
        refused = page.title()
        look(page, f"{code} refused")
        fill(page, kind.right)
        read_back = look(page, f"{code} read back")
        change(page)
        look(page, f"{code} filled")
        fill(page, {})
        kept = words_of(page)
        change(page)
        fill(page, kind.changed)
        read_later = words_of(page)

        assert refused.startswith("Error: ")
        assert kind.read in read_back
        assert kind.read in kept
        assert kind.read_later in read_later


class TestEveryKind:
    def test_can_be_skipped_and_says_so(self, visit, root):
        page = begin(visit, root, EVERYTHING)

        for code in KINDS:
            assert page.url.endswith(f"/questions/{code}")
            page.get_by_role("button", name="Skip this question").click()
        read_back = look(page, "skipped")

        assert page.url.endswith("/check")
        assert read_back.count("Not answered") == len(KINDS)

    @pytest.mark.parametrize("code", BY_KEYBOARD)
    def test_of_many_parts_is_answered_by_keyboard_alone(self, visit, root, code):
        keys, read = BY_KEYBOARD[code]
        page = begin(visit, root, code)
        page.focus(".govuk-back-link")

        press_to(page, "main form select, main form input[type=radio]")
        for key in keys:
            page.keyboard.press(key)
        press_to(page, "main form button")
        page.keyboard.press("Enter")
        page.wait_for_url("**/check")

        assert read in words_of(page)


def words_of(page):
    """Return the page's words as they are seen: its stylesheet says where lines are kept."""
    page.wait_for_load_state("load")
    return page.locator("main").inner_text()


def press_to(page, wanted):
    """Press Tab until one of these has the focus."""
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"the keyboard does not reach {wanted}")


@pytest.mark.parametrize("code", SURVEYS)
def test_what_is_told_or_asked_together_is_open_to_everybody(visit, root, code):
    _, steps, read_back = SURVEYS[code]
    page = begin(visit, root, code)

    look(page, f"{code} first")
    for state, fields in steps:
        fill(page, fields)
        shown = look(page, f"{code} {state}")
        assert page.title().startswith("Error") is (state == "refused")

    assert [words for words in read_back if words not in shown] == []
