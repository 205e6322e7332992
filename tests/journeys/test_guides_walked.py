"""A teacher, a librarian and a social worker do their part by the words of their own guides."""

import re
from datetime import timedelta

import pytest

from tests.conftest import NOON
from tests.factories import PASSPHRASE, make_consultation
from tests.journeys.browser import DESK, faults_of, keep_screenshot, open_page
from tests.journeys.served import served
from tests.voice.web.doors import responses_in
from voice.models import Channel, Role
from voice.services import officers
from voice.services.officers import NewOfficer
from voice.web.public.teaching import SECOND_PRESS_SECONDS

pytestmark = pytest.mark.browser

EMAIL = "officer@council.example"
WORDS = "Lots about trust"
IN_YEAR_8 = 5  # the fewest that are shown


@pytest.fixture
def root(app, database):
    with database.writing() as session:
        new = NewOfficer(EMAIL, PASSPHRASE, role=Role.OFFICER, team="families")
        officers.add_officer(session, new, now=NOON)
        make_consultation(session, survey="chelseas_choice_2015", slug="play")
        make_consultation(session, survey="pep_pupil_2017", slug="plan")
    with served(app) as address:
        yield address


@pytest.fixture
def somebody(browser):
    """Return a function that gives somebody new in front of an address."""
    visits = []

    def at(address, **how):
        visits.append(open_page(browser, address, **how))
        return visits[-1].page

    yield at
    for visit in visits:
        assert visit.complaints() == []
        visit.page.context.close()


@pytest.fixture
def officer(somebody, root):
    page = somebody(f"{root}/officers", width=DESK)
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    press(page, "Sign in")
    return page


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    with page.expect_navigation():
        page.get_by_role("link", name=name).first.click()


def make_link(officer, root, *, label, kind):
    """Let the officer make a link, and return its short address as it stands on the page."""
    officer.goto(f"{root}/officers/consultations/play")
    follow(officer, "Links and QR codes")
    officer.get_by_label("Where is it, or who hands it on?").fill(label)
    officer.get_by_role("radio", name=kind).check()
    press(officer, "Make the link")
    return addresses_on(officer)[0]


def addresses_on(page):
    return page.locator(".voice-address").all_inner_texts()


def here(root, spoken):
    """Return the address that somebody types who reads it aloud: its path on this machine."""
    return root + "/" + spoken.split("://")[-1].split("/", 1)[1]


def look(page, name):
    assert faults_of(page) == [], name
    keep_screenshot(page, f"guide {name}")


def test_a_teacher_holds_a_lesson(somebody, officer, root, clock):
    make_link(officer, root, label="The school", kind="School")
    officer.goto(f"{root}/officers/consultations/play")
    follow(officer, "Classes")
    teacher = somebody(here(root, addresses_on(officer)[0]), width=DESK)

    teacher.get_by_role("checkbox", name="Year 8").check()
    press(teacher, "Begin a class")
    follow(teacher, "Stop that")
    look(teacher, "board")
    on_board, code = addresses_on(teacher)[0], teacher.locator(".voice-code").inner_text()
    tablet = somebody(here(root, on_board))
    for _ in range(IN_YEAR_8):
        join_and_answer(tablet, here(root, on_board), f" {code[:3]} {code[3:].lower()}")
    follow(teacher, "count now")
    assert "5 finished" in " ".join(teacher.locator("main").inner_text().split())
    press(teacher, "End the class and see the results")
    look(teacher, "end of a class")
    clock.moment += timedelta(seconds=SECOND_PRESS_SECONDS)
    press(teacher, "Yes, end the class")
    look(teacher, "results of a class")

    assert teacher.get_by_role("heading", name="Year 8: 5 pupils").is_visible()
    assert WORDS not in teacher.content()


def join_and_answer(tablet, address, code):
    """Let one pupil after the other join with the code and answer on the same tablet."""
    tablet.goto(address)
    tablet.get_by_label("What is the code on the board?").fill(code)
    press(tablet, "Go")
    press(tablet, "Start")
    assert tablet.locator("input:checked").count() == 0
    tablet.get_by_role("radio").first.check()
    press(tablet, "Continue")
    while not tablet.url.endswith("/check"):
        if tablet.get_by_role("textbox").count():
            tablet.get_by_role("textbox").fill(WORDS)
            press(tablet, "Continue")
        else:
            press(tablet, "Skip this question")
    press(tablet, "Send my answers")


def test_a_librarian_sets_up_a_screen_and_takes_it_back(somebody, officer, root, database):
    address = make_link(officer, root, label="Screen in the library", kind="Kiosk")
    look(officer, "links")
    with officer.expect_navigation():
        officer.get_by_role("link", name=re.compile("^Poster")).click()
    look(officer, "poster")
    screen = somebody(here(root, address))
    look(screen, "screen")
    press(screen, "Start")
    screen.get_by_role("radio").first.check()
    press(screen, "Continue")
    follow(screen, "Stop and clear the screen")
    look(screen, "stop")
    press(screen, "Clear the screen")
    press(screen, "Start")
    assert screen.locator("input:checked").count() == 0
    while not screen.url.endswith("/check"):
        press(screen, "Skip this question")
    press(screen, "Send my answers")
    look(screen, "sent on a screen")
    press(screen, "Finish")
    assert screen.get_by_role("button", name="Start").is_visible()

    screen.goto(here(root, address) + "/off")
    press(screen, "Stop")
    screen.goto(f"{root}/consultations/play")
    assert screen.get_by_role("button", name="Start now").is_visible()
    assert {each.channel for each in responses_in(database)} == {Channel.KIOSK}


def test_the_social_worker_of_a_child_of_seven(somebody, root, database):
    page = somebody(f"{root}/consultations/plan")
    begin_with_pictures(page)
    press(page, "Great")
    while not page.url.endswith("/meeting"):
        press(page, "Skip")
    follow(page, "Answer in another way")
    with page.expect_navigation():
        page.get_by_role("button", name="With easy words and pictures").click()
    press(page, "Skip this question")
    say_in_words(page)
    follow(page, "Use or get a code")
    press(page, "Give me a code")
    look(page, "a code of the child's own")
    page.goto(f"{root}/consultations/plan/check")
    with page.expect_navigation():
        page.locator(".govuk-summary-list a").last.click()
    assert page.get_by_label("Your own note, if you have one").input_value().startswith("She")
    press(page, "Continue")
    press(page, "Send my answers")
    look(page, "sent together")

    assert page.get_by_text("This device has forgotten what you said.").is_visible()
    (sent,) = responses_in(database)
    assert (sent.channel, sent.helped_by) == (Channel.ASSISTED, "social_worker")
    assert sent.submitted_at is not None


def begin_with_pictures(page):
    """Begin in the way that suits a child of seven, who presses it."""
    follow(page, "Help somebody to answer")
    page.get_by_text("Not sure? We can help you choose").click()
    page.get_by_label("How old are you?").fill("7")
    press(page, "Show me")
    best = page.locator(".voice-ways button").first
    assert "Best for you" in best.inner_text()
    page.get_by_role("radio", name="Social worker").check()
    look(page, "help somebody")
    with page.expect_navigation():
        best.click()


def say_in_words(page):
    """Write the child's words and the worker's note, after a press that has neither."""
    look(page, "their own words and a note")
    press(page, "Continue")
    assert "say below why there are none" in page.locator(".govuk-error-summary").inner_text()
    page.get_by_role("textbox").first.fill("I like my new school")
    page.get_by_label("Your own note, if you have one").fill("She smiled all the time")
    press(page, "Continue")
    assert "She smiled" not in page.content()
