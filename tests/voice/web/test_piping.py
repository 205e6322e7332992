"""Earlier answers in the words of later questions, on pages, at the check and on paper."""

import pytest

from surveys.engine import Survey
from tests.conftest import NOON
from tests.factories import make_consultation
from tests.surveys.conftest import ABOUT
from tests.voice.web.visitor import Visitor
from voice.reports.paper_form import paper_form

SURVEY = Survey.model_validate(
    {
        "code": "park",
        "title": "The park",
        "about": ABOUT,
        "questions": [
            {"code": "name", "kind": "short_text", "text": "What is the park called?"},
            {
                "code": "asked",
                "kind": "free_text",
                "text": "What is {answer:name|the park} like?",
                "hint": "Think of {answer:name}",
            },
        ],
    }
)


@pytest.fixture
def visitor(app, database):
    """Somebody in front of a survey whose second question repeats the first answer."""
    with database.writing() as session:
        make_consultation(session, survey=SURVEY, slug="park")
    return Visitor(app)


def test_an_answer_stands_escaped_in_the_next_question_and_at_the_check(visitor):
    page = visitor.press(visitor.begin("park"), ("name", "<b>{answer:name}</b>"))

    assert "What is &lt;b&gt;{answer:name}&lt;/b&gt; like?" in page.body
    assert "Think of &lt;b&gt;{answer:name}&lt;/b&gt;" in page.body
    page = visitor.press(page, ("asked", "Green"))
    assert "What is &lt;b&gt;{answer:name}&lt;/b&gt; like?" in page.body


def test_the_fall_back_stands_when_it_was_skipped(visitor):
    page = visitor.press(visitor.begin("park"), ("name", ""))

    assert "What is the park like?" in page.body
    assert "{answer" not in page.body


def test_paper_has_the_fall_back():
    form = paper_form(SURVEY, council="Test Council", closes_at=NOON)

    assert form.questions[1].text == "What is the park like?"
