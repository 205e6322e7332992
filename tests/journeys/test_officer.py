"""An officer reads what came in, works on the themes, answers them, and takes a briefing along."""

import re
from io import BytesIO

import docx
import pytest

from tests.conftest import COUNCIL, NOON, SECRET
from tests.factories import PASSPHRASE, make_consultation, make_response
from tests.journeys.browser import (
    DESK,
    faults_of,
    keep_screenshot,
    open_page,
)
from tests.journeys.served import served
from tests.stores import new_sqlite
from voice.app import create_app
from voice.cli.worker import WORKS
from voice.config import Settings
from voice.models import Channel, Role
from voice.services import demonstration, jobs, officers
from voice.services.demonstration import SHOWN, TEAM
from voice.services.officers import NewOfficer

pytestmark = pytest.mark.browser

EMAIL = "officer@council.example"
ABOUT = "/officers/consultations/early-help"
THEMES = f"{ABOUT}/questions/important/themes"
BUSES = (
    "The evening bus to the family centre stops too early",
    "Buses do not run late enough to come home from the centre",
    "We need a later bus because the last bus leaves at five",
    "No bus after work so we cannot reach the centre",
)
WAITING = (
    "We waited four months for a first appointment",
    "The waiting list for an appointment is far too long",
    "Waiting times for appointments should be shorter",
    "It took ages to get an appointment, the wait was hard",
)
WORKER = (
    "Having the same family worker every week helped us a lot",
    "Please let us keep one family worker and not change all the time",
    "Our family worker listened and was kind",
    "A family worker who knows us makes all the difference",
)
PUBLISHED = {
    "hmip-viewpoint-2016": ["45 of 45", "100%", "37 of 45", "82%"],
    "hmip-viewpoint-2015": ["21 of 21", "20 of 21", "95%"],
    "victim-feedback-2016": ["78 of 78", "100%"],
    "chelseas-choice-2015": [
        "422 of 534", "79%", "363 of 534", "68%", "160 of 534", "30%",
        "150 of 534", "28%", "128 of 534", "24%", "114 of 534", "59 of 114",
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """A store with the closed consultations of the demonstration, and one that people answer."""
    store = new_sqlite(tmp_path_factory.mktemp("store"))
    with store.writing() as session:
        new = NewOfficer(EMAIL, PASSPHRASE, role=Role.OFFICER, team=TEAM)
        officers.add_officer(session, new, now=NOON)
        for shown in SHOWN:
            if shown.slug in PUBLISHED:
                demonstration.load_consultation(session, shown, council=COUNCIL, now=NOON)
        consultation = make_consultation(session, team=TEAM, invited=120)
        for number, words in enumerate((*BUSES, *WAITING, *WORKER) * 4):
            make_response(
                session,
                consultation,
                channel=Channel.WEB if number % 3 else Channel.TELEGRAM,
                capacity="organisation" if words in WAITING else "individual",
                important=f"{words}.",
            )
    yield store
    store.close()


@pytest.fixture(scope="module")
def root(database, tmp_path_factory):
    settings = Settings(
        home=tmp_path_factory.mktemp("home"),
        database_url=str(database.engine.url),
        secret_key=SECRET,
        council=COUNCIL,
    )
    with served(create_app(settings, database, now=lambda: NOON)) as address:
        yield address


@pytest.fixture
def visit(browser, root):
    """A desk where the officer has signed in, on the list of consultations."""
    opened = open_page(browser, f"{root}/officers", width=DESK)
    look(opened, "sign in")
    opened.page.get_by_label("E-mail address").fill(EMAIL)
    opened.page.get_by_label("Passphrase").fill(PASSPHRASE)
    press(opened, "Sign in")
    yield opened
    assert opened.complaints() == []
    opened.page.context.close()


def look(visit, name):
    """See that the page is fit for a desk and a phone, and keep its picture if asked for."""
    assert faults_of(visit.page) == [], name
    keep_screenshot(visit.page, f"officer {name}")


def press(visit, name):
    visit.page.get_by_role("button", name=name, exact=True).click()


def words_on(visit):
    return " ".join(visit.page.locator("main").inner_text().split())


def find_themes(database, visit, root):
    """Press the button, let the worker work, and come back to the cards."""
    visit.page.goto(root + THEMES)
    press(visit, "Find themes")
    look(visit, "themes being found")
    assert jobs.work_once(database, WORKS, now=lambda: NOON)
    visit.page.goto(root + THEMES)


def cards(visit):
    return visit.page.locator(".voice-card h2 a, .voice-card h3 a").all_inner_texts()


class TestTheFigures:
    @pytest.mark.parametrize("slug", PUBLISHED)
    def test_of_each_paper_stand_on_its_results_page(self, visit, root, slug):
        visit.page.goto(f"{root}/officers/consultations/{slug}/results")

        look(visit, f"results {slug}")
        assert [one for one in PUBLISHED[slug] if one not in words_on(visit)] == []

    def test_are_introduced_by_what_came_in(self, visit, root):
        visit.page.goto(root + ABOUT)

        look(visit, "overview")
        assert "48" in words_on(visit)
        assert "40%" in words_on(visit)  # 48 of 120 invited


class TestAnOfficerOnOneDay:
    def test_turns_answers_into_themes_an_outcome_and_a_briefing(self, visit, root, database):
        look(visit, "consultations")
        find_themes(database, visit, root)
        look(visit, "themes")
        assert len(cards(visit)) >= 3
        assert re.search(r"\d+ of \d\d people", words_on(visit))

        self._rename_and_check(visit, root)
        self._merge_and_undo(visit, root)
        self._hide_and_bring_back(visit, root)
        self._sign_the_list_off(visit, root)
        self._answer(visit, root)
        self._take_the_briefing_along(visit, root)

    def _rename_and_check(self, visit, root):
        visit.page.locator(".voice-card a").first.click()
        look(visit, "theme")
        visit.page.get_by_label("Name", exact=True).fill("The thing most people said")
        press(visit, "Rename")
        press(visit, "It is right")
        look(visit, "theme checked")
        assert "Checked" in words_on(visit)

    def _merge_and_undo(self, visit, root):
        visit.page.goto(root + THEMES)
        names = cards(visit)
        visit.page.get_by_role("link", name=names[-1], exact=True).click()
        choice = visit.page.get_by_label("Merge into")
        choice.select_option(index=1)
        press(visit, "Merge")
        look(visit, "theme merged")
        visit.page.goto(root + THEMES)
        assert len(cards(visit)) == len(names) - 1
        visit.page.go_back()
        visit.page.get_by_role("button", name="Undo the merge").first.click()
        visit.page.goto(root + THEMES)
        assert len(cards(visit)) == len(names)

    def _hide_and_bring_back(self, visit, root):
        names = cards(visit)
        visit.page.get_by_role("link", name=names[-1], exact=True).click()
        press(visit, "Hide this theme")
        look(visit, "theme hidden")
        press(visit, "Bring it back")
        visit.page.goto(root + THEMES)
        assert len(cards(visit)) == len(names)

    def _sign_the_list_off(self, visit, root):
        press(visit, "Sign the list off")
        look(visit, "list to sign off")
        press(visit, "Sign the list off")
        look(visit, "list signed off")
        assert "Version 1, signed off by" in words_on(visit)

    def _answer(self, visit, root):
        visit.page.get_by_role("link", name="The thing most people said", exact=True).click()
        press(visit, "See what people will read")
        look(visit, "publish refused")
        assert "There is a problem" in words_on(visit)
        visit.page.get_by_label("You said", exact=True).fill("You asked us to make this better.")
        visit.page.get_by_label("We did it").check()
        visit.page.get_by_label("In a few sentences").fill("From May it is <b>better</b>.")
        press(visit, "See what people will read")
        look(visit, "preview of an outcome")
        press(visit, "Publish")
        look(visit, "outcomes")
        assert "From May it is <b>better</b>." in words_on(visit)
        visit.page.goto(f"{root}/outcomes")
        assert "From May it is <b>better</b>." in words_on(visit)

    def _take_the_briefing_along(self, visit, root):
        visit.page.goto(f"{root}{ABOUT}/briefing")
        look(visit, "briefing")
        with visit.page.expect_download() as kept:
            press(visit, "Download for Word")
        written = docx.Document(BytesIO(kept.value.path().read_bytes()))
        tables = [cell.text for table in written.tables for row in table.rows for cell in row.cells]
        words = "\n".join([*(one.text for one in written.paragraphs), *tables])
        for figure in ("n = 48", "Response rate: 40%", "Base (n)", "The thing most people said"):
            assert figure in words
