"""A young person writes that somebody hurts them: help at once, and somebody who reads it."""

import pytest

from tests.conftest import COUNCIL, NOON, SECRET
from tests.factories import PASSPHRASE, make_consultation
from tests.journeys.browser import PHONE, open_page
from tests.journeys.served import served
from tests.stores import new_sqlite
from voice.app import create_app
from voice.config import Settings
from voice.models import Role
from voice.services import officers
from voice.services.officers import NewOfficer

pytestmark = pytest.mark.browser

WORDS = "my uncle hits me every night"


class TestSomebodyInDanger:
    def test_sees_help_at_once_and_is_read_by_the_safeguarding_role_alone(self, browser, root):
        page = open_page(browser, f"{root}/consultations/viewpoint", width=PHONE).page
        page.click("main form button[type=submit]")
        page.goto(f"{root}/consultations/viewpoint/questions/best")
        page.fill("textarea[name=best]", WORDS)
        page.click("text=Continue")
        shown = page.inner_text("main")

        assert "Thank you for telling us" in shown
        assert "999" in shown

        assert WORDS in _concern_as(browser, root, Role.SAFEGUARDING)
        assert WORDS not in _concern_as(browser, root, Role.OFFICER)


def _concern_as(browser, root, role):
    """Return what somebody with this role can read of the first concern."""
    page = open_page(browser, f"{root}/officers/sign-in", width=PHONE).page
    page.fill("input[name=email]", f"{role.value}@council.example")
    page.fill("input[name=passphrase]", PASSPHRASE)
    page.click("main button[type=submit]")
    page.goto(f"{root}/officers/concerns")
    links = page.locator("main a[href^='/officers/concerns/']")
    if links.count():
        links.first.click()
    return page.inner_text("body")


@pytest.fixture
def root(tmp_path):
    database = new_sqlite(tmp_path)
    with database.writing() as session:
        make_consultation(session, survey="hmip_viewpoint", slug="viewpoint")
        for role in (Role.SAFEGUARDING, Role.OFFICER):
            new = NewOfficer(f"{role.value}@council.example", PASSPHRASE, role, "families")
            officers.add_officer(session, new, now=NOON)
    address = f"sqlite:///{tmp_path / 'voice.db'}"
    settings = Settings(home=tmp_path, database_url=address, secret_key=SECRET, council=COUNCIL)
    with served(create_app(settings, database, now=lambda: NOON)) as served_at:
        yield served_at
    database.close()
