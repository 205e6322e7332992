"""Conditions in words."""

import pytest
from pydantic import TypeAdapter

from surveys.condition_words import asked_of
from surveys.conditions import Condition
from surveys.definition import read_survey

SURVEY = read_survey("""\
code: asked
title: Asked
about:
  {what: We ask., why: It helps., who_for: All., minutes: 5, what_happens: We read., who_reads: Us.}
variants: [{code: words, name: In words}, {code: easy, name: In easy words}]
questions:
  - code: went
    kind: choice
    text: Did you go?
    options: [{code: yes, label: Yes}, {code: no, label: No}]
  - {code: age, kind: number, text: How old are you?}
  - {code: born, kind: date, precision: month, text: When were you born?}
""")
WENT = {"question": "went", "is": "yes"}
ADULT = {"question": "age", "at_least": 18}


class TestForWhomAQuestionIs:
    @pytest.mark.parametrize(
        ("raw", "words"),
        [
            (WENT, "people who answered ‘Yes’ to “Did you go?”"),
            ({"not": WENT}, "people who did not answer ‘Yes’ to “Did you go?”"),
            ({"question": "age", "answered": True}, "people who answered “How old are you?”"),
            (
                {"question": "age", "skipped": True},
                "people who were asked and left out “How old are you?”",
            ),
            (ADULT, "people who answered 18 or more to “How old are you?”"),
            (
                {"question": "born", "less_than": "2009-04"},
                "people who answered earlier than April 2009 to “When were you born?”",
            ),
            (
                {"all": [WENT, ADULT]},
                "people who answered ‘Yes’ to “Did you go?” and "
                "who answered 18 or more to “How old are you?”",
            ),
            (
                {"channel": ["paper", "phone"]},
                "people who answer through ‘Paper’ or ‘Phone’",
            ),
            (
                {"variant": "easy", "capacity": "committee"},
                "people who answer in the way ‘In easy words’ and as ‘A committee, jointly’",
            ),
            ({"not": {"channel": "sms"}}, "people who do not answer through ‘Text message’"),
            ({"channel": "pigeon"}, "people who answer through ‘pigeon’"),
        ],
    )
    def test_is_said_with_the_questions_words(self, raw, words):
        assert asked_of(TypeAdapter(Condition).validate_python(raw), SURVEY) == words

    def test_is_empty_when_everybody_is_asked(self):
        assert asked_of(None, SURVEY) == ""
