"""A resident gives a postcode on a phone and reads back the ward: all that is kept of it (K1)."""

import pytest

from surveys.engine import Survey
from tests.conftest import COUNCIL, NOON, SECRET
from tests.factories import make_consultation
from tests.journeys.browser import faults_of, open_page
from tests.journeys.served import served
from tests.stores import new_sqlite
from tests.surveys.conftest import ABOUT
from tests.voice.web.visitor import answered
from voice.app import create_app
from voice.config import Settings

pytestmark = pytest.mark.browser

HOME = {
    "code": "home",
    "kind": "postcode",
    "text": "Where do you live?",
    "keeps": "ward",
    "wards": {"HP20": "Aylesbury Central", "HP20 1": "Aylesbury North"},
}


@pytest.fixture
def homes(tmp_path):
    """The address of an open consultation that asks for the ward, and the store behind it."""
    store = new_sqlite(tmp_path)
    asked = {"code": "homes", "title": "Homes", "about": ABOUT, "questions": [HOME]}
    with store.writing() as session:
        make_consultation(session, survey=Survey.model_validate(asked), slug="homes")
    app = create_app(Settings(tmp_path, "", SECRET, COUNCIL), store, now=lambda: NOON)
    with served(app) as root:
        yield f"{root}/consultations/homes", store
    store.close()


def test_the_ward_is_read_back_and_the_postcode_is_nowhere(browser, homes):
    address, store = homes
    visit = open_page(browser, address)
    page = visit.page
    page.click("button:has-text('Start')")
    assert "We keep only the ward" in page.inner_text("main")
    page.fill("#home", "hp20 1zx")
    assert faults_of(page) == []
    page.click("button:text-is('Continue')")
    page.wait_for_url("**/check")

    read_back = page.inner_text("main")
    assert "Aylesbury North" in read_back
    assert "1zx" not in read_back.lower()
    page.click("main button >> nth=0")
    assert answered(store, "home") == [["Aylesbury North"]]
    assert visit.complaints() == []
    page.context.close()
