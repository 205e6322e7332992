"""How much of a postcode is kept: its first half, its ward, or all of it with a reason (K1)."""

import pytest

from surveys.answers import AnswerRefusedError, read_answer
from surveys.checks import check_survey
from surveys.engine import Survey
from surveys.places import texts_of
from surveys.postcodes import Postcode
from tests.conftest import COUNCIL, NOON
from tests.surveys.conftest import ABOUT
from tests.surveys.talk import Talk
from voice.reports.paper_form import paper_form

REASON = "We keep your whole postcode so that we can show which streets have no bus."
WARDS = {"HP20": "Central", "HP20 1": "North", "HP21 7RL": "Walton"}
ASKED = {"code": "home", "kind": "postcode", "text": "Where do you live?"}
WHOLE = ASKED | {"keeps": "whole", "reason": REASON}


def kept(typed, asked):
    return read_answer(Postcode(**ASKED | asked), [typed]).text


class TestWhatIsKept:
    @pytest.mark.parametrize(
        ("typed", "asked", "stored"),
        [
            pytest.param("hp20 1ua", {}, "HP20", id="usually the first half"),
            pytest.param("hp201ua", WHOLE, "HP20 1UA", id="all of it with a reason"),
            pytest.param("HP20", WHOLE, "HP20", id="half of it, where only half is said"),
            pytest.param("HP20 1UA", {"keeps": "ward", "wards": WARDS}, "North", id="the ward"),
            pytest.param("HP20 2AA", {"keeps": "ward", "wards": WARDS}, "Central", id="the rest"),
            pytest.param("hp21 7rl", {"keeps": "ward", "wards": WARDS}, "Walton", id="one street"),
            pytest.param("HP2 1UA", {"keeps": "ward", "wards": WARDS}, "HP2", id="no ward known"),
            pytest.param("North", {"keeps": "ward", "wards": WARDS}, "North", id="sent again"),
        ],
    )
    def test_is_what_the_survey_says(self, typed, asked, stored):
        assert kept(typed, asked) == stored

    def test_is_nothing_of_what_is_no_postcode(self):
        with pytest.raises(AnswerRefusedError):
            kept("Nowhere", {"keeps": "ward", "wards": WARDS})

    @pytest.mark.parametrize("stored", ["HP20 1UA", "HP20"])
    def test_is_shown_in_figures_as_a_district_at_most(self, stored):
        assert Postcode.district(stored) == "HP20"


class TestADefinition:
    @pytest.mark.parametrize(
        ("asked", "cure"),
        [
            pytest.param({"keeps": "whole"}, "only with a `reason`", id="no reason"),
            pytest.param({"keeps": "whole", "reason": "maps"}, "`reason`", id="a word"),
            pytest.param({"reason": REASON}, "remove it", id="a reason for nothing"),
            pytest.param({"keeps": "ward"}, "needs `wards`", id="no wards"),
            pytest.param({"wards": WARDS}, "needs `wards`", id="wards for nothing"),
            pytest.param({"keeps": "ward", "wards": {"x": "A"}}, "like HP20", id="no beginning"),
        ],
    )
    def test_is_refused_with_the_cure(self, asked, cure):
        with pytest.raises(ValueError, match=cure):
            Postcode(**ASKED | asked)


class TestTheEntryInThePrivacyRegister:
    def test_is_read_beside_the_question_in_the_chat_and_on_paper(self, survey):
        talk = Talk.at_first_question(survey)

        assert REASON in talk.messages[-1].text
        assert REASON in paper_form(survey, council=COUNCIL.name, closes_at=NOON).questions[0].notes

    def test_is_read_in_the_chat_before_anything_is_asked(self, survey):
        talk = Talk(survey)

        assert REASON in talk.type("/start")

    def test_is_asked_about_by_the_check(self, survey):
        (finding,) = [each for each in check_survey(survey) if "privacy register" in each.message]

        assert (finding.question, REASON in finding.message) == ("home", True)

    def test_is_translated_with_the_other_texts(self, survey):
        assert texts_of(survey)["questions.home.reason"] == REASON


@pytest.fixture
def survey():
    asked = {"code": "homes", "title": "Homes", "about": ABOUT, "questions": [WHOLE]}
    return Survey.model_validate(asked)
