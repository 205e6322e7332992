"""The design system, looked at in a real browser: with and without script, small and wide."""

import pytest

from tests.journeys.browser import (
    DESK,
    PHONE,
    faults_of,
    focused_id,
    keep_screenshot,
    open_page,
    small_targets,
)
from tests.journeys.gallery import ERRORS, PAGES, served_gallery

pytestmark = pytest.mark.browser

EVERY_PAGE = PAGES + tuple(f"errors/{name}" for name in ERRORS)
COMFORTABLE_PX = 44


@pytest.fixture(scope="module")
def gallery():
    with served_gallery() as address:
        yield address


@pytest.mark.parametrize("name", EVERY_PAGE)
class TestEveryPage:
    def test_has_nothing_for_axe_to_find_and_fits_its_window(self, browser, gallery, name):
        visit = open_page(browser, f"{gallery}/{name}")

        assert faults_of(visit.page) == []
        assert visit.complaints() == []
        keep_screenshot(visit.page, f"gallery {name}")
        visit.page.context.close()

    def test_is_whole_without_javascript(self, browser, gallery, name):
        visit = open_page(browser, f"{gallery}/{name}", scripts_arrive=False)

        assert faults_of(visit.page) == []
        keep_screenshot(visit.page, f"gallery {name} no script")
        assert visit.page.get_by_role("link", name="Get help now").is_visible()
        visit.page.context.close()


class TestAnErrorSummary:
    @pytest.mark.parametrize(
        "name", ["heard", "services", "feel", "why", "postcode", "born", "area"]
    )
    @pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
    def test_link_moves_the_focus_into_its_field(self, browser, gallery, name, javascript):
        page = open_page(browser, f"{gallery}/question_errors", javascript=javascript).page

        page.locator(f".govuk-error-summary a[href='#{name}']").click()

        if javascript:
            assert focused_id(page) == name
        else:
            assert page.url.endswith(f"#{name}")
        page.context.close()

    def test_is_read_out_first(self, browser, gallery):
        page = open_page(browser, f"{gallery}/question_errors").page

        assert page.title().startswith("Error: ")
        assert page.evaluate("document.activeElement.classList.contains('govuk-error-summary')")
        page.context.close()


class TestATextarea:
    def test_gives_words_back_with_the_line_break_they_begin_with(self, browser, gallery):
        page = open_page(browser, f"{gallery}/questions").page

        assert page.input_value("#why") == "\n  Because it is <far> away"
        page.context.close()


class TestExclusiveOption:
    def test_unticks_the_others_where_there_is_script(self, browser, gallery):
        page = open_page(browser, f"{gallery}/questions").page

        page.get_by_label("None of the above").check()

        assert not page.get_by_label("A family worker").is_checked()
        page.context.close()


class TestAnotherWay:
    @pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
    def test_asks_for_words_only_when_chosen(self, browser, gallery, javascript):
        page = open_page(browser, f"{gallery}/questions", javascript=javascript).page
        before = page.get_by_label("Which way?").is_visible()

        page.get_by_label("Another way").check()

        assert (before, page.get_by_label("Which way?").is_visible()) == (False, True)
        page.context.close()


class TestFaces:
    def test_are_chosen_with_the_keyboard(self, browser, gallery):
        page = open_page(browser, f"{gallery}/young_question").page
        page.focus("#today-4")

        page.keyboard.press("ArrowRight")

        assert page.get_by_label("Brilliant").is_checked()
        page.context.close()


class TestLeavingAtOnce:
    @pytest.mark.parametrize("key", ["Escape", "Shift"])
    def test_happens_when_the_key_is_pressed_three_times(self, browser, gallery, key):
        page = open_page(browser, f"{gallery}/chat").page
        page.route("**/*bbc*/**", lambda route: route.fulfill(body="the weather"))

        for _ in range(3):
            page.keyboard.press(key)

        page.wait_for_url("https://www.bbc.co.uk/weather")
        page.context.close()

    def test_is_a_plain_link_without_script(self, browser, gallery):
        page = open_page(browser, f"{gallery}/chat", javascript=False).page

        link = page.get_by_role("button", name="Exit this page")
        assert link.get_attribute("href") == "https://www.bbc.co.uk/weather"
        page.context.close()


class TestYoungPeoplesPages:
    @pytest.mark.parametrize("width", [PHONE, DESK])
    def test_have_nothing_that_is_small_to_touch(self, browser, gallery, width):
        page = open_page(browser, f"{gallery}/young_question", width=width).page

        assert small_targets(page, least_px=COMFORTABLE_PX) == []
        page.context.close()
