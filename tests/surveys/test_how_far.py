"""How far along somebody is: the number of questions that they are told never grows."""

import random

import pytest

from surveys.answers import Answer
from surveys.checking.paths import answers_worth_trying
from surveys.definition import read_from_library
from surveys.engine import next_question
from surveys.how_far import Length, Place, length_of, progress_at

EARLY_HELP = read_from_library("early_help_2017")
CHELSEAS_CHOICE = read_from_library("chelseas_choice_2015")
BRANCHING = ("early_help_2017", "chelseas_choice_2015", "yos_victim_feedback")
WALKS = 40
DRINKS = {
    "code": "drink",
    "kind": "choice",
    "text": "What would you like?",
    "options": [{"code": code, "label": code.title()} for code in ("tea", "milk", "water")],
}
SUGAR = {"code": "sugar", "ask_if": {"question": "drink", "is": "tea"}}
LEMON = {"code": "lemon", "ask_if": {"question": "drink", "is": "tea"}}
WARM = {"code": "warm", "ask_if": {"question": "drink", "is": "milk"}}
ANY_FOOD = {"code": "food"}


def saying(code, value):
    return {code: Answer(code, (value,))}


class TestTheTotal:
    def test_is_certain_where_everybody_is_asked_all(self, survey_of):
        survey = survey_of({"code": "a"}, {"code": "b"})

        assert progress_at(survey, {}, "b") == Place(2, 2, 2)

    def test_is_the_longest_way_that_may_still_come_and_not_all_ways_together(self, survey_of):
        survey = survey_of(DRINKS, SUGAR, LEMON, WARM, ANY_FOOD)

        assert length_of(survey, {}) == Length(4, is_certain=False)

    @pytest.mark.parametrize(("drink", "asked"), [("tea", 4), ("milk", 3), ("water", 2)])
    def test_is_certain_once_what_decides_is_answered(self, survey_of, drink, asked):
        survey = survey_of(DRINKS, SUGAR, LEMON, WARM, ANY_FOOD)

        assert length_of(survey, saying("drink", drink)) == Length(asked, is_certain=True)

    def test_counts_what_two_answers_together_may_open(self, survey_of):
        both = {"all": [SUGAR["ask_if"], {"question": "food", "answered": True}]}
        survey = survey_of(DRINKS, ANY_FOOD, {"code": "more", "ask_if": both})

        assert length_of(survey, {}) == Length(3, is_certain=False)
        assert length_of(survey, saying("drink", "milk")) == Length(2, is_certain=True)

    def test_of_early_help_is_never_below_what_comes(self):
        individual, organisation = (saying("capacity", c) for c in ("individual", "organisation"))

        assert progress_at(EARLY_HELP, {}, "capacity") == Place(1, 1, 17, is_certain=False)
        assert progress_at(EARLY_HELP, individual, "agree") == Place(2, 2, 17)
        assert progress_at(EARLY_HELP, organisation, "agree") == Place(2, 2, 11)

    def test_is_at_the_end_for_a_question_off_the_path(self):
        assert progress_at(CHELSEAS_CHOICE, {}, "knows_help") == Place(5, 5, 6, is_certain=False)

    @pytest.mark.parametrize("code", BRANCHING)
    def test_never_grows_on_any_way_and_is_right_at_the_end(self, code):
        survey, chance = read_from_library(code), random.Random(code)
        for _ in range(WALKS):
            answers, totals = {}, [length_of(survey, {}).total]
            while (question := next_question(survey, answers)) is not None:
                ways = [each for each in answers_worth_trying(survey, question) if each]
                answers[question.code] = chance.choice(ways or [Answer(question.code)])
                totals.append(length_of(survey, answers).total)

            asked = [each for each in survey.path(answers) if each.takes_answer]
            assert totals == sorted(totals, reverse=True)
            assert length_of(survey, answers) == Length(len(asked), is_certain=True)


class TestTheWords:
    @pytest.mark.parametrize(
        ("place", "said"),
        [
            pytest.param(Place(2, 2, 8), "Question 2 of 8", id="certain"),
            pytest.param(Place(2, 2, 8, is_certain=False), "Question 2 of up to 8", id="at most"),
            pytest.param(Place(2, 4, 8), "Questions 2 to 4 of 8", id="several"),
            pytest.param(
                Place(2, 4, 8, is_certain=False),
                "Questions 2 to 4 of up to 8",
                id="several at most",
            ),
            pytest.param(Place(3, 2, 8), "Please read this", id="nothing asked"),
        ],
    )
    def test_say_whether_it_is_certain(self, place, said):
        assert place.in_words == said
