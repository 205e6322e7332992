"""F2, YOS victim feedback.

TEST: top-two-box = 78/78; victim and offender never visible in each other's record.
"""

import re

import pytest

from surveys.checking.walls import FOR_VICTIMS, FOR_YOUNG_PEOPLE
from surveys.checks import check_survey
from surveys.definition import read_from_library
from surveys.engine import Survey
from surveys.joining import Joins
from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from tests.rows.coded import answer, joined, new_code, open_forms, use_code
from tests.rows.planned import new_officer
from tests.rows.test_b2_three_terms import form, open_only_person
from tests.voice.themed import make_officer
from tests.voice.web.visitor import Visitor
from voice.errors import KeptApartError, NotFoundError
from voice.services import readers, trends
from voice.services.comparisons import Comparison
from voice.services.joined import read_person
from voice.services.results import question_figures
from voice.services.two_sides import list_others, read_two_sides

VICTIM_CANARY, YOUNG_CANARY = "canary of a victim", "canary of a young person"


def asking(code):
    """The survey of the library, with codes, as a council might ask it."""
    return read_from_library(code).model_copy(update={"joins": Joins.PERSON})


@pytest.fixture
def both(database):
    open_forms(database, asking("yos_victim_feedback"), "victims")
    open_forms(database, asking("rj_young_person"), "young")


def test_top_two_box_is_78_of_78(session):
    """F2 TEST, first half: "100% … satisfied or very satisfied", "78 people"."""
    consultation = make_consultation(session, survey="yos_victim_feedback", slug="victims")
    for number in range(78):
        said = "very_satisfied" if number % 3 else "satisfied"
        make_response(session, consultation, satisfied=said)

    (satisfied, *_) = question_figures(session, consultation)

    assert satisfied.together.words == "78 of 78 (100%)"
    assert satisfied.together.label == "Very satisfied or satisfied"


@pytest.mark.usefixtures("both")
class TestVictimAndOffender:
    """F2 TEST, second half: never visible in each other's record, whatever anybody types."""

    def test_never_meet_by_the_same_code(self, app, clock, database):
        code = answer(app, clock, "victims", "", satisfied="satisfied", comments=VICTIM_CANARY)
        answer(app, clock, "young", code, satisfied="neither", comments=YOUNG_CANARY)
        officer = new_officer(app, database)

        victim = open_only_person(officer, "victims").body
        young = open_only_person(officer, "young").body

        assert (VICTIM_CANARY in victim, YOUNG_CANARY in victim) == (True, False)
        assert (VICTIM_CANARY in young, YOUNG_CANARY in young) == (False, True)
        assert "1 form by the same code" in victim
        assert "1 form by the same code" in young

    def test_never_meet_even_if_the_store_said_that_they_were_one(self, database):
        with database.writing() as session:
            victim = joined(session, form(session, "victims"), new_code(), comments=VICTIM_CANARY)
            young = joined(session, form(session, "young"), new_code(), comments=YOUNG_CANARY)
            assert victim.joined_hash != young.joined_hash
            young.joined_hash = victim.joined_hash
            session.flush()
            shown = read_person(
                session, form(session, "young"), make_officer(session), young.reference, now=NOON
            )

        assert [each.reference for each in shown.forms] == [young.reference]

    def test_learn_nothing_from_a_code_that_the_other_used(self, app, clock):
        code = answer(app, clock, "victims", "", comments=VICTIM_CANARY)
        pages = []
        for typed in (code, new_code("never used")):
            browser = Visitor(app)
            browser.begin("young")
            page = use_code(browser, "young", typed)
            pages.append((page.status, re.sub(r'(value|nonce)="[^"]*"', "", page.body)))

        assert pages[0] == pages[1]

    def test_are_compared_by_no_page_but_that_of_sums(self, app, database):
        with database.writing() as session:
            both = [form(session, "victims"), form(session, "young")]
            with pytest.raises(KeptApartError):
                Comparison(session, both)
            both[1].previous = "victims"
            session.flush()
            assert len(trends.read_trend(session, both[1], "satisfied").points) == 1

        page = new_officer(app, database).open("/officers/compare?with=victims&with=young")

        assert page.status == 422
        assert "kept apart" in page.body
        assert "Side by side" not in page.body

    def test_stay_apart_when_a_later_wording_says_nothing_of_the_wall(self, database):
        with database.writing() as session:
            young = form(session, "young")
            plain = asking("rj_young_person").model_copy(update={"wall": None})
            version = type(young.versions[0])(
                number=2, definition=plain.model_dump_json(by_alias=True), created_at=NOON
            )
            young.versions.append(version)
            session.flush()

            with pytest.raises(KeptApartError):
                Comparison(session, [form(session, "victims"), young])

    def test_are_not_opened_to_a_reader_of_the_other_side(self, database):
        with database.writing() as session:
            victims, young = form(session, "victims"), form(session, "young")
            reader, colleague = make_officer(session), make_officer(session)
            readers.restrict(session, victims, reader, {reader.id}, now=NOON)

            assert list_others(session, young, colleague) == []
            with pytest.raises(NotFoundError):
                read_two_sides(session, young, "victims", colleague, council="", now=NOON)
            assert list_others(session, young, reader) == [victims]


class TestTheWall:
    def test_stands_around_every_survey_for_victims_whatever_it_says(self):
        victim = read_from_library("yos_victim_feedback")
        variant = {"code": "v", "name": "For victims", "audience": "victim"}
        with_a_way = _changed(read_from_library("parent_feedback"), variants=[variant])

        assert victim.stands_behind == with_a_way.stands_behind == "victim"

    def test_cannot_be_moved_by_a_definition(self):
        with pytest.raises(ValueError, match="cannot stand on the other side"):
            _changed(read_from_library("yos_victim_feedback"), wall="young_person")

    @pytest.mark.parametrize("code", ["hmip_viewpoint", "rj_young_person"])
    def test_stands_around_the_surveys_of_young_people_who_harmed_somebody(self, code):
        assert read_from_library(code).stands_behind == "young_person"

    @pytest.mark.parametrize(
        ("code", "forgotten", "advice"),
        [
            pytest.param("yos_victim_feedback", {"audience": "adult"}, FOR_VICTIMS, id="victims"),
            pytest.param("rj_young_person", {"wall": None}, FOR_YOUNG_PEOPLE, id="young people"),
        ],
    )
    def test_is_asked_for_where_an_author_forgot_it(self, code, forgotten, advice):
        survey = read_from_library(code)

        assert advice not in [each.message for each in check_survey(survey)]
        assert advice in [each.message for each in check_survey(_changed(survey, **forgotten))]


def _changed(survey, **keys):
    return Survey.model_validate(survey.model_dump(by_alias=True) | keys)
