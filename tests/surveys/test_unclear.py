"""Somebody who is not understood twice: told another way, with what they can type."""

from itertools import pairwise

import pytest

from surveys import wording
from surveys.fitting import Setting, fit
from surveys.talking import talk
from surveys.turns import Command, Stage, State, Text
from tests.surveys.talk import SCENE
from tests.surveys.test_hearing import AB, survey_in

ODD = "wibble wobble"


def at(code, **more):
    return State("s", step=5, stage=Stage.ASKING, asking=code, **more)


def say_twice(state, words=ODD, survey=None):
    survey = survey or survey_in("en")
    first = talk(survey, state, Text(words), SCENE)
    return first, talk(survey, first.state, Text(words), SCENE)


class TestWhoHasNoAnswer:
    @pytest.mark.parametrize("words", ["idk", "I don’t want to", "dunno", "rather not say"])
    def test_is_told_that_they_need_not_answer(self, words):
        first, second = say_twice(at("pick"), words)

        for turn in (first, second):
            assert turn.messages[0].text == wording.NO_NEED_TO_ANSWER
            assert turn.messages[-1].rows

    def test_is_told_so_in_the_language_of_the_chat(self):
        first, _ = say_twice(at("pick"), "nie wiem", survey_in("pl"))

        assert "Pomiń" in first.messages[0].text


class TestTheSecondTime:
    def test_gives_an_example_and_says_that_it_may_be_left_out(self):
        first, second = say_twice(at("pick"))

        assert first.messages[0].text == wording.NOT_UNDERSTOOD
        said = second.messages[0].text
        assert "Type the words of one choice. Or its place: 1 is the first, 2 is the last." in said
        assert "First one" not in said  # which would urge one
        assert "“Skip” or “Get help now”" in said
        assert second.messages[-1].rows  # the question, with its buttons

    @pytest.mark.parametrize(
        ("code", "example"),
        [("some", "2 is the last"), ("order", "2, 1, 3 puts"), ("rate", "2 is the last"),
         ("tell", "Type next"), ("when", "27 3 2009")],
    )  # fmt: skip
    def test_fits_the_question(self, code, example):
        _, second = say_twice(at(code))

        assert example in second.messages[0].text

    @pytest.mark.parametrize("stage", [Stage.WELCOME, Stage.WISH, Stage.FORGETTING, Stage.STOPPED])
    def test_names_the_buttons_where_no_question_is_asked(self, stage):
        _, second = say_twice(State("s", step=5, stage=stage, asking="pick"))

        assert "You can type: “" in second.messages[0].text
        assert "Get help now" in second.messages[0].text

    def test_names_the_numbers_that_the_choices_are_called(self, survey_of):
        options = [{"code": f"n{n}", "label": str(n)} for n in range(11)]
        sure = survey_of({"code": "sure", "kind": "scale", "options": options})

        _, second = say_twice(at("sure"), survey=fit(sure, Setting()))

        assert "from 0 to 10" in second.messages[0].text

    def test_says_so_in_the_language_of_the_chat(self):
        _, second = say_twice(at("pick"), survey=survey_in("pl"))

        assert "Spróbujmy inaczej." in second.messages[0].text
        assert "1 to pierwsza, 2 to ostatnia" in second.messages[0].text

    def test_says_no_skip_where_there_is_none(self, survey_of):
        needed = {"code": "pick", "kind": "choice", "required": True, "options": AB}
        needed = fit(survey_of(needed), Setting())

        _, second = say_twice(at("pick"), survey=needed)

        assert "Skip" not in second.messages[0].text
        assert "Get help now" in second.messages[0].text

    def test_changes_what_is_said_each_time(self):
        state, said = at("pick"), []
        for _ in range(4):
            turn = talk(survey_in("en"), state, Text(ODD), SCENE)
            state = turn.state
            said.append(turn.messages[0].text)

        assert all(one != other for one, other in pairwise(said))

    def test_is_the_first_again_once_something_was_understood(self):
        survey = survey_in("en")
        first = talk(survey, at("pick"), Text(ODD), SCENE)
        helped = talk(survey, first.state, Command("help"), SCENE)

        again = talk(survey, helped.state, Text(ODD), SCENE)

        assert again.messages[0].text == wording.NOT_UNDERSTOOD


class TestBeforeTheFirstQuestion:
    @pytest.mark.parametrize(
        ("command", "words"),
        [("back", wording.NOTHING_BEFORE), ("skip", wording.NOTHING_TO_SKIP)],
    )
    def test_there_is_nothing_to_skip_or_to_go_back_to(self, command, words):
        turn = talk(survey_in("en"), State("s", step=2), Command(command), SCENE)

        assert turn.messages[0].text == words
        assert turn.messages[-1].rows
        assert turn.effects == ()

    @pytest.mark.parametrize("stage", [Stage.STOPPED, Stage.FINISHED, Stage.FORGETTING])
    def test_nor_later_is_it_unknown(self, stage):
        turn = talk(survey_in("en"), State("s", step=2, stage=stage), Command("skip"), SCENE)

        assert wording.UNKNOWN_COMMAND not in [each.text for each in turn.messages]
