"""G2, Family Outcomes Star.

"change >= 2 flagged as significant progress"; "each parent scored separately".
"""

import re

import pytest
from sqlalchemy import select

from surveys.joining import Joins
from tests.conftest import NOON, SECRET
from tests.factories import make_consultation
from tests.rows.coded import answer, new_code, open_forms
from tests.rows.measuring import a_grid, open_asking, rate
from tests.rows.planned import new_officer
from tests.surveys.conftest import survey_asking
from tests.voice.themed import make_officer, sign_in
from voice.models import AuditEntry
from voice.services import joining
from voice.services.concerns import Heard, screen_words
from voice.services.measures import FALLEN_BACK, SIGNIFICANT_PROGRESS, read_changes

AREAS = ("Physical health", "Your well-being", "Meeting emotional needs")
STAR = a_grid(AREAS, [str(score) for score in range(1, 11)], text="Where are you on the star?")
MOTHER, FATHER = "pseudonym of one parent", "pseudonym of the other"


@pytest.fixture
def family(session):
    """One star, with both parents' first scores."""
    consultation = open_asking(session, STAR)
    rate(session, consultation, 3, 4, 5, respondent=MOTHER)
    rate(session, consultation, 6, 6, 6, respondent=FATHER)
    return consultation


def changes_in(session, consultation):
    (star,) = read_changes(session, consultation, make_officer(session), now=NOON)
    return star


def later(session, consultation, *scores, respondent):
    response = rate(session, consultation, *scores, respondent=respondent)
    response.submitted_at = NOON.replace(hour=13)
    session.flush()
    return response


def test_a_change_of_two_points_is_flagged_and_one_point_is_not(session, family):
    later(session, family, 4, 6, 2, respondent=MOTHER)

    (mother,) = changes_in(session, family).people

    assert [(change.points, change.flag) for change in mother.changes] == [
        (1, ""),
        (2, SIGNIFICANT_PROGRESS),
        (-3, FALLEN_BACK),
    ]


def test_each_parent_is_scored_separately(session, family):
    later(session, family, 5, 4, 5, respondent=MOTHER)
    later(session, family, 6, 8, 6, respondent=FATHER)

    star = changes_in(session, family)

    points = sorted([change.points for change in person.changes] for person in star.people)
    assert points == [[0, 2, 0], [2, 0, 0]]
    assert (star.progressed, star.changes) == (2, 6)


def test_the_last_answer_is_compared_with_the_first_whatever_lay_between(session, family):
    between = later(session, family, 1, 1, 1, respondent=MOTHER)
    between.submitted_at = NOON.replace(minute=5)
    later(session, family, 5, 4, 5, respondent=MOTHER)

    star = changes_in(session, family)

    assert [change.points for change in star.people[0].changes] == [2, 0, 0]
    assert star.once_only == 1


def test_an_area_scored_only_once_has_no_change(session, family):
    later(session, family, None, 6, None, respondent=MOTHER)

    (mother,) = changes_in(session, family).people

    assert [change.label for change in mother.changes] == ["Your well-being"]


def test_what_raised_a_concern_is_kept_apart(session, family):
    response = later(session, family, 5, 4, 5, respondent=MOTHER)
    words = "my dad hits me every night"
    heard = Heard(family.id, response.channel, words, response_id=response.id)
    screen_words(session, heard, now=NOON)

    assert changes_in(session, family).people == ()


def test_an_officer_reads_it_on_a_page_and_that_is_written_down(app, database):
    with database.writing() as session:
        consultation = open_asking(session, STAR)
        rate(session, consultation, 3, 4, 5, respondent=MOTHER)
        later(session, consultation, 3, 6, 5, respondent=MOTHER)
        officer = make_officer(session)
        browser = app.test_client()
        sign_in(browser, session, officer)

    page = browser.get("/officers/consultations/measured/change").text

    row = re.search(r">Your well-being</th>(.*?)</tr>", page, re.DOTALL)[1]
    assert "+2" in row
    assert "Significant progress" in row
    with database.reading() as session:
        actions = session.scalars(select(AuditEntry.action)).all()
    assert "changes over time read" in actions


class TestByACode:
    """G2 TEST, walked: the same parent on two devices is one, and two parents stay two."""

    @pytest.fixture(autouse=True)
    def _star(self, database):
        survey = survey_asking(STAR).model_copy(update={"joins": Joins.PERSON})
        open_forms(database, survey, "measured")

    def test_flags_two_points_and_scores_each_parent_separately(self, app, clock, database):
        mother = score(app, clock, "", 3, 4, 5)
        father = score(app, clock, "", 6, 6, 6)
        score(app, clock, mother, 5, 5, 5)
        score(app, clock, father, 6, 6, 7)

        page = new_officer(app, database).open("/officers/consultations/measured/change").body

        found = re.findall(r">Physical health</th>(.*?)</tr>", page, re.DOTALL)
        assert sorted(re.findall(r"[+-]\d", each)[0] for each in found) == ["+0", "+2"]
        assert page.count("Significant progress</strong>") == 1
        assert "2 people answered more than once, 0 once only" in page

    def test_never_adds_up_what_two_people_did_on_one_device_with_two_codes(self, session):
        survey = survey_asking(STAR).model_copy(update={"joins": Joins.PERSON})
        consultation = make_consultation(session, survey=survey, slug="home")
        for person in ("mother", "father"):
            response = rate(session, consultation, 3, 3, 3, respondent="the device at home")
            joining.join(response, new_code(person), secret=SECRET)
        session.flush()

        assert changes_in(session, consultation).people == ()


def score(app, clock, code, *scores):
    """Send in the star with these scores on a device of its own, by a code."""
    rated = {f"rated-r{row}": f"c{score}" for row, score in enumerate(scores)}
    return answer(app, clock, "measured", code, rated=rated)
