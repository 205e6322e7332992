"""Typed words stand for options and commands as a person would expect."""

from typing import Any

import pytest

from surveys.questions import Choice, Faces, Several
from surveys.typed import command_in, find_options, plain

COLOURS: list[dict[str, Any]] = [
    {"code": "red", "label": "Red", "symbol": "🔴"},
    {"code": "light_blue", "label": "Light blue"},
    {"code": "none", "label": "None of the above", "exclusive": True},
]
ONE = Choice.model_validate(
    {"kind": "choice", "code": "colour", "text": "Which?", "options": COLOURS}
)
MANY = Several.model_validate(
    {"kind": "several", "code": "colours", "text": "Which?", "options": COLOURS}
)


class TestAChoiceTyped:
    @pytest.mark.parametrize(
        "typed",
        [
            pytest.param("1", id="its number"),
            pytest.param(" 1. ", id="its number with a full stop"),
            pytest.param("1", id="its number in full width"),
            pytest.param("Red", id="its words"),
            pytest.param("1️⃣", id="its number as a key"),
            pytest.param("RED!", id="its words shouted"),
            pytest.param("🔴", id="its emoji"),
            pytest.param("red", id="its code"),
        ],
    )
    def test_means_the_option(self, typed):
        assert find_options(ONE, typed) == ("red",)

    @pytest.mark.parametrize(
        "typed",
        [
            pytest.param("0", id="no number of an option"),
            pytest.param("4", id="a number past the last"),
            pytest.param("99999999999999999999", id="a number beyond all"),
            pytest.param("1, 2", id="two where one is asked for"),
            pytest.param("reddish", id="other words"),
            pytest.param("", id="nothing"),
        ],
    )
    def test_that_names_no_one_option_means_none(self, typed):
        assert find_options(ONE, typed) == ()

    def test_takes_a_face_with_and_without_its_colour_mark(self):
        faces = Faces.model_validate(
            {
                "kind": "faces",
                "code": "feeling",
                "text": "How?",
                "options": [
                    {"code": "good", "label": "Good", "symbol": "☺️"},
                    {"code": "bad", "label": "Bad", "symbol": "☹️"},
                ],
            }
        )

        assert find_options(faces, "☹") == ("bad",)


class TestSeveralChoicesTyped:
    @pytest.mark.parametrize(
        "typed",
        [
            pytest.param("1, 2", id="numbers with a comma"),
            pytest.param("2 1", id="numbers with a space, in any order"),
            pytest.param("red and light blue", id="words with and"),
            pytest.param("Red; 2", id="words and numbers"),
        ],
    )
    def test_are_taken_in_the_order_of_the_survey(self, typed):
        assert find_options(MANY, typed) == ("red", "light_blue")

    def test_are_all_refused_when_one_is_not_understood(self):
        assert find_options(MANY, "1, purple") == ()


class TestACommandTyped:
    @pytest.mark.parametrize(
        ("typed", "command"),
        [
            ("/stop", "stop"),
            ("STOP!", "stop"),
            ("Go back", "back"),
            ("delete my answers", "delete"),
            ("I’m not safe", "sos"),
            ("🆘", "sos"),
            ("help", "help"),
            ("stop bullying in our school", None),
            ("I want to help", None),
            ("", None),
        ],
    )
    def test_counts_only_when_it_is_all_that_was_typed(self, typed, command):
        assert command_in(typed) == command


class TestPlainWords:
    def test_lose_case_space_and_the_marks_at_their_ends(self):
        assert plain("  Light   BLUE!? ") == "light blue"


class TestChoicesThatAreNumbers:
    @pytest.mark.parametrize(
        ("typed", "meant"), [("0", "0"), ("2", "2"), ("3", "3 or more"), ("4", ""), ("9", "")]
    )
    def test_are_what_they_are_called_and_never_their_place(self, typed, meant):
        labels = ["0", "1", "2", "3 or more"]
        options = [{"code": f"n{place}", "label": each} for place, each in enumerate(labels)]
        asked = {"kind": "choice", "code": "times", "text": "How often?", "options": options}
        question = Choice.model_validate(asked)

        found = find_options(question, typed)

        assert [each.label for each in question.options if each.code in found] == [meant] * bool(
            meant
        )
