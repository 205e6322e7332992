"""Every kind of question in every state, on a phone to which no script arrives.

A state that a kind cannot be in is named with its reason in `states.py`; a kind that is new is
missing from both, and fails here.
"""

import re

import pytest

from tests.conftest import COUNCIL, NOON, SECRET
from tests.factories import make_consultation
from tests.journeys import states
from tests.journeys.browser import faults_of, keep_screenshot, open_page
from tests.journeys.filling import fill_in
from tests.journeys.served import served
from tests.journeys.states import ELSE, EVERY, LONG, NOT_THERE, SENT, TOO_LONG
from tests.stores import new_sqlite
from tests.voice.web.doors import make_link
from voice.app import create_app
from voice.config import Settings
from voice.models import LinkKind

pytestmark = pytest.mark.browser

# The kinds of which `what` is there to be seen, by the codes of their questions.
ON_PAGE = """codes => codes.filter(code => [...document.querySelectorAll(
    `[name='${code}']:not([type=hidden]), [name^='${code}-']:not([type=hidden])`)].length)"""
REFUSED = """codes => codes.filter(code => {
    const link = document.querySelector(`.govuk-error-summary a[href='#${code}']`)
    return link && document.getElementById(code) && document.getElementById(`${code}-error`) })"""
FILLED = """codes => codes.filter(code => [...document.querySelectorAll(
    `[name='${code}'], [name^='${code}-']`)].some(each =>
        ['radio', 'checkbox'].includes(each.type) ? each.checked : each.value))"""
LATIN = re.compile(r"[A-Za-z]{2,}")
SAID_IN_LATIN = {"JPEG", "PNG", "WebP", "PDF", "Ogg", "WAV", "MP", "MB", "HP"}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    home = tmp_path_factory.mktemp("states")
    database = new_sqlite(home)
    surveys = {
        "every": states.asking(),
        "helped": states.asking(code="helped", required=False),
        "other": states.with_something_else(),
        "files": states.asking({code: EVERY[code] for code in SENT}, code="files", most=2),
        "pictures": states.in_pictures(),
        "urdu": states.in_urdu(),
    }
    with database.writing() as session:
        for slug, survey in surveys.items():
            make_consultation(session, survey=survey, slug=slug)
    yield database
    database.close()


@pytest.fixture(scope="module")
def root(store, tmp_path_factory):
    settings = Settings(
        home=tmp_path_factory.mktemp("media"),
        database_url=str(store.engine.url),
        secret_key=SECRET,
        council=COUNCIL,
    )
    with served(create_app(settings, store, now=lambda: NOON)) as address:
        yield address


@pytest.fixture
def page(browser, root):
    """A phone to which no script ever arrives, and which belongs to somebody new."""
    visit = open_page(browser, f"{root}/help", scripts_arrive=False)
    yield visit.page
    assert visit.foreign_requests() == []
    visit.page.context.close()


def begin(page, address):
    page.goto(address)
    follow(page, page.locator("#start button").first)


def seen(page, what):
    """Return the kinds of which this is to be seen."""
    return set(page.evaluate(what, [each for each in EVERY if each != "information"]))


def look(page, state):
    assert faults_of(page) == [], state
    keep_screenshot(page, f"state {state}")


def fill(page, given):
    for code, fields in given.items():
        fill_in(page, fields, code=code)


def press(page, name="Continue"):
    follow(page, page.get_by_role("button", name=name, exact=True))


def follow(page, control):
    """Press what leads to another page, and wait until that page is there."""
    with page.expect_navigation():
        control.click()


def change(page):
    """Come back to the first answer from the page where all are read back."""
    follow(page, page.locator(".govuk-summary-list a").first)


def is_told(page):
    """Return the information page as a kind, if its words are there."""
    return {"information"} if page.get_by_text("About the park.").is_visible() else set()


def holds(state, kinds):
    """See that every kind was in the state, or cannot be."""
    reasons = NOT_THERE[state]
    assert (kinds | set(reasons)) - {"information"} == states.every_kind() - {"information"}
    assert ("information" in kinds) is ("information" not in reasons)
    assert kinds & set(reasons) == set()


def test_every_kind_is_known_here():
    assert set(EVERY) == states.every_kind()


def test_empty_refused_and_filled(page, root):
    begin(page, f"{root}/consultations/every")
    look(page, "empty")
    holds("empty", seen(page, ON_PAGE) | is_told(page))

    fill(page, {code: kind.wrong for code, kind in EVERY.items()})
    press(page)
    look(page, "refused")
    holds("refused", seen(page, REFUSED))

    fill(page, {code: kind.right for code, kind in EVERY.items()})
    press(page)
    look(page, "read back")
    words = page.locator("main").inner_text()
    assert [kind.read for kind in EVERY.values() if kind.read not in words] == []

    change(page)
    look(page, "filled")
    holds("filled", seen(page, FILLED))


def test_far_too_long_is_given_back_whole(page, root):
    begin(page, f"{root}/consultations/every")
    fill(page, TOO_LONG)
    press(page)
    look(page, "far too long")

    holds("far too long", seen(page, REFUSED) & set(TOO_LONG))
    typed = [given for fields in TOO_LONG.values() for given in fields.values() if given == LONG]
    kept = [field.input_value() for field in page.locator("input[type=text], textarea").all()]
    assert kept.count(LONG) == len(typed)


def test_something_else_is_said_in_words_and_given_back(page, root):
    begin(page, f"{root}/consultations/other")
    for code in NOT_THERE["something else"].keys() ^ EVERY.keys():
        assert not words_beside(page, code).is_visible()
        fill_in(page, {ELSE: True}, code=code)
        words_beside(page, code).fill(LONG)
    look(page, "something else")
    press(page)
    look(page, "something else, refused")

    refused = seen(page, REFUSED)
    holds("something else", refused)
    for code in refused:
        assert words_beside(page, code).input_value() == LONG
        words_beside(page, code).fill(f"The pond, {code}")
    press(page)
    look(page, "something else, read back")
    words = page.locator("main").inner_text()
    assert [code for code in refused if f"The pond, {code}" not in words] == []


def words_beside(page, code):
    return page.locator(f"input[type=text][name='{code}-other']")


def test_several_files(page, root):
    begin(page, f"{root}/consultations/files")
    look(page, "several files, empty")
    send(page, 2)
    press(page)
    change(page)
    look(page, "several files")

    holds("several files", {code for code in SENT if taken(page, code) == 2})
    send(page, 1)
    press(page)
    look(page, "several files, too many")
    assert seen(page, REFUSED) == set(SENT)
    assert [taken(page, code) for code in SENT] == [3, 3, 3, 3]


def send(page, count):
    for code, (name, body) in SENT.items():
        files = [
            {"name": f"{number}-{name}", "mimeType": "application/octet-stream", "buffer": body}
            for number in range(count)
        ]
        page.locator(f"input[type=file][name='{code}']").set_input_files(files)


def taken(page, code):
    return page.locator(f"input[type=checkbox][name='{code}-remove']").count()


def test_in_pictures(page, root):
    begin(page, f"{root}/consultations/pictures?way=pictures")
    asked, refused = set(), set()
    for code, kind in EVERY.items():
        assert page.url.endswith(f"/questions/{code}")
        asked |= seen(page, ON_PAGE) | is_told(page)
        fill(page, {code: kind.wrong})
        if has_done(page) and code != "information":
            press(page, "Done")
            refused |= seen(page, REFUSED)
        look(page, f"pictures {code}")
        answer_in_pictures(page, code)
    look(page, "pictures, read back")

    holds("pictures", asked)
    holds("pictures, refused", refused)
    words = page.locator("main").inner_text()
    assert [kind.read for kind in EVERY.values() if kind.read not in words] == []


def has_done(page):
    return page.get_by_role("button", name="Done").is_visible()


def answer_in_pictures(page, code):
    if has_done(page):
        fill(page, {code: EVERY[code].right})
        press(page, "Done")
    else:
        press(page, next(iter(EVERY[code].right)))


def test_in_urdu_every_word_is_from_right_to_left(page, root):
    begin(page, f"{root}/consultations/urdu?language=ur")
    assert page.locator("html").get_attribute("dir") == "rtl"
    look(page, "Urdu")
    holds("Urdu", seen(page, ON_PAGE) | {"information"})
    assert in_latin(page) == set()
    follow(page, page.locator("main form button").first)
    look(page, "Urdu, refused")

    holds("Urdu, refused", seen(page, REFUSED))
    assert in_latin(page) == set()


def in_latin(page):
    """Return the words on the page that somebody who reads Urdu alone cannot read."""
    return set(LATIN.findall(page.locator("main").inner_text())) - SAID_IN_LATIN


def test_on_a_screen_for_many(page, root, store):
    kiosk = make_link(store, "every", LinkKind.KIOSK, label="Screen")
    page.goto(f"{root}/go/{kiosk}")
    press(page, "Start")
    look(page, "kiosk")
    holds("kiosk", seen(page, ON_PAGE) | is_told(page))
    fill(page, {code: kind.wrong for code, kind in EVERY.items() if code not in SENT})
    fill(page, {code: kind.right for code, kind in EVERY.items() if code not in SENT})
    page.evaluate("document.getAnimations().forEach(each => each.finish())")
    look(page, "kiosk asks who is there")
    press(page, "I am still here")
    look(page, "kiosk goes on")

    stays = {"information", *SENT}  # a browser sends a chosen file once; the page then has it
    assert seen(page, FILLED) >= set(EVERY) - stays


def test_helped_by_somebody(page, root):
    page.goto(f"{root}/consultations/helped/with-somebody")
    page.get_by_role("radio", name="Social worker").check()
    press(page, "Begin together")
    helped = set()
    for code in EVERY:
        assert page.url.endswith(f"/questions/{code}")
        if page.locator("[name$='-hearing']").count():
            helped.add(code)
            say_with_a_note(page, code)
        else:
            press(page, "Continue" if code == "information" else "Skip this question")
    look(page, "helped, read back")

    holds("helped", helped)
    words = page.locator("main").inner_text()
    assert "She smiled." not in words
    assert all(EVERY[code].read in words for code in helped)


def say_with_a_note(page, code):
    """Press with no words, then with a note that is too long, then with one that is not."""
    press(page, "Continue")
    look(page, "helped, refused")
    fill_in(page, {"Your own note, if you have one": LONG * 4})
    fill(page, {code: EVERY[code].right})
    press(page, "Continue")
    look(page, "helped, note too long")
    assert page.locator(f"#{code}-note-error").is_visible()
    fill_in(page, {"Your own note, if you have one": "She smiled."})
    press(page, "Continue")
