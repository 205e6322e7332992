"""A whole form read at once, and the numbers of its questions."""

import pytest

from surveys.answers import Refusal
from surveys.definition import library_codes, read_from_library
from surveys.numbering import numbers_on_paper
from surveys.sheet import Written, read_sheet

SURVEY = read_from_library("early_help_2017")
INDIVIDUAL = Written(("individual",))


class TestReadingASheet:
    def test_takes_each_answer_as_a_page_would(self):
        sheet = read_sheet(SURVEY, {"capacity": INDIVIDUAL, "important": Written((" Buses\n",))})

        assert sheet.answers["important"].text == " Buses\n"
        assert sheet.refusals == {}

    def test_skips_what_is_asked_and_left_empty(self):
        sheet = read_sheet(SURVEY, {"capacity": INDIVIDUAL, "age": Written((" ",))})

        assert sheet.answers["age"].is_skipped

    def test_was_not_asked_what_is_off_the_path_and_left_empty(self):
        sheet = read_sheet(SURVEY, {"capacity": Written(("organisation",))})

        assert "age" not in sheet.answers

    def test_keeps_what_stands_beside_a_question_off_the_path(self):
        written = {"capacity": Written(("organisation",)), "age": Written(("a16_24",))}

        assert read_sheet(SURVEY, written).answers["age"].values == ("a16_24",)

    def test_refuses_every_fault_at_once(self):
        written = {"agree": Written(("agree", "disagree")), "used": Written(("play", "none"))}

        assert read_sheet(SURVEY, written).refusals == {
            "capacity": Refusal.MISSING,
            "agree": Refusal.ONLY_ONE,
            "used": Refusal.EXCLUSIVE,
        }


class TestNumbersOnPaper:
    def test_are_those_that_the_form_prints(self):
        numbers = numbers_on_paper(SURVEY)

        printed = {each.code: each.printed_number for each in SURVEY.questions[1:]}
        assert numbers == {"capacity": "A"} | {code: str(one) for code, one in printed.items()}

    def test_count_from_one_where_none_is_printed(self):
        numbers = numbers_on_paper(read_from_library("hmip_viewpoint"))

        assert list(numbers.values()) == ["1", "2", "3", "4", "5"]

    @pytest.mark.parametrize("code", library_codes())
    def test_are_all_different(self, code):
        numbers = list(numbers_on_paper(read_from_library(code)).values())

        assert len(set(numbers)) == len(numbers)
