"""The doors in a real browser: kiosk, class and worker, at every width."""

import pytest

from tests.factories import make_consultation
from tests.journeys.browser import (
    faults_of,
    keep_screenshot,
    open_page,
)
from tests.journeys.served import served
from tests.voice.web.doors import make_link
from voice.models import LinkKind
from voice.services import lessons, links

pytestmark = pytest.mark.browser


@pytest.fixture
def address(app, database):
    with database.writing() as session:
        make_consultation(session, survey="chelseas_choice_2015", slug="play")
        make_consultation(session, survey="page_feedback", slug="pages")
    with served(app) as root:
        yield root


def look(page, name):
    """Check one page, and keep a picture of it where one is wanted."""
    assert faults_of(page) == [], name
    keep_screenshot(page, name)


def test_every_door_can_be_used_by_everybody(browser, app, database, settings, address):
    kiosk = make_link(database, "play", LinkKind.KIOSK, label="Screen")
    school = make_link(database, "play", LinkKind.CLASS, label="A school")
    pages = make_link(database, "pages", LinkKind.PAGE, label="Pages")
    with database.writing() as session:
        link = links.find_link(session, school)
        lesson = lessons.begin_lesson(session, link, ["Year 7", "Year 8"], now=settings_now(app))
        key, code = lessons.teacher_key(settings.secret_key, link), lesson.code

    visit = open_page(browser, f"{address}/go/{kiosk}")
    look(visit.page, "kiosk start")
    visit.page.get_by_role("button", name="Start").click()
    look(visit.page, "kiosk question")
    for path, name in (
        ("/help", "kiosk help"),
        (f"/go/{kiosk}/poster", "poster"),
        ("/young-people", "young people"),
        ("/class", "class"),
        (f"/class/{code}", "lesson"),
        (f"/teach/{school}/{key}?still=1", "board"),
        (f"/teach/{school}/{key}/{code}", "lesson results"),
        ("/consultations/play/with-somebody", "help somebody"),
        (f"/feedback/{pages}?useful=no", "page feedback"),
        ("/consultations/play/embed", "card"),
    ):
        if "kiosk" not in name:
            visit.page.context.clear_cookies()
        visit.page.goto(address + path)
        look(visit.page, name)
    assert visit.complaints() == []
    visit.page.context.close()


def settings_now(app):
    """Return the moment at which the application stands."""
    return app.extensions["voice"].now()
