"""Rows H9 and F7: what is closed to a line manager, and what a contractor alone may see."""

import pytest

from tests.factories import make_consultation, make_response
from tests.voice.themed import make_officer, make_people, make_theme, sign_in
from tests.voice.web.visitor import Visitor
from voice.errors import NotFoundError
from voice.models import Role
from voice.services import outcomes, readers, teams, themes

SLUG = "leavers"
HOME = f"/officers/consultations/{SLUG}"
WORDS = "Nobody asked me how I was"


FEWEST_PAGES = 30


def pages_of(app):
    """Return the address of every page of it that is named by nothing but itself."""
    rules = (each.rule for each in app.url_map.iter_rules() if "GET" in each.methods)
    theirs = (each for each in rules if each.startswith("/officers/consultations/<slug>"))
    filled = (each.replace("<slug>", SLUG).replace("<code>", "important") for each in theirs)
    return {each for each in filled if "<" not in each}


def status_at(visitor, address):
    """Return what an address answers with, be it a page or a file."""
    with visitor.client.get(address) as reply:
        return reply.status_code


class TestRowH9:
    """TEST: the line manager cannot open it."""

    @pytest.mark.parametrize(
        "page",
        [
            "",
            "/results",
            "/responses",
            "/files",
            "/questions/important/themes",
            "/briefing",
            "/links",
            "/invitees",
            "/readers",
            "/enter",
            "/follow-up",
        ],
    )
    def test_the_line_manager_finds_nothing_there(self, independent, manager, close, page):
        assert independent.open(HOME + page).status == 200
        close()

        assert independent.open(HOME + page).status == 200
        assert manager.open(HOME + page).status == 404

    def test_the_line_manager_finds_none_of_its_pages(self, app, independent, manager, close):
        close()

        shown = {each for each in pages_of(app) if status_at(independent, each) == 200}

        assert len(shown) > FEWEST_PAGES
        assert {each for each in shown if status_at(manager, each) != 404} == set()

    def test_it_is_on_no_list_of_theirs(self, manager, close):
        assert SLUG in manager.open("/officers").body
        close()

        for page in ("/officers", "/officers/compare", "/officers/outcomes"):
            assert SLUG not in manager.open(page).body

    def test_an_admin_who_is_not_named_finds_nothing_either(self, browser_of, close):
        close()

        assert browser_of(role=Role.ADMIN).open(HOME).status == 404

    def test_nor_is_a_file_of_it_given(self, manager, close):
        close()

        assert manager.open(f"{HOME}/files.zip").status == 404

    def test_12_of_46_is_printed_as_26_per_cent(self, independent):
        assert "12 of 46 (26%)" in independent.open(f"{HOME}/results").body

    def test_its_themes_are_closed_too(self, session, now):
        consultation = make_consultation(session, slug="another")
        ours, manager = make_officer(session), make_officer(session)
        theme = make_theme(session, consultation, make_people(session, consultation, 2))
        readers.restrict(session, consultation, ours, {ours.id}, now=now)

        assert themes.get_theme(session, ours, theme.id)[0] is theme
        with pytest.raises(NotFoundError):
            themes.get_theme(session, manager, theme.id)
        assert outcomes.list_for_team(session, manager) == []

    def test_whoever_closes_it_stays_a_reader(self, independent):
        page = independent.press(independent.open(f"{HOME}/readers"), ("who", "named"), form=1)

        assert page.status == 422
        assert "Tick your own name too" in page.body
        assert independent.open(HOME).status == 200

    def test_it_opens_to_the_team_again(self, independent, manager, close):
        close()
        independent.press(independent.open(f"{HOME}/readers"), ("who", "team"), form=1)

        assert manager.open(HOME).status == 200


class TestRowF7:
    """A contractor's login sees the results of its own consultations only."""

    def test_the_contractor_opens_its_own_and_no_other(self, session):
        make_consultation(session, slug="placements", team="contractor")
        make_consultation(session, slug="another", team="families")
        contractor = make_officer(session, role=Role.ANALYST, team="contractor")

        listed = teams.list_consultations(session, contractor)

        assert [each.slug for each in listed] == ["placements"]
        with pytest.raises(NotFoundError):
            teams.get_consultation(session, contractor, "another")

    def test_its_login_reads_figures_and_nobodys_words(self, browser_of, database):
        with database.writing() as session:
            make_consultation(session, slug="placements", team="contractor")
        contractor = browser_of(role=Role.ANALYST, team="contractor")

        assert contractor.open("/officers/consultations/placements/results").status == 200
        assert contractor.open("/officers/consultations/placements/responses").status == 403
        assert contractor.open(f"{HOME}/results").status == 404


@pytest.fixture(autouse=True)
def consultation(database):
    """Exit interviews: 12 of the 46 who left."""
    with database.writing() as session:
        made = make_consultation(session, slug=SLUG, invited=46)
        for _ in range(12):
            make_response(session, made, important=WORDS, capacity="individual")
        return made.id


@pytest.fixture
def browser_of(app, database):
    def begin(**who):
        browser = Visitor(app)
        with database.writing() as session:
            officer = make_officer(session, **who)
            sign_in(browser.client, session, officer)
            browser.officer_id = str(officer.id)
        return browser

    return begin


@pytest.fixture
def independent(browser_of):
    return browser_of()


@pytest.fixture
def manager(browser_of):
    return browser_of()


@pytest.fixture
def close(independent):
    """Restrict it to the independent officer, through the page."""

    def press():
        named = (("who", "named"), ("officers", independent.officer_id))
        page = independent.press(independent.open(f"{HOME}/readers"), *named, form=1)
        assert page.status == 200

    return press
