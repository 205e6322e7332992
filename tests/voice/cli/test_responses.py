"""`voice responses export`: one line for every stored answer."""

import json

import pytest

from tests.factories import make_consultation, make_response
from voice.models import Channel
from voice.services.consultations import find_by_slug

WORDS = 'two\r\nlines, "quotes", =1+1 and 👩‍👩‍👧'


class TestExportingResponses:
    def test_gives_each_answer_a_line_with_the_words_as_typed(self, voice, answered):
        lines = _lines(voice("responses", "export", "early_help_2017", "--format", "jsonl"))

        words = [line["value"] for line in lines if line["question"] == "important"]
        assert words == [WORDS]

    def test_takes_a_slug_as_well_as_a_code(self, voice, answered):
        by_slug = voice("responses", "export", "early-help").output

        assert by_slug == voice("responses", "export", "early_help_2017").output

    def test_says_the_channel_and_a_pseudonym(self, voice, answered):
        line = _lines(voice("responses", "export", "early-help"))[0]

        assert line["channel"] == "telegram"
        assert line["respondent"].startswith("r")

    def test_says_the_course_and_nothing_where_there_is_none(self, voice, answered, store):
        with store.writing() as session:
            make_response(
                session, find_by_slug(session, "early-help"), important="Late"
            ).wave = "Leeds"
        lines = _lines(voice("responses", "export", "early-help"))

        waves = {line["value"]: line["wave"] for line in lines if line["question"] == "important"}
        assert waves == {WORDS: "", "Late": "Leeds"}

    def test_names_the_course_in_what_it_says_of_itself(self, voice):
        assert "wave (the label of the course" in " ".join(
            voice("responses", "export", "--help").output.split()
        )

    def test_gives_a_list_where_several_may_be_chosen(self, voice, answered):
        lines = _lines(voice("responses", "export", "early-help"))

        assert [line["value"] for line in lines if line["question"] == "used"] == [
            ["play", "clubs"]
        ]

    def test_keeps_skipped_apart_from_answered(self, voice, answered):
        lines = _lines(voice("responses", "export", "early-help"))

        assert [line["value"] for line in lines if line["question"] == "proposal"] == [None]

    def test_marks_answers_that_a_changed_path_hides(self, voice, answered):
        lines = _lines(voice("responses", "export", "early-help"))

        hidden = [line["question"] for line in lines if line["status"] == "hidden"]
        assert hidden == ["organisation"]

    def test_tells_answered_skipped_hidden_and_not_asked_apart(self, voice, answered):
        lines = _lines(voice("responses", "export", "early-help"))

        told = {line["question"]: (line["status"], line["counted"]) for line in lines}
        assert told["important"] == ("answered", True)
        assert told["proposal"] == ("skipped", True)
        assert told["organisation"] == ("hidden", False)
        assert told["age"] == ("not_asked", False)

    def test_names_no_moment(self, voice, answered):
        assert "2026" not in voice("responses", "export", "early-help").output

    def test_of_an_unknown_survey_says_what_to_do(self, voice, answered):
        result = voice("responses", "export", "nope")

        assert result.exit_code == 1
        assert "voice survey list" in result.output

    @pytest.fixture
    def answered(self, store):
        with store.writing() as session:
            make_response(
                session,
                make_consultation(session),
                channel=Channel.TELEGRAM,
                capacity="individual",
                important=WORDS,
                proposal="",
                used=["play", "clubs"],
                organisation="A club",
            )


def _lines(result):
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]
