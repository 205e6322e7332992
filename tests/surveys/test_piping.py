"""Earlier answers in the words of later questions: what is put in, and what never is."""

import pytest

from surveys.answers import Answer
from surveys.checks import Severity, check_survey
from surveys.definition import DefinitionError, problems_between, read_survey
from surveys.piping import filled, unfilled
from surveys.placeholders import NOTHING
from tests.surveys.talk import Talk

NAME = {"code": "name", "kind": "short_text", "text": "What is the park called?"}
PARKS = [
    {"code": "vale", "label": "The Vale"},
    {"code": "rye", "label": "The Rye"},
    {"code": "moor", "label": "The Moor"},
    {"code": "another", "label": "Another: which?", "specify": True},
]
ASKED = {
    "code": "asked",
    "text": "How is {answer:first|the park}?",
    "hint": "Say of {answer:first}",
}
SEVERAL = {"kind": "several", "options": PARKS}
SAID = [
    ({"kind": "choice", "options": PARKS}, ("rye",), "The Rye"),
    ({"kind": "scale", "options": PARKS[:3]}, ("moor",), "The Moor"),
    ({"kind": "faces", "options": PARKS[:3]}, ("vale",), "The Vale"),
    (SEVERAL, ("vale", "rye", "moor"), "The Vale, The Rye and The Moor"),
    ({"kind": "number"}, ("12",), "12"),
    ({"kind": "date"}, ("2009-04-03",), "3 April 2009"),
    ({"kind": "time"}, ("15:30",), "3:30pm"),
    ({"kind": "short_text"}, ("The\n  old  green",), "The old green"),
    ({"kind": "short_text"}, ("x" * 80,), "x" * 80),
]


@pytest.fixture
def text_after(survey_of):
    """Return a function that gives a later question's text after this first answer."""

    def ask(first, values, other=""):
        survey = survey_of({"code": "first", "text": "First?"} | first, ASKED)
        answers = {"first": Answer("first", values, other)} if values is not None else {}
        return filled(survey.question("asked"), survey, answers).text

    return ask


class TestWhatIsPutIn:
    @pytest.mark.parametrize(("first", "values", "words"), SAID)
    def test_a_short_answer_stands_in_the_words_of_people(self, text_after, first, values, words):
        assert text_after(first, values) == f"How is {words}?"

    @pytest.mark.parametrize(
        ("first", "values", "other"),
        [
            ({"kind": "short_text"}, None, ""),
            ({"kind": "short_text"}, (), ""),
            ({"kind": "short_text"}, ("x" * 81,), ""),
            ({"kind": "choice", "options": PARKS}, ("another",), "my own words"),
        ],
    )
    def test_without_a_short_answer_the_fall_back_stands(self, text_after, first, values, other):
        assert text_after(first, values, other) == "How is the park?"

    def test_without_a_fall_back_dots_stand(self, survey_of):
        survey = survey_of({"code": "first", "kind": "number"}, ASKED)

        assert unfilled(survey.question("asked")).hint == f"Say of {NOTHING}"

    def test_an_answer_in_braces_is_shown_as_it_was_given(self, survey_of):
        asked = {"code": "last", "text": "{answer:one} and {answer:two}?"}
        both = ({"code": code, "kind": "short_text"} for code in ("one", "two"))
        survey = survey_of(*both, asked)
        given = {"one": Answer("one", ("{answer:two}",)), "two": Answer("two", ("secret",))}

        assert filled(survey.question("last"), survey, given).text == "{answer:two} and secret?"

    def test_an_answer_that_a_changed_path_hides_is_not_shown(self, survey_of):
        gate = {"code": "gate", "kind": "choice", "options": PARKS}
        first = {"code": "first", "kind": "number", "ask_if": {"question": "gate", "is": "rye"}}
        survey = survey_of(gate, first, ASKED)
        given = {"gate": Answer("gate", ("vale",)), "first": Answer("first", ("7",))}

        assert filled(survey.question("asked"), survey, given).text == "How is the park?"


class TestWhatCannotBePutIn:
    @pytest.mark.parametrize(
        ("first", "text", "problem"),
        [
            ({"kind": "number"}, "{answer:nobody}?", "is no question here"),
            ({"kind": "number"}, "{answer:asked}?", "is not asked before it"),
            ({"kind": "free_text"}, "{answer:first}?", "no short answer"),
            ({"kind": "postcode"}, "{answer:first}?", "no short answer"),
        ],
    )
    def test_is_said_with_its_cure(self, survey_of, first, text, problem):
        survey = survey_of({"code": "first"} | first, {"code": "asked", "text": text})

        ((place, said),) = problems_between(survey)

        assert place == 1
        assert problem in said

    def test_is_an_error_in_a_variant_too(self, survey_of):
        words = {"questions": {"asked": {"text": "How is {answer:nobody}?"}}}
        variants = [{"code": "easy", "name": "Easy"} | words]
        survey = survey_of({"code": "asked"}, variants=variants)

        assert [place for place, _ in problems_between(survey)] == [0]

    def test_stops_a_file(self):
        about = "{what: a, why: b, who_for: c, minutes: 1, what_happens: d, who_reads: e}"
        asked = "[{code: asked, kind: number, text: 'Is {answer:nobody} near?'}]"

        with pytest.raises(DefinitionError, match="answer:nobody} is no question"):
            read_survey(f"code: a\ntitle: A\nabout: {about}\nquestions: {asked}\n")


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("How is {answer:first}?", False),
        ("How is {answer:first|it}?", False),
        ("How is {answer: first}?", True),
        ("How is {answer}?", True),
        ("How is {answer:First}?", True),
        ("How is {answer:first|}?", True),
        ("How is {Answer:first}?", True),
    ],
)
def test_the_check_finds_what_would_be_shown_as_it_stands(survey_of, text, is_found):
    survey = survey_of({"code": "first", "kind": "number"}, {"code": "asked", "text": text})
    found = [each for each in check_survey(survey) if "as it stands" in each.message]

    expected = [("asked", Severity.MUST)] if is_found else []
    assert [(each.question, each.severity) for each in found] == expected


def test_the_check_finds_one_where_no_answer_is_put_in(survey_of):
    options = [{"code": "a", "label": "{answer:first}"}, {"code": "b", "label": "No"}]
    asked = {"code": "asked", "kind": "choice", "options": options}
    survey = survey_of({"code": "first", "kind": "number"}, asked)

    assert any("as it stands" in each.message for each in check_survey(survey))


def test_a_chat_asks_with_the_answer_and_repeats_it(survey_of):
    asked = {"code": "asked", "kind": "choice", "options": PARKS[:2]}
    talk = Talk.at_first_question(survey_of(NAME, asked | {"text": "Is {answer:name} big?"}))

    assert "Is {answer:rye}* big?" in talk.type("{answer:rye}*")
    talk.press("The Vale")
    assert "Is {answer:rye}* big?" in talk.messages[0].text
