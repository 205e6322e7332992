"""Rows A10, B1 (TEST a), B2 (the symbols) and ACC-6: one survey, asked in several ways."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from surveys.definition import read_from_library
from surveys.variants import suggested
from tests.conftest import NOON
from tests.factories import make_consultation
from tests.voice.web.doors import make_link
from tests.voice.web.visitor import Visitor
from voice.models import LinkKind, Response
from voice.services import lessons, links
from voice.services.consultations import find_by_slug

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


class TestWhereManyBegin:
    """K2, K5: a class and a kiosk offer the same ways as the ordinary start page."""

    @pytest.fixture(params=["class", "kiosk"])
    def start(self, request, database, visitor):
        if request.param == "kiosk":
            visitor.open(f"/go/{make_link(database, 'plan', LinkKind.KIOSK, label='Screen')}")
            return START
        code = make_link(database, "plan", LinkKind.CLASS, label="School")
        with database.writing() as session:
            link = links.find_link(session, code)
            lesson = lessons.begin_lesson(session, link, ["Year 3", "Year 4"], now=NOON)
            return f"/class/{lesson.code}"

    @pytest.mark.parametrize("way", ["words", "easy_read", "pictures"])
    def test_begins_in_the_way_that_is_pressed(self, database, visitor, start, way):
        page = visitor.open(start)
        assert ways_on(page) == ["words", "easy_read", "pictures"]

        visitor.press(page, ("year-group", "Year 3"), button=ways_on(page).index(way))

        asked = visitor.ask("plan", "helper")
        assert ("voice-symbol-answer__picture" in asked.body) == (way == "pictures")
        with database.reading() as session:
            assert [each.variant for each in all_responses(session)] == [way]

    def test_puts_the_one_first_that_suits(self, visitor, start):
        page = visitor.open(f"{start}?age=7")

        assert ways_on(page)[0] == "pictures"
        assert page.body.count("Best for you") == 1

    def test_asks_no_further_where_the_address_names_one(self, database, visitor, start):
        page = visitor.open(f"{start}?way=pictures")
        assert ways_on(page) == ["pictures"]
        assert "voice-ways" not in page.body

        visitor.press(page, ("year-group", "Year 3"))

        with database.reading() as session:
            assert [each.variant for each in all_responses(session)] == ["pictures"]


class TestAWayOutRoundASurvey:
    """K5: a victim or a child who reads on, or meets an error, can leave as fast as before."""

    @pytest.mark.parametrize(
        ("address", "status"),
        [("/privacy", 200), ("/nowhere", 404), ("/consultations/nowhere", 404)],
    )
    def test_is_on_the_pages_that_know_no_survey(self, visitor, address, status):
        page = visitor.open(address)

        assert page.status == status
        assert "govuk-js-exit-this-page-button" in page.body

    def test_is_on_the_page_of_a_closed_survey(self, database, visitor):
        page = visitor.open(START)
        with database.writing() as session:
            find_by_slug(session, "plan").closes_at = NOON - timedelta(days=1)

        closed = visitor.press(page)

        assert closed.status == 410
        assert "govuk-js-exit-this-page-button" in closed.body

    def test_is_not_in_the_officers_way(self, visitor):
        assert "govuk-js-exit-this-page-button" not in visitor.open("/officers/nowhere").body


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
