"""A date as people type it, and what is kept of it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from surveys.answers import AnswerRefusedError, Refusal, read_answer
from surveys.dates import MONTHS, Precision, date_in_words, read_date
from surveys.questions import AnyQuestion
from tests.surveys.talk import Talk

ANY_QUESTION = TypeAdapter(AnyQuestion)
DAYS = st.dates(date(1000, 1, 1), date(9999, 12, 31))


def a_date(**keys):
    return ANY_QUESTION.validate_python({"code": "born", "kind": "date", "text": "When?"} | keys)


def refusal_of(question, *raw):
    with pytest.raises(AnswerRefusedError) as refused:
        read_answer(question, raw)
    return refused.value.refusal


class TestReadingADay:
    @pytest.mark.parametrize(
        "raw",
        [
            ["3", "4", "2009"],
            ["3/4/2009"],
            [" 03.04.2009 "],
            ["3-4-2009"],
            ["3 April 2009"],
            ["the 3rd of apr, 2009"],
            ["April 3, 2009"],
            ["2009-04-03"],
            ["３/４/２００９"],
        ],
        ids=" ".join,
    )
    def test_takes_it_however_it_is_written(self, raw):
        assert read_answer(a_date(), raw).values == ("2009-04-03",)

    @pytest.mark.parametrize(
        "raw",
        [
            ["30", "2", "2009"],
            ["29", "2", "2023"],
            ["3", "", "2009"],
            ["", "4", "2009"],
            ["3/4/09"],
            ["April 2009"],
            ["2009"],
            ["3 4 5 2009"],
            ["last summer"],
            ["4/13/2009"],
            ["0/4/2009"],
            ["/"],
        ],
        ids=" ".join,
    )
    def test_refuses_what_is_none(self, raw):
        assert refusal_of(a_date(), *raw) is Refusal.NOT_A_DATE

    @given(DAYS)
    def test_takes_back_what_it_kept_and_what_it_said(self, day):
        kept = day.isoformat()

        assert read_date(kept, Precision.DAY) == kept
        assert read_date(date_in_words(kept), Precision.DAY) == kept

    @given(st.text(max_size=40))
    def test_never_fails_on_any_text(self, text):
        kept = read_date(text, Precision.DAY)

        assert kept is None or date.fromisoformat(kept)

    def test_of_nothing_is_a_skip(self):
        assert read_answer(a_date(), ["", " ", ""]).is_skipped

    def test_of_nothing_is_missing_where_it_is_required(self):
        assert refusal_of(a_date(required=True), "", "", "") is Refusal.MISSING


class TestAPartOfADate:
    @pytest.mark.parametrize(
        ("precision", "raw", "kept", "words"),
        [
            ("month", ["4", "2009"], "2009-04", "April 2009"),
            ("month", ["april 2009"], "2009-04", "April 2009"),
            ("month", ["2009-04"], "2009-04", "April 2009"),
            ("year", ["2009"], "2009", "2009"),
        ],
    )
    def test_is_enough_where_no_more_is_asked(self, precision, raw, kept, words):
        answer = read_answer(a_date(precision=precision), raw)

        assert (answer.text, date_in_words(answer.text)) == (kept, words)

    @pytest.mark.parametrize(("precision", "kept"), [("month", "2009-04"), ("year", "2009")])
    def test_is_all_that_is_kept_of_a_whole_one(self, precision, kept):
        assert read_answer(a_date(precision=precision), ["3 April 2009"]).text == kept

    @pytest.mark.parametrize("month", MONTHS)
    def test_may_have_its_month_cut_to_three_letters(self, month):
        number = MONTHS.index(month) + 1

        assert read_date(f"{month[:3]} 2009", Precision.MONTH) == f"2009-{number:02}"


class TestTheEnds:
    @pytest.mark.parametrize("raw", ["1/9/2005", "31/8/2006"])
    def test_are_both_allowed(self, raw):
        question = a_date(lowest="2005-09-01", highest="2006-08-31")

        assert not read_answer(question, [raw]).is_skipped

    @pytest.mark.parametrize("raw", ["31/8/2005", "1/9/2006"])
    def test_shut_out_what_is_just_outside(self, raw):
        question = a_date(lowest="2005-09-01", highest="2006-08-31")

        assert refusal_of(question, raw) is Refusal.OUT_OF_RANGE

    def test_may_be_what_yaml_reads_as_a_date_or_a_number(self):
        assert a_date(lowest=date(2005, 9, 1)).lowest == "2005-09-01"
        assert a_date(precision="year", highest=2020).highest == "2020"

    @pytest.mark.parametrize(
        ("keys", "cure"),
        [
            ({"lowest": "2005"}, "2005 is no day; write it like 2009-04-03"),
            ({"lowest": "1 May 2005"}, "1 May 2005 is no day; write it like 2009-04-03"),
            ({"precision": "month", "highest": "2005"}, "2005 is no month; write it like 2009-04"),
            ({"lowest": "2006-01-01", "highest": "2005-01-01"}, "lowest is after highest"),
        ],
    )
    def test_are_refused_with_the_cure_when_they_are_none(self, keys, cure):
        with pytest.raises(ValidationError, match=cure):
            a_date(**keys)


class TestInTheChat:
    def test_it_says_how_and_reads_the_date_back(self, survey_of):
        talk = Talk.at_first_question(survey_of({"code": "born", "kind": "date"}))
        asked = talk.messages[-1].text

        talk.type("3rd April 2009")

        assert "like: 27 3 2009" in asked
        assert talk.state.answers["born"].values == ("2009-04-03",)

    def test_it_asks_again_for_what_is_no_date(self, survey_of):
        talk = Talk.at_first_question(survey_of({"code": "born", "kind": "date"}))

        said = talk.type("31/2/2009")

        assert "no date we know" in said
        assert "born" not in talk.state.answers
