"""Row G2 on two phones: a family's star, scored again months later by the same code."""

from datetime import timedelta

import pytest

from surveys.joining import Joins
from tests.journeys.browser import faults_of, open_page
from tests.journeys.served import served
from tests.rows.coded import cells, open_forms
from tests.rows.measuring import a_grid
from tests.rows.planned import new_officer
from tests.surveys.conftest import survey_asking

pytestmark = pytest.mark.browser

AREAS = ("Physical health", "Your well-being")
STAR = a_grid(AREAS, [str(score) for score in range(1, 11)], text="Where are you on the star?")


@pytest.fixture
def root(app, database):
    survey = survey_asking(STAR).model_copy(update={"joins": Joins.PERSON})
    open_forms(database, survey, "measured")
    with served(app) as address:
        yield address


@pytest.fixture
def phone(browser, root, clock):
    """Return a function that gives a phone of somebody's own, an hour after the one before."""
    visits = []

    def new():
        clock.moment += timedelta(hours=1)
        visits.append(open_page(browser, f"{root}/consultations/measured"))
        return visits[-1].page

    yield new
    for visit in visits:
        assert visit.complaints() == []
        visit.page.context.close()


def test_a_parent_scores_it_twice_on_two_phones_and_the_progress_is_flagged(
    phone, app, clock, database
):
    first = phone()
    score(first, 3, 4)
    press(first, "Give me a code")
    assert faults_of(first) == []
    code = first.locator(".govuk-panel__body strong").inner_text()
    press(first, "Go on")
    press(first, "Send my answers")

    later = phone()
    score(later, 5, 5)
    later.get_by_label("Your code, if you have one").fill(f" {code.lower()} ")
    press(later, "Use my code")
    press(later, "Go on")
    press(later, "Send my answers")

    page = new_officer(app, database).open("/officers/consultations/measured/change").body
    assert [each for each in cells(page, "Physical health") if "+2" in each]
    assert [each for each in cells(page, "Your well-being") if "+1" in each]
    assert page.count("Significant progress</strong>") == 1


def score(page, *scores):
    """Rate each area by keyboard or touch, and go to the page about codes."""
    press(page, "Start now")
    for area, each in zip(AREAS, scores, strict=True):
        group = page.get_by_role("group", name=area, exact=True)
        group.get_by_role("radio", name=str(each), exact=True).check()
    assert faults_of(page) == []
    press(page, "Continue")
    with page.expect_navigation():
        page.get_by_role("link", name="Use or get a code").click()


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()
