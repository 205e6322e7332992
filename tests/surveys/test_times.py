"""A time of day as people type it, and what is kept of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from surveys.answers import AnswerRefusedError, Refusal, read_answer
from surveys.questions import AnyQuestion
from surveys.times import read_time, time_in_words
from tests.surveys.talk import Talk

A_TIME = TypeAdapter(AnyQuestion).validate_python({"code": "q", "kind": "time", "text": "When?"})


class TestReadingATime:
    @pytest.mark.parametrize(
        ("raw", "kept"),
        [
            ("15:30", "15:30"),
            ("15.30", "15:30"),
            ("1530", "15:30"),
            ("3.30pm", "15:30"),
            (" 3:30 P.M. ", "15:30"),
            ("3 pm", "15:00"),
            ("9:05", "09:05"),
            ("12am", "00:00"),
            ("12.15am", "00:15"),
            ("12pm", "12:00"),
            ("noon", "12:00"),
            ("00:00", "00:00"),
            ("23:59", "23:59"),
        ],
    )
    def test_keeps_it_on_the_24_hour_clock(self, raw, kept):
        assert read_answer(A_TIME, [raw]).values == (kept,)

    @pytest.mark.parametrize(
        "raw", ["3", "24:00", "12:60", "13pm", "0am", "3:5", "153", "teatime", "-3pm", "3pmpm", "."]
    )
    def test_refuses_what_is_none_or_too_little(self, raw):
        with pytest.raises(AnswerRefusedError) as refused:
            read_answer(A_TIME, [raw])

        assert refused.value.refusal is Refusal.NOT_A_TIME

    @given(st.times())
    def test_takes_back_what_it_kept_and_what_it_said(self, time):
        kept = f"{time:%H:%M}"

        assert read_time(kept) == kept
        assert read_time(time_in_words(kept)) == kept

    @given(st.text(max_size=20))
    def test_never_fails_on_any_text(self, text):
        kept = read_time(text)

        assert kept is None or read_time(kept) == kept

    def test_of_nothing_is_a_skip(self):
        assert read_answer(A_TIME, [" "]).is_skipped


class TestInTheChat:
    def test_it_says_how_and_keeps_the_time(self, survey_of):
        talk = Talk.at_first_question(survey_of({"code": "meet", "kind": "time"}))
        asked = talk.messages[-1].text

        talk.type("3.30pm")

        assert "like: 15:30 or 3.30pm" in asked
        assert talk.state.answers["meet"].values == ("15:30",)

    def test_it_asks_again_for_what_is_no_time(self, survey_of):
        talk = Talk.at_first_question(survey_of({"code": "meet", "kind": "time"}))

        assert "no time we know" in talk.type("after school")
        assert "meet" not in talk.state.answers
