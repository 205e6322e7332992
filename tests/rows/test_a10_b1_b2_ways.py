"""Rows A10, B1 (TEST a), B2 (the symbols) and ACC-6: one survey, asked in several ways."""

import re

import pytest
from sqlalchemy import select

from surveys.definition import read_from_library
from surveys.variants import suggested
from tests.factories import make_consultation
from tests.voice.web.visitor import Visitor
from voice.models import Response

SURVEY = read_from_library("pep_pupil_2017")
START = "/consultations/plan"
GIVEN = {
    "school": ["good"],
    "likes": ["friends", "art"],
    "helper": ["carer"],
    "safe": ["sometimes"],
    "want": ["games"],
    "meeting": ["part"],
}


class TestOneSurveyInSeveralWays:
    """A10 TEST: the same survey in easy-read with picture options yields identical coded data."""

    @pytest.mark.parametrize("way", ["words", "easy_read", "pictures"])
    def test_keeps_the_same_codes_however_it_is_asked(self, database, visitor, way):
        answer_all(visitor, way)

        with database.reading() as session:
            (response,) = all_responses(session)
            kept = {code: list(row.values) for code, row in response.answers.items() if row.values}
        assert kept == GIVEN

    def test_counts_as_one_survey(self, database, app):
        """ACC-6."""
        for way in ("words", "easy_read", "pictures"):
            answer_all(Visitor(app), way)

        with database.reading() as session:
            (asked,) = {response.survey_version_id for response in all_responses(session)}
            ways = sorted(response.variant for response in all_responses(session))
        assert asked is not None
        assert ways == ["easy_read", "pictures", "words"]


class TestWhichWayIsOffered:
    """B1 TEST a: a 7-year-old or disabled child gets Express, 8+ gets One, override possible."""

    @pytest.mark.parametrize(
        ("told", "first"),
        [
            pytest.param("age=7", "pictures", id="a seven-year-old"),
            pytest.param("age=8", "words", id="an eight-year-old"),
            pytest.param("age=14&pictures=yes", "pictures", id="a disabled teenager"),
        ],
    )
    def test_suits_the_child(self, visitor, told, first):
        page = visitor.open(f"{START}?{told}")

        assert ways_on(page)[0] == first
        assert page.body.count("Best for you") == 1
        express, one = "School?", "How do you feel about school?"
        assert (express if first == "pictures" else one) in visitor.press(page).body

    def test_may_be_overridden(self, visitor):
        page = visitor.open(f"{START}?age=7")

        assert sorted(ways_on(page)) == ["easy_read", "pictures", "words"]
        asked = visitor.press(page, button=ways_on(page).index("words"))
        assert "How do you feel about school?" in asked.body

    def test_is_the_first_for_whoever_tells_nothing(self):
        assert suggested(SURVEY.variants).code == "words"


class TestAnswersAsPictures:
    """B2: symbol and picture answers, one question a screen, and hardly any words."""

    def test_have_a_picture_and_a_word_each(self, visitor):
        visitor.press(visitor.open(f"{START}?way=pictures"))

        page = visitor.ask("plan", "helper")

        assert "Who helps you?" in page.body
        assert page.body.count("voice-symbol-answer__picture") == 4
        assert "Exit this page" in page.body

    def test_say_little(self, visitor):
        visitor.press(visitor.open(f"{START}?way=pictures"))

        words = re.sub(r"<[^>]+>", " ", visitor.ask("plan", "safe").body.split("<main")[1])

        assert len(words.split("</main")[0].split("Run by")[0].split()) < 40


class TestChangingTheWay:
    def test_keeps_every_answer_even_to_what_is_left_out(self, database, visitor):
        visitor.press(visitor.open(f"{START}?way=words"))
        page = visitor.ask("plan", "tell")
        visitor.press(page, ("tell", "I like maths"))

        page = visitor.open(f"{START}/way")
        visitor.send(page.forms[0].action, [*page.forms[0].hidden, ("way", "pictures")])

        with database.reading() as session:
            (response,) = all_responses(session)
            assert response.variant == "pictures"
            assert response.answers["tell"].values == ["I like maths"]
            assert response.answers["tell"].is_on_path

    @pytest.mark.parametrize("way", ["words", "easy_read", "pictures"])
    def test_is_offered_on_every_question_with_a_way_out(self, visitor, way):
        visitor.press(visitor.open(f"{START}?way={way}"))

        page = visitor.ask("plan", "helper")

        assert f"{START}/way" in page.body
        assert "govuk-js-exit-this-page-button" in page.body


def answer_all(visitor, way):
    visitor.press(visitor.open(f"{START}?way={way}"))
    for code, values in GIVEN.items():
        page = visitor.ask("plan", code)
        hidden = page.forms[0].hidden
        visitor.send(page.forms[0].action, [*hidden, *((code, value) for value in values)])


def ways_on(page):
    return re.findall(r'name="way" value="(\w+)"', page.body)


def all_responses(session):
    return session.scalars(select(Response)).all()


@pytest.fixture(autouse=True)
def consultation(database):
    with database.writing() as session:
        make_consultation(session, survey=SURVEY, slug="plan")


@pytest.fixture
def visitor(app):
    return Visitor(app)
