"""Each kind of question in a real browser without script's help: empty, refused, and answered."""

import pytest

from surveys.engine import Survey
from tests.conftest import COUNCIL, NOON, SECRET
from tests.factories import make_consultation
from tests.journeys.browser import (
    DESK,
    PHONE_SMALL,
    axe_findings,
    keep_screenshot,
    open_page,
    overflows_sideways,
)
from tests.journeys.served import served
from tests.stores import new_sqlite
from tests.surveys.conftest import ABOUT
from tests.voice.samples import picture
from voice.app import create_app
from voice.config import Settings

pytestmark = pytest.mark.browser

QUESTIONS = {
    "born": {"kind": "date", "text": "When was your child born?"},
    "wanted": {
        "kind": "several",
        "text": "What should come first?",
        "most": 1,
        "options": [{"code": "bus", "label": "A bus"}, {"code": "swing", "label": "A swing"}],
    },
    "meet": {"kind": "time", "text": "When shall we meet?", "hint": "For example, 3:30pm"},
    "place": {
        "kind": "picture_several",
        "text": "Where do you like to be?",
        "most": 1,
        "options": [
            {"code": "home", "label": "At home", "picture": "warm_home.svg"},
            {"code": "school", "label": "At school", "picture": "going_to_school.svg"},
            {"code": "park", "label": "In the park", "symbol": "🌳"},
        ],
    },
    "needs": {
        "kind": "card_sort",
        "text": "Which pile does each card go in?",
        "required": True,
        "piles": [
            {"code": "have", "label": "I have this", "symbol": "😀"},
            {"code": "more", "label": "I want more", "symbol": "🙁"},
        ],
        "cards": [
            {"code": "food", "label": "Enough food", "picture": "enough_food.svg"},
            {"code": "play", "label": "Time to play", "symbol": "⚽"},
        ],
    },
}
QUESTIONS["photo"] = {"kind": "photo", "text": "Show us the place"}
# What is filled in, by the label of its field: what cannot be taken, then what can.
WRONG = {
    "born": {"Day": "31", "Month": "2", "Year": "2009"},
    "wanted": {"A bus": True, "A swing": True},
    "meet": {"When shall we meet?": "teatime"},
    "place": {"At home": True, "At school": True},
    "needs": {"Enough food / I have this": True},
    "photo": {"Choose a picture": b"no picture"},
}
RIGHT = {
    "born": {"Day": "3", "Month": "April", "Year": "2009"},
    "wanted": {"A bus": False},
    "meet": {"When shall we meet?": "15.30"},
    "place": {"At home": False},
    "needs": {"Time to play / I want more": True},
    "photo": {"Choose a picture": picture(), "Say something about it, if you like": "The path"},
}
READ_BACK = {
    "born": "3 April 2009",
    "meet": "3:30pm",
    "wanted": "A swing",
    "place": "At school",
    "needs": "Time to play: I want more",
    "photo": "You sent a picture: The path",
}
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


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """The service on loopback, with a consultation for each kind, called as its question is."""
    home = tmp_path_factory.mktemp("service")
    database = new_sqlite(home)
    with database.writing() as session:
        alone = {code: [{"code": code} | each] for code, each in QUESTIONS.items()}
        together = {code: questions for code, (questions, *_) in SURVEYS.items()}
        for code, questions in (alone | together).items():
            asked = {"code": code, "title": code, "about": ABOUT, "questions": questions}
            make_consultation(session, survey=Survey.model_validate(asked), slug=code)
    settings = Settings(
        home=home, database_url=str(database.engine.url), secret_key=SECRET, council=COUNCIL
    )
    with served(create_app(settings, database, now=lambda: NOON)) as address:
        yield address
    database.close()


def fill(page, fields):
    """Fill in or tick each field by its label, and press Continue."""
    for label, words in fields.items():
        group, _, name = label.rpartition(" / ")
        field = page.get_by_label(name, exact=True)
        if group:
            around = page.get_by_role("group", name=group, exact=True)
            field = around.get_by_role("radio", name=name, exact=True)
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(words)
        elif isinstance(words, bytes):
            field.set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": words})
        elif isinstance(words, bool):
            field.set_checked(words)
        else:
            field.fill(words)
    page.get_by_role("button", name="Continue").click()


@pytest.mark.parametrize("width", [PHONE_SMALL, DESK])
@pytest.mark.parametrize("code", QUESTIONS)
def test_a_kind_is_open_to_everybody_in_every_state(browser, root, code, width):
    address = f"{root}/consultations/{code}"
    visit = open_page(browser, address, width=width, scripts_arrive=False)
    page = visit.page
    page.get_by_role("button").first.click()

    for state, fields in (("asked", None), ("refused", WRONG[code]), ("answered", RIGHT[code])):
        if fields is not None:
            fill(page, fields)
        keep_screenshot(page, f"kind {code} {state}")
        assert axe_findings(page) == [], state
        assert not overflows_sideways(page), state

    assert READ_BACK[code] in page.locator("main").inner_text()
    assert visit.foreign_requests() == []
    page.context.close()


@pytest.mark.parametrize("code", SURVEYS)
def test_what_is_told_or_asked_together_is_open_to_everybody(browser, root, code):
    _, steps, read_back = SURVEYS[code]
    visit = open_page(
        browser, f"{root}/consultations/{code}", width=PHONE_SMALL, scripts_arrive=False
    )
    page = visit.page
    page.get_by_role("button").first.click()

    for state, fields in (("first", None), *steps):
        if fields is not None:
            fill(page, fields)
        keep_screenshot(page, f"kinds {code} {state}")
        assert axe_findings(page) == [], state
        assert not overflows_sideways(page), state
        assert page.title().startswith("Error") is (state == "refused")

    shown = page.locator("main").inner_text()
    assert [words for words in read_back if words not in shown] == []
    assert visit.foreign_requests() == []
    page.context.close()
