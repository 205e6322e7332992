"""Words to read, words to agree with and groups of questions, on the web and after."""

import re

import pytest

from surveys.engine import Survey
from tests.factories import make_consultation
from tests.surveys.conftest import ABOUT
from tests.voice.web.visitor import Visitor, answered, count
from voice.services import consultations, results
from voice.services.exports import stored_answers

TOLD = {"code": "told", "kind": "information", "text": "About this", "body": "One.\n\nTwo <3."}
NEEDED = {"code": "happy", "kind": "consent", "text": "Taking part", "required": True}
WHAT = {"code": "what", "kind": "free_text", "text": "What would you change?"}
SCARED = "My dad hits me every night and I am scared to go home"
WENT = {
    "code": "went",
    "kind": "choice",
    "text": "Did you go?",
    "options": [{"code": "yes", "label": "Yes"}, {"code": "no", "label": "No"}],
}
AGE = {"code": "age", "kind": "number", "text": "How old are you?"}


class TestAnInformationPage:
    def test_is_read_and_goes_on_with_no_number_and_nothing_to_skip(self, asking):
        visitor, page = asking(TOLD, WHAT)

        assert '<p class="govuk-body voice-told">Two &lt;3.</p>' in page.body
        assert "Question" not in page.body
        assert "Skip this" not in page.body
        assert "Question 1 of 1" in visitor.press(page).body

    def test_stands_on_no_check_page_in_no_figure_and_in_no_export(self, asking, database):
        visitor, page = asking(TOLD, WHAT)
        page = visitor.press(visitor.press(page), ("what", "Buses"))

        assert "About this" not in page.body
        visitor.press(page)
        with database.reading() as session:
            assert [each["question"] for each in stored_answers(session, "kinds")] == ["what"]
            consultation = consultations.find_by_slug(session, "kinds")
            figures = results.question_figures(session, consultation)
            assert [each.code for each in figures] == ["what"]


class TestAConsent:
    def test_given_is_kept_with_the_response_and_exported(self, asking, database):
        visitor, page = asking(NEEDED, WHAT)

        page = visitor.press(page, ("happy", "yes"))

        assert "What would you change?" in page.body
        assert answered(database, "happy") == [["yes"]]

    def test_not_given_ends_kindly_and_keeps_nothing(self, asking, database):
        visitor, page = asking(WHAT, NEEDED)
        page = visitor.press(page, ("what", "Buses"))

        page = visitor.press(page, ("happy", "no"))

        assert page.status == 200
        assert "We ask you nothing more" in page.body
        assert "0800 1111" in page.body
        assert (count(database, "response"), count(database, "answer")) == (0, 0)

    def test_not_given_by_a_browser_that_lost_its_key_keeps_nothing(self, asking, database):
        visitor, page = asking(NEEDED, WHAT)
        visitor.lose_cookies_but("session")

        visitor.press(page, ("happy", "no"))

        assert count(database, "answer") == 0

    def test_not_given_still_lets_those_who_look_after_safety_know(self, asking, database):
        visitor, page = asking(WHAT | {"page": "p"}, NEEDED | {"page": "p"})

        visitor.press(page, ("what", SCARED), ("happy", "no"))

        assert (count(database, "concern"), count(database, "response")) == (1, 0)

    def test_says_before_what_a_no_means(self, asking):
        _, page = asking(NEEDED)

        assert "If you do not agree, we ask nothing more" in page.body

    def test_left_empty_is_asked_for(self, asking):
        visitor, page = asking(NEEDED)

        page = visitor.press(page)

        assert page.status == 422
        assert "Choose an answer to go on" in page.body


class TestAGroupOfQuestions:
    def test_is_answered_together_with_one_continue(self, asking, database):
        visitor, page = asking(*_grouped(WENT, AGE, WHAT))

        assert "Questions 1 to 3 of 3" in page.body
        assert page.body.count("<h1") == 1
        page = visitor.press(page, ("went", "yes"), ("age", "12"), ("what", "Buses"))

        assert "Check your answers" in page.body
        assert [answered(database, code) for code in ("went", "age")] == [[["yes"]], [["12"]]]

    def test_keeps_every_word_when_one_is_refused_and_says_each_fault(self, asking, database):
        visitor, page = asking(*_grouped(WENT | {"required": True}, AGE, WHAT))

        page = visitor.press(page, ("age", "old"), ("what", "Buses & <b>"))

        assert page.status == 422
        assert '<a href="#went">' in page.body
        assert '<a href="#age">' in page.body
        assert 'value="old"' in page.body
        assert "Buses &amp; &lt;b&gt;</textarea>" in page.body
        assert count(database, "answer") == 0

    def test_asks_what_it_opens_on_a_page_of_its_own(self, asking):
        why = WHAT | {"ask_if": {"question": "went", "is": "no"}}
        visitor, page = asking(*_grouped(WENT, why, AGE))
        assert "What would you change?" not in page.body

        page = visitor.press(page, ("went", "no"), ("age", "12"))

        assert "What would you change?" in page.body
        assert "Question 3 of 3" in page.body
        back = re.search(r'href="([^"]+)" class="govuk-back-link"', page.body)[1]
        assert "Did you go?" in visitor.open(back).body

    def test_is_shown_whole_when_one_answer_is_to_be_changed(self, asking):
        visitor, page = asking(*_grouped(WENT, AGE))
        visitor.press(page, ("went", "yes"), ("age", "12"))

        page = visitor.ask("kinds", "age")

        assert 'value="12"' in page.body
        assert "Did you go?" in page.body

    def test_skips_all_at_once(self, asking, database):
        visitor, page = asking(*_grouped(WENT, AGE))

        visitor.press(page, button=1)

        assert [answered(database, code) for code in ("went", "age")] == [[[]], [[]]]

    def test_reads_only_what_it_showed(self, asking, database):
        visitor, page = asking(*_grouped(WENT, AGE))
        shown = [pair for pair in page.forms[0].hidden if pair != ("shown", "age")]

        visitor.send(page.forms[0].action, [*shown, ("went", "yes")])

        assert answered(database, "age") == []


def _grouped(*questions):
    return [question | {"page": "visit"} for question in questions]


@pytest.fixture
def asking(app, database):
    """Return a function that opens a survey and gives somebody at its first page."""

    def begin(*questions):
        survey = {"code": "kinds", "title": "Kinds", "about": ABOUT, "questions": questions}
        with database.writing() as session:
            make_consultation(session, survey=Survey.model_validate(survey), slug="kinds")
        visitor = Visitor(app)
        return visitor, visitor.begin("kinds")

    return begin
