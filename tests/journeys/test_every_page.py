"""Every page that there is, in a world with one of everything: nobody is kept from using it.

ACC-1.
"""

import pytest
from playwright.sync_api import Error

from tests.architecture.test_routes import address_of
from tests.architecture.world import build_world
from tests.conftest import COUNCIL, NOON, SECRET
from tests.journeys.browser import (
    PHONE,
    axe_findings,
    keep_screenshot,
    open_page,
    overflows_sideways,
    small_targets,
)
from tests.journeys.served import served
from tests.journeys.test_hostile_words import TAKEN_ALONG
from voice.app import create_app
from voice.config import Settings
from voice.database import Database
from voice.services import demonstration

pytestmark = pytest.mark.browser

# Who opens which pages. Each role's own: an admin alone sees what the demonstration holds.
WHOSE = {
    "officer": ("officers.", ()),
    "safeguarding": ("officers.concern", ()),
    "admin": (
        ("officers.show_trail", "officers.list_people", "officers.show_person"),
        ("/officers/consultations/early-help-2017/results?decimals=1",),
    ),
    "anonymous": ("public.", ("/nowhere",)),
}
FILES = (*TAKEN_ALONG, "/languages/workbook")
OF_OTHERS = ("/officers/concerns", "/officers/trail", "/officers/people")
FEWEST_PAGES = {"officer": 45, "safeguarding": 2, "admin": 4, "anonymous": 20}


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return build_world(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def app(world):
    database = Database(f"sqlite:///{world.folder / 'voice.db'}")
    (shown,) = (each for each in demonstration.SHOWN if each.slug == "early-help-2017")
    with database.writing() as session:
        demonstration.load_consultation(session, shown, council=COUNCIL, now=NOON)
    yield create_app(Settings(world.folder, "", SECRET, COUNCIL), database, now=lambda: NOON)
    database.close()


@pytest.fixture(scope="module")
def root(app):
    with served(app) as address:
        yield address


def addresses_for(app, world, person):
    """Return every address that this person may try, but for files, which are no pages."""
    begins, more = WHOSE[person]
    rules = app.url_map.iter_rules()
    endpoints = sorted({each.endpoint for each in rules if "GET" in each.methods})
    theirs = [address_of(app, each, world) for each in endpoints if each.startswith(begins)]
    return [*(each for each in theirs if not each.endswith(FILES)), *more]


def statuses_meant(person, address):
    """Return the statuses that an address may answer this person with; 422 draws a page as well."""
    if address == "/nowhere":
        return {404}
    if person == "officer" and address.startswith(OF_OTHERS):
        return {403}
    return {200, 422}


def opens_a_page(page, root, address, person):
    """Whether a browser is shown a page here, and no refusal, picture or file to keep."""
    try:
        reply = page.goto(root + address)
    except Error as error:
        if "Download is starting" not in error.message:
            raise
        return False
    assert reply.status in statuses_meant(person, address), f"{address}: {reply.status}"
    return reply.status != 403 and reply.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("person", WHOSE)
def test_every_page_can_be_used_by_everybody_on_a_phone(browser, app, world, root, person):
    visit = open_page(browser, f"{root}/help", width=PHONE)
    if person in world.cookies:
        name, key, path = world.cookies[person]
        visit.page.context.add_cookies([{"name": name, "value": key, "url": root + path}])
    trouble, seen = [], 0

    for address in addresses_for(app, world, person):
        if not opens_a_page(visit.page, root, address, person):
            continue
        seen += 1
        keep_screenshot(visit.page, f"{person} {address}")
        found = axe_findings(visit.page) + small_targets(visit.page)
        found += ["wider than the phone"] if overflows_sideways(visit.page) else []
        trouble += [f"{address}: {each}" for each in found]

    assert trouble == []
    # What is no page, such as /health, names no icon, and a browser asks for one of its own.
    assert [each for each in visit.complaints() if "favicon.ico" not in each] == []
    assert seen >= FEWEST_PAGES[person]
    visit.page.context.close()
