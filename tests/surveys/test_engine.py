"""The way through a survey."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.answers import Answer
from surveys.definition import read_from_library
from surveys.engine import next_question, on_path_only, question_before
from surveys.questions import OneOf

EARLY_HELP = read_from_library("early_help_2017")
CHELSEAS_CHOICE = read_from_library("chelseas_choice_2015")
SURVEYS = st.sampled_from([EARLY_HELP, CHELSEAS_CHOICE])


@st.composite
def answers_to(draw, survey):
    """Any answers at all, to any of the questions, on the path or off it."""
    answers = {}
    for question in draw(st.lists(st.sampled_from(survey.questions), unique_by=lambda q: q.code)):
        value = st.text(min_size=1, max_size=5)
        if isinstance(question, OneOf):
            value = st.sampled_from([option.code for option in question.options])
        values = draw(st.one_of(st.just(()), st.tuples(value)))
        answers[question.code] = Answer(question.code, values)
    return answers


SURVEY_AND_ANSWERS = SURVEYS.flatmap(lambda s: st.tuples(st.just(s), answers_to(s)))


def saying(code, *values):
    return {code: Answer(code, values)}


class TestThePath:
    @given(SURVEY_AND_ANSWERS)
    def test_never_holds_a_question_twice(self, both):
        survey, answers = both
        codes = [question.code for question in survey.path(answers)]

        assert len(codes) == len(set(codes))

    @given(SURVEY_AND_ANSWERS)
    def test_keeps_the_order_of_the_survey(self, both):
        survey, answers = both
        path = survey.path(answers)

        assert list(path) == [question for question in survey.questions if question in path]

    @given(SURVEY_AND_ANSWERS)
    def test_depends_only_on_the_answers_on_it(self, both):
        survey, answers = both

        assert survey.path(on_path_only(survey, answers)) == survey.path(answers)

    @given(SURVEY_AND_ANSWERS)
    def test_ends_when_every_question_on_it_is_answered(self, both):
        survey, answers = both
        asked = 0
        while (question := next_question(survey, answers)) is not None:
            answers = answers | saying(question.code)
            asked += 1
            assert asked <= len(survey.questions)

        assert set(on_path_only(survey, answers)) == {q.code for q in survey.path(answers)}

    def test_is_closed_again_by_changing_an_early_answer(self):
        answers = saying("worried", "yes") | saying("knows_help", "no")

        changed = answers | saying("worried", "no")

        assert "knows_help" in on_path_only(CHELSEAS_CHOICE, answers)
        assert "knows_help" not in on_path_only(CHELSEAS_CHOICE, changed)

    def test_is_not_opened_by_an_answer_that_is_off_it(self, chain):
        answers = saying("first", "no") | saying("second", "yes") | saying("third", "yes")

        assert [question.code for question in chain.path(answers)] == ["first"]

    @pytest.fixture
    def chain(self, survey_of):
        options = [{"code": "yes", "label": "Yes"}, {"code": "no", "label": "No"}]
        choice = {"kind": "choice", "options": options}
        return survey_of(
            {"code": "first", **choice},
            {"code": "second", "ask_if": {"question": "first", "is": "yes"}, **choice},
            {"code": "third", "ask_if": {"question": "second", "is": "yes"}, **choice},
        )


class TestTheNextQuestion:
    def test_is_the_first_at_the_start(self):
        assert next_question(EARLY_HELP, {}).code == "capacity"

    def test_passes_over_what_was_skipped(self):
        answers = saying("attitude") | saying("helpful", "very")

        assert next_question(CHELSEAS_CHOICE, answers).code == "will_do"

    def test_can_come_back_after_the_end(self):
        answers = {q.code: Answer(q.code) for q in CHELSEAS_CHOICE.questions} | saying("worried")
        del answers["knows_help"]

        assert next_question(CHELSEAS_CHOICE, answers) is None
        assert (
            next_question(CHELSEAS_CHOICE, answers | saying("worried", "yes")).code == "knows_help"
        )


class TestTheQuestionBefore:
    def test_is_none_at_the_first(self):
        assert question_before(EARLY_HELP, {}, "capacity") is None

    def test_is_none_off_the_path(self):
        assert question_before(EARLY_HELP, {}, "age") is None

    def test_passes_over_questions_that_are_not_asked(self):
        answers = saying("capacity", "organisation")

        assert question_before(EARLY_HELP, answers, "organisation_kind").code == "information"
