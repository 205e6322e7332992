"""Row E14: what is written in a course's form is tagged to the service, not only to the course."""

import pytest
from sqlalchemy.orm import Session

from surveys.engine import Survey
from tests.factories import make_consultation, make_response
from tests.surveys.conftest import ABOUT
from tests.voice.themed import make_officer, sign_in
from voice.models import Mention, Theme
from voice.services.exports import stored_answers

IRO = "Independent Reviewing Officers"
LEARNT = {"code": "learnt", "kind": "free_text", "text": "What do you know now of the role?",
          "service": IRO}  # fmt: skip
COURSE = {"code": "course", "kind": "free_text", "text": "How was the day?"}
PAGE = "/officers/services"


class TestRowE14:
    """TEST: free text tagged to service, not only to course."""

    def test_an_export_says_the_service_beside_the_course(self, session, training):
        make_response(session, training, learnt="I understand it far better", course="Long")

        exported = {each["question"]: each for each in stored_answers(session, "training")}

        assert exported["learnt"]["service"] == IRO
        assert exported["course"]["service"] == ""
        assert {each["consultation"] for each in exported.values()} == {"training"}

    def test_themes_are_read_by_service_across_courses_and_surveys(
        self, session, page, training, reviews
    ):
        for asked, question, label in (
            (training, "learnt", "A better understanding"),
            (training, "course", "Too long a day"),
            (reviews, "course", "Reviews go on for too long"),
        ):
            people = [make_response(session, asked, **{question: f"{label} {n}"}) for n in "abc"]
            theme_of(session, asked, question, label, people)
        session.commit()

        words = page.get(PAGE).text

        first, second = words.index("A better understanding"), words.index("Reviews go on")
        assert words.index(IRO) < min(first, second)
        assert words.count(f">{IRO}</h2>") == 1
        assert "Too long a day" not in words

    def test_one_service_is_read_at_a_time(self, session, page, training):
        asked = {"code": "drains", "title": "Drains", "about": ABOUT, "service": "Drainage"}
        survey = Survey.model_validate(asked | {"questions": [COURSE]})
        make_consultation(session, survey=survey, slug="drains")
        session.commit()

        first, second = (page.get(f"{PAGE}{asked}").text for asked in ("", f"?service={IRO}"))

        assert (">Drainage</h2>" in first, f">{IRO}</h2>" in first) == (True, False)
        assert (">Drainage</h2>" in second, f">{IRO}</h2>" in second) == (False, True)
        assert page.get(f"{PAGE}?service=Roads").status_code == 404

    def test_a_theme_page_names_the_service(self, session, page, training):
        session.commit()

        words = page.get("/officers/consultations/training/questions/learnt/themes").text

        assert f">{IRO}</a>" in words

    def test_another_team_reads_nothing_of_it(self, session, page, training):
        training.team = "roads"
        session.commit()

        assert IRO not in page.get(PAGE).text


def theme_of(session, consultation, question, label, people):
    named = {"key": label, "label": label, "found_label": label, "description": "", "words": ["x"]}
    theme = Theme(consultation_id=consultation.id, question=question, place=0, **named)
    session.add(theme)
    session.flush()
    for each in people:
        each.answers[question].tone = "neutral"
        session.add(Mention(theme_id=theme.id, response_id=each.id, strength=1.0))
    session.flush()


@pytest.fixture
def session(database):
    """A session whose work the pages see once it is committed."""
    with Session(database.engine, expire_on_commit=False) as opened:
        yield opened


@pytest.fixture
def training(session):
    """The evaluation of a course for foster carers, with one question about a service."""
    asked = {"code": "training", "title": "Training", "about": ABOUT}
    survey = Survey.model_validate(asked | {"questions": [LEARNT, COURSE]})
    return make_consultation(session, survey=survey, slug="training")


@pytest.fixture
def reviews(session):
    """A survey that is about the same service as a whole."""
    asked = {"code": "reviews", "title": "Reviews", "about": ABOUT, "service": IRO}
    survey = Survey.model_validate(asked | {"questions": [COURSE]})
    return make_consultation(session, survey=survey, slug="reviews")


@pytest.fixture
def page(session, app):
    client = app.test_client()
    sign_in(client, session, make_officer(session))
    return client
