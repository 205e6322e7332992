"""Row A9: a Member writes a visit down on a phone, and it is heard in the themes."""

import pytest

from tests.conftest import COUNCIL, NOON, SECRET
from tests.factories import PASSPHRASE, make_consultation
from tests.journeys.browser import PHONE, faults_of, open_page
from tests.journeys.served import served
from tests.stores import new_sqlite
from tests.voice.themed import make_people
from voice.app import create_app
from voice.cli.worker import WORKS
from voice.config import Settings
from voice.models import Role
from voice.services import jobs, officers
from voice.services.officers import NewOfficer

pytestmark = pytest.mark.browser

EMAIL = "member@council.example"
CENTRE = "Southcourt Children’s Centre"
HEARD = "/officers/consultations/centres/heard"


def test_a_member_logs_a_visit_on_a_phone_and_it_is_heard_as_member_visit(browser, site, database):
    """A9 TEST: logged on a phone, tagged to the centre, shown as "Member visit" in the themes."""
    visit = open_page(browser, f"{site}/officers", width=PHONE)
    page = visit.page
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Early Help").first.wait_for()
    page.goto(f"{site}{HEARD}")
    page.get_by_role("button", name="Write one down").click()

    page.get_by_label("Member visit").check()
    for part, value in (("Day", "3"), ("Month", "5"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_label("Where?").fill(CENTRE)
    page.get_by_label("What they said, as you noted it").first.fill("More buses please to here")
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text(CENTRE).first.wait_for()

    with database.writing() as session:
        jobs.enqueue(session, jobs.ANALYSE, "centres/important", now=NOON)
    assert jobs.work_once(database, WORKS, now=lambda: NOON)
    page.goto(f"{site}/officers/consultations/centres/questions/important/themes")
    assert page.get_by_text(f"Member visit, {CENTRE}, 3 May 2026").first.is_visible()
    assert visit.complaints() == []


@pytest.fixture
def database(tmp_path):
    store = new_sqlite(tmp_path)
    with store.writing() as session:
        officers.add_officer(
            session, NewOfficer(EMAIL, PASSPHRASE, role=Role.OFFICER, team="families"), now=NOON
        )
        make_people(session, make_consultation(session, slug="centres"), 12)
    yield store
    store.close()


@pytest.fixture
def site(tmp_path, database):
    settings = Settings(
        home=tmp_path, database_url=str(database.engine.url), secret_key=SECRET, council=COUNCIL
    )
    with served(create_app(settings, database, now=lambda: NOON)) as address:
        yield address
