"""Rows E5 and H8: every figure has its base, and says of whom it is."""

import pytest

from surveys.engine import Survey
from tests.factories import make_consultation, make_response
from tests.stores import new_sqlite
from tests.surveys.conftest import ABOUT
from voice.services.results import question_figures

YES_OR_NO = [{"code": "yes", "label": "Yes"}, {"code": "no", "label": "No"}]
SHOPPERS, IMPROVED, NOT_IMPROVED, CONFIDENT = 307, 294, 12, 286


class TestRowE5:
    """E5 TEST: base per question shown; missing counted."""

    def test_the_one_who_is_missing_is_counted(self, shoppers):
        improved = shoppers["improved"]

        assert improved.base + improved.skipped == SHOPPERS
        assert (improved.base, improved.skipped) == (IMPROVED + NOT_IMPROVED, 1)
        assert [row.percent for row in improved.rows] == [96, 4]

    def test_each_question_has_a_base_of_its_own(self, shoppers):
        assert shoppers["confident"].base == SHOPPERS
        assert shoppers["confident"].rows[0].percent == 93


class TestRowH8:
    """H8 TEST: whether 57% is of all or of the 92% is stated."""

    def test_the_base_of_a_question_that_only_some_are_asked_is_said_in_words(self, surgeries):
        monthly = surgeries["monthly"]

        assert monthly.asked_of == "people who answered ‘Yes’ to “regular?”"
        assert (monthly.base, monthly.not_asked) == (92, 8)
        assert monthly.rows[0].words == "57 of 92 (62%)"

    def test_a_question_that_all_are_asked_says_nothing_of_whom(self, surgeries):
        assert surgeries["regular"].asked_of == ""
        assert surgeries["regular"].rows[0].words == "92 of 100 (92%)"


def _asking(code):
    return {"code": code, "kind": "choice", "text": f"{code}?", "options": YES_OR_NO}


@pytest.fixture(scope="module")
def counted(tmp_path_factory):
    """Return a function that takes answers in and gives the figures by question."""
    database = new_sqlite(tmp_path_factory.mktemp("bases"))

    def count(questions, said):
        asked = {"code": "bases", "title": "Bases", "about": ABOUT, "questions": questions}
        with database.writing() as session:
            survey = Survey.model_validate(asked)
            consultation = make_consultation(session, survey=survey, slug=questions[0]["code"])
            for answers in said:
                make_response(session, consultation, **answers)
            return {each.code: each for each in question_figures(session, consultation)}

    yield count
    database.close()


@pytest.fixture(scope="module")
def shoppers(counted):
    said = [("yes", "yes")] * CONFIDENT + [("yes", "no")] * (IMPROVED - CONFIDENT)
    said += [("no", "no")] * NOT_IMPROVED + [("", "no")]
    return counted(
        [_asking("improved"), _asking("confident")],
        [{"improved": improved, "confident": confident} for improved, confident in said],
    )


@pytest.fixture(scope="module")
def surgeries(counted):
    said = [{"regular": "yes", "monthly": "yes"}] * 57
    said += [{"regular": "yes", "monthly": "no"}] * 35 + [{"regular": "no"}] * 8
    opened = _asking("monthly") | {"ask_if": {"question": "regular", "is": "yes"}}
    return counted([_asking("regular"), opened], said)
