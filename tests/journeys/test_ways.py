"""The ways to be asked in a real browser: pictures, easy read, and right to left."""

import pytest

from tests.conftest import COUNCIL, NOON, SECRET
from tests.journeys.browser import (
    faults_of,
    keep_screenshot,
    open_page,
    small_targets,
)
from tests.journeys.served import open_surveys, served
from tests.stores import new_sqlite
from voice.app import create_app
from voice.config import Settings

pytestmark = pytest.mark.browser

PAGES = {
    "pictures": ("plan", "way=pictures", ("school", "likes", "safe")),
    "easy read": ("plan", "way=easy_read", ("likes",)),
    "Urdu": ("play", "language=ur", ("will_do", "remember")),
}


class TestAWayToBeAsked:
    @pytest.mark.parametrize("way", PAGES)
    def test_can_be_used_by_everybody_and_fits_every_width(self, browser, address, way):
        slug, asked, codes = PAGES[way]
        visit = open_page(browser, f"{address}/consultations/{slug}?{asked}")
        look_at(visit, f"{way} start")
        visit.page.locator("#start button").first.click()
        for code in codes:
            visit.page.goto(f"{address}/consultations/{slug}/questions/{code}")
            look_at(visit, f"{way} {code}")
        visit.page.goto(f"{address}/consultations/{slug}/way")
        look_at(visit, f"{way} change")
        visit.page.context.close()

    def test_shows_all_four_faces_at_once_on_a_small_phone(self, browser, address):
        context = browser.new_context(viewport={"width": 360, "height": 640})
        page = context.new_page()
        page.goto(f"{address}/consultations/plan?way=pictures")
        page.locator("#start button").first.click()

        boxes = [each.bounding_box() for each in page.locator(".voice-symbol-answer").all()]

        assert len(boxes) == 4
        assert max(box["y"] + box["height"] for box in boxes) <= 640
        keep_screenshot(page, "four faces")
        context.close()

    def test_is_read_aloud_and_chosen_with_one_press(self, browser, address):
        visit = open_page(browser, f"{address}/consultations/plan")
        look_at(visit, "choose a way")
        visit.page.get_by_role("button", name="With pictures").click()
        visit.page.evaluate(
            "() => { window.said = [];"
            " window.speechSynthesis.speak = (one) => window.said.push(one.text) }"
        )

        visit.page.get_by_role("button", name="Read it to me").click()
        said = visit.page.evaluate("window.said")
        visit.page.get_by_role("button", name="Good", exact=True).click()

        assert said == ["School?", "Great", "Good", "OK", "Sad"]
        assert visit.page.get_by_role("heading", name="What is fun?").is_visible()
        assert visit.complaints() == []
        visit.page.context.close()


def look_at(visit, name):
    assert faults_of(visit.page) == []
    keep_screenshot(visit.page, name)
    assert small_targets(visit.page) == []
    assert visit.complaints() == []


@pytest.fixture
def address(tmp_path):
    database = new_sqlite(tmp_path)
    open_surveys(database, plan="pep_pupil_2017", play="chelseas_choice_2015")
    settings = Settings(
        home=tmp_path, database_url=str(database.engine.url), secret_key=SECRET, council=COUNCIL
    )
    with served(create_app(settings, database, now=lambda: NOON)) as address:
        yield address
    database.close()
