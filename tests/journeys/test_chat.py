"""The web chat with its script: no page is left, nothing is lost or said twice without signal.

Without the script every turn is an ordinary form: see test_resident.py.
"""

import pytest
from sqlalchemy import func, select

from tests.journeys.browser import PHONE, faults_of, keep_screenshot, open_page
from tests.journeys.served import open_surveys, served
from voice.models import AnswerRow, Inbound

pytestmark = pytest.mark.browser

CHAT = "/consultations/leisure/chat"
TYPED = "More swings, please – and a café 💛"
NO_SIGNAL = "There is no signal."


@pytest.fixture
def page(browser, app, database):
    open_surveys(database, leisure="hmip_viewpoint")
    with served(app) as root:
        visit = open_page(browser, root + CHAT, width=PHONE)
        yield visit.page
        visit.page.context.close()


def begin(page):
    """Say yes, and tap on until words are asked for."""
    page.get_by_role("button", name="Start the chat").click()
    page.get_by_role("button", name="Yes, let’s start").click()
    bubble(page, "Question 1 of").wait_for()
    tap_to_words(page)


def tap_to_words(page):
    """Tap the first answer of each question until words are asked for."""
    number = 1
    while not bubble(page, "Type your answer").count():
        page.locator("#say .voice-chat-option").first.click()
        number += 1
        bubble(page, f"Question {number} of").wait_for()


def bubble(page, words):
    return page.locator(".voice-bubble", has_text=words)


def heard(page):
    return page.locator("[data-voice-said]").text_content()


def answers_in(database):
    with database.reading() as session:
        return [row.values for row in session.scalars(select(AnswerRow))]


def turns_in(database):
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Inbound))


def test_a_turn_is_taken_without_leaving_the_page_and_is_heard(page):
    page.evaluate("window.isTheSame = true")

    page.get_by_role("button", name="Start the chat").click()
    page.get_by_role("button", name="Yes, let’s start").click()
    bubble(page, "Question 1 of").wait_for()

    assert page.evaluate("window.isTheSame")
    assert heard(page).startswith("Message: Question 1 of")
    assert page.evaluate("document.activeElement.id") == "say"
    assert faults_of(page) == []
    keep_screenshot(page, "chat with its script")


def test_enter_sends_a_short_answer_and_begins_a_line_in_a_long_one(page, database):
    page.get_by_role("button", name="Start the chat").click()
    page.get_by_label("Or type here").fill("yes")
    page.keyboard.press("Enter")
    bubble(page, "Question 1 of").wait_for()
    tap_to_words(page)
    page.get_by_label("Type here").fill("One")
    page.keyboard.press("Enter")
    page.keyboard.type("Two")
    assert page.get_by_label("Type here").input_value() == "One\nTwo"

    page.keyboard.press("Control+Enter")
    bubble(page, "One\nTwo").wait_for()
    assert ["One\nTwo"] in answers_in(database)


def test_words_stay_through_a_reload_until_they_are_sent(page, database):
    begin(page)
    page.get_by_label("Type here").fill(TYPED)

    page.reload()

    assert page.get_by_label("Type here").input_value() == TYPED
    page.get_by_role("button", name="Send", exact=True).click()
    bubble(page, TYPED).wait_for()
    page.reload()
    assert page.get_by_role("textbox").input_value() == ""
    assert answers_in(database).count([TYPED]) == 1


def test_words_without_signal_are_kept_and_sent_once_when_it_is_back(page, database):
    begin(page)
    page.get_by_label("Type here").fill(TYPED)
    page.context.set_offline(True)
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text(NO_SIGNAL).first.wait_for()
    assert heard(page).startswith(NO_SIGNAL)
    assert faults_of(page) == []
    keep_screenshot(page, "chat without signal")

    page.context.set_offline(False)

    bubble(page, TYPED).wait_for()
    assert answers_in(database).count([TYPED]) == 1


def test_a_reply_that_was_lost_is_asked_for_again_and_says_nothing_twice(page, database):
    begin(page)
    before = turns_in(database)
    page.route(f"**{CHAT}", lose_the_reply, times=1)
    page.get_by_label("Type here").fill(TYPED)
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text(NO_SIGNAL).first.wait_for()

    page.reload()

    bubble(page, TYPED).wait_for()
    assert answers_in(database).count([TYPED]) == 1
    assert turns_in(database) == before + 1


def test_what_is_typed_while_there_is_no_signal_stays_in_the_box(page, database):
    begin(page)
    page.get_by_label("Type here").fill(TYPED)
    page.context.set_offline(True)
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text(NO_SIGNAL).first.wait_for()
    page.get_by_label("Type here").fill(TYPED + " And more that matters")
    page.get_by_role("button", name="Send", exact=True).click()

    page.context.set_offline(False)

    bubble(page, TYPED).wait_for()
    assert page.get_by_role("textbox").input_value() == "And more that matters"
    assert answers_in(database).count([TYPED]) == 1


def test_a_signal_that_comes_and_goes_later_takes_no_words_away(page):
    begin(page)
    page.route(f"**{CHAT}", lambda route: route.fulfill(status=503), times=1)
    page.get_by_label("Type here").fill(TYPED)
    page.get_by_role("button", name="Send", exact=True).click()
    bubble(page, TYPED).wait_for()
    page.get_by_role("textbox").fill("half a sentence")

    page.context.set_offline(True)
    page.context.set_offline(False)
    page.wait_for_timeout(300)

    assert page.get_by_role("textbox").input_value() == "half a sentence"


def test_words_that_answered_nothing_stay_through_a_reload_until_the_next(page):
    page.get_by_role("button", name="Start the chat").click()
    page.get_by_role("button", name="Yes, let’s start").click()
    bubble(page, "Question 1 of").wait_for()
    page.get_by_label("Or type here").fill("wibble <b>")
    page.get_by_role("button", name="Send", exact=True).click()
    bubble(page, "wibble <b>").wait_for()

    page.reload()

    mine = page.locator(".voice-bubble--me", has_text="wibble <b>")
    mine.wait_for()
    assert mine.inner_text().startswith("You said:")
    page.get_by_role("button", name="Very good").click()
    bubble(page, "Question 2 of").wait_for()
    page.reload()
    assert mine.count() == 0


def test_words_of_one_person_are_not_put_back_for_the_next(page):
    begin(page)
    page.get_by_label("Type here").fill(TYPED)
    page.context.clear_cookies()

    page.reload()

    page.get_by_role("button", name="Start the chat").wait_for()
    assert page.evaluate("sessionStorage.length") == 0


def test_whoever_leaves_by_the_button_leaves_no_words_behind(page):
    page.evaluate("sessionStorage.setItem('voice-chat:' + location.pathname + ':typed', 'a')")

    left = page.evaluate(
        "document.querySelector('.govuk-js-exit-this-page-button').click(), sessionStorage.length"
    )

    assert left == 0


def lose_the_reply(route):
    route.fetch()
    route.abort()


def test_what_is_unclear_twice_is_met_with_an_example_and_heard_anew(page):
    page.get_by_role("button", name="Start the chat").click()
    page.get_by_role("button", name="Yes, let’s start").click()
    bubble(page, "Question 1 of").wait_for()
    words = []
    for expected in ("I did not understand", "Let us try it another way"):
        page.get_by_label("Or type here").fill("wibble")
        page.get_by_role("button", name="Send").click()
        bubble(page, expected).wait_for()
        words.append(heard(page))

    assert words[0] != words[1]
    assert "1 is the first, 4 is the last" in words[1]
    assert "“Skip” or “Get help now”" in words[1]
    keep_screenshot(page, "chat-another-way")
