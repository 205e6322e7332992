"""Measures: what people may write for them, and how a chat asks them in parts."""

import pytest

from surveys.answers import AnswerRefusedError, Refusal, read_answer
from surveys.measured import shared_place
from surveys.readback import words_of
from surveys.turns import Tap
from tests.surveys.talk import Talk

SURE = {"code": "sure", "kind": "percent", "text": "How sure are you?"}
COURSE = {
    "code": "course",
    "kind": "pair",
    "text": "How confident?",
    "start": "Before the course",
    "end": "After the course",
}
FIRST = {
    "code": "first",
    "kind": "ranking",
    "text": "What comes first?",
    "options": [{"code": each, "label": each.title()} for each in ("bus", "swing", "bench")],
}
RATED = {
    "code": "rated",
    "kind": "grid",
    "text": "How was each?",
    "rows": [{"code": "room", "label": "The room"}, {"code": "food", "label": "The food"}],
    "columns": [
        {"code": "bad", "label": "Bad", "symbol": "🙁", "score": 1},
        {"code": "good", "label": "Good", "symbol": "😀", "score": 2},
    ],
}


@pytest.fixture
def read(survey_of):
    """Return a function that reads words as an answer to a question given as a map."""

    def reading(question, *raw, **changed):
        (asked,) = survey_of(question | changed).questions
        return read_answer(asked, raw).values

    return reading


@pytest.fixture
def refusal(read):
    def reading(question, *raw, **changed):
        with pytest.raises(AnswerRefusedError) as refused:
            read(question, *raw, **changed)
        return refused.value.refusal

    return reading


class TestAPercent:
    @pytest.mark.parametrize("text", ["80", "80%", " 80 % ", "80 percent", "80 per cent", "080%."])
    def test_is_read_however_it_is_written(self, read, text):
        assert read(SURE, text) == ("80",)

    @pytest.mark.parametrize("text", ["0", "100%"])
    def test_goes_from_nothing_to_everything(self, read, text):
        assert read(SURE, text) == (text.rstrip("%"),)

    @pytest.mark.parametrize("text", ["101", "-1", "80.5", "a lot", "8o", "1000", "٨٠"])
    def test_refuses_what_is_no_whole_per_cent(self, refusal, text):
        assert refusal(SURE, text) is Refusal.NOT_A_PERCENT


class TestAPair:
    @pytest.mark.parametrize(
        "raw",
        [("40", "85"), ("40%", "85 percent"), ("40 85",), ("40, 85",), ("from 40% to 85%",)],
    )
    def test_is_read_from_two_fields_or_one_sentence(self, read, raw):
        assert read(COURSE, *raw) == ("40", "85")

    @pytest.mark.parametrize("raw", [("40",), ("", "85"), ("40%", " ")])
    def test_takes_both_or_neither(self, refusal, raw):
        assert refusal(COURSE, *raw) is Refusal.ONE_OF_TWO

    def test_left_empty_is_skipped(self, read):
        assert read(COURSE, "", "") == ()

    def test_refuses_three(self, refusal):
        assert refusal(COURSE, "40", "50", "60") is Refusal.ONE_OF_TWO


class TestARanking:
    @pytest.mark.parametrize("raw", [("swing", "bus"), ("2.bus", "1.swing")])
    def test_keeps_the_order_and_not_that_of_the_survey(self, read, raw):
        assert read(FIRST, *raw) == ("swing", "bus")

    @pytest.mark.parametrize(
        ("raw", "why"),
        [
            pytest.param(("1.bus", "1.swing"), Refusal.SAME_PLACE, id="a tie"),
            pytest.param(("1.bus", "3.swing"), Refusal.EMPTY_PLACE, id="a place left out"),
            pytest.param(("bus", "bus"), Refusal.NOT_AN_OPTION, id="one twice"),
            pytest.param(("1.tram",), Refusal.NOT_AN_OPTION, id="none of these"),
            pytest.param(("x.bus",), Refusal.NOT_AN_OPTION, id="no place"),
        ],
    )
    def test_refuses_what_is_no_order(self, refusal, raw, why):
        assert refusal(FIRST, *raw) is why

    def test_takes_no_more_than_its_places(self, read, refusal):
        assert read(FIRST, "bus", "bench", most=2) == ("bus", "bench")
        assert refusal(FIRST, "bus", "bench", "swing", most=2) is Refusal.TOO_MANY

    def test_names_the_two_that_share_a_place(self, survey_of):
        (question,) = survey_of(FIRST).questions

        assert shared_place(question, ["2.bus", "1.bench", "2.swing"]) == ("Bus", "Swing")

    @pytest.mark.parametrize("key", ["exclusive", "specify"])
    def test_has_no_option_that_cannot_be_ranked(self, survey_of, key):
        options = [{"code": "a", "label": "A", key: True}, {"code": "b", "label": "B"}]

        with pytest.raises(ValueError, match="neither exclusive nor specify"):
            survey_of(FIRST | {"options": options})

    def test_has_no_more_places_than_options(self, survey_of):
        with pytest.raises(ValueError, match="only 3 options"):
            survey_of(FIRST | {"most": 4})


class TestAGrid:
    def test_keeps_ratings_in_the_order_of_the_rows(self, read):
        assert read(RATED, "food.good", "room.bad") == ("room.bad", "food.good")

    def test_lets_a_row_be_left_out(self, read):
        assert read(RATED, "food.good") == ("food.good",)

    def test_takes_every_row_when_an_answer_is_required(self, refusal):
        assert refusal(RATED, "food.good", required=True) is Refusal.ROWS_LEFT
        assert refusal(RATED, required=True) is Refusal.MISSING

    @pytest.mark.parametrize("raw", ["food", "food.awful", "music.good", "food.good.bad"])
    def test_refuses_what_is_not_in_it(self, refusal, raw):
        assert refusal(RATED, raw) is Refusal.NOT_AN_OPTION

    def test_takes_one_rating_a_row(self, refusal):
        assert refusal(RATED, "food.good", "food.bad") is Refusal.ONLY_ONE

    def test_takes_a_ready_made_scale_with_its_scores(self, survey_of):
        (question,) = survey_of(RATED | {"columns": "agreement"}).questions

        assert question.columns[0].label == "Strongly agree"
        assert question.scores["strongly_agree"] == 5
        assert question.scores["strongly_disagree"] == 1

    def test_can_decide_what_is_asked_next(self, survey_of):
        survey = survey_of(
            RATED, {"code": "why", "ask_if": {"question": "rated", "includes": "food.bad"}}
        )
        food = read_answer(survey.questions[0], ["food.bad"])

        assert [each.code for each in survey.path({"rated": food})] == ["rated", "why"]


class TestReadyMadeOptions:
    @pytest.mark.parametrize(
        ("name", "first"), [("agreement", "Strongly agree"), ("satisfaction", "Very satisfied")]
    )
    def test_are_written_as_one_word(self, survey_of, name, first):
        (question,) = survey_of({"code": "q", "kind": "scale", "options": name}).questions

        assert [question.options[0].label, len(question.options)] == [first, 5]

    def test_say_which_there_are(self, survey_of):
        with pytest.raises(ValueError, match=r"called frequency; there are .*agreement"):
            survey_of({"code": "q", "kind": "scale", "options": "frequency"})


class TestAMeasureInAChat:
    @pytest.fixture
    def talk(self, survey_of):
        def begin(*questions, **changed):
            return Talk.at_first_question(survey_of(*(each | changed for each in questions)))

        return begin

    def test_asks_a_pair_one_after_the_other(self, talk):
        person = talk(COURSE)

        said = person.type("40%")
        person.type("85 percent")

        assert "After the course: type a number" in said
        assert person.state.answers["course"].values == ("40", "85")

    def test_takes_a_pair_at_once(self, talk):
        person = talk(COURSE)

        person.type("40 85")

        assert person.state.answers["course"].values == ("40", "85")

    def test_asks_for_a_per_cent_again_and_keeps_the_first_of_two(self, talk):
        person = talk(COURSE)
        person.type("40")

        said = person.type("loads")
        person.type("85")

        assert "whole number from 0 to 100" in said
        assert person.state.answers["course"].values == ("40", "85")

    def test_skips_a_pair_of_which_one_is_missing(self, talk):
        person = talk(COURSE)
        person.type("40")

        person.press("Skip")

        assert person.state.answers["course"].is_skipped

    def test_ranks_by_taps_with_undo(self, talk):
        person = talk(FIRST)

        for label in ("Swing", "Bench", "Undo", "Bus"):
            person.press(label)
        labels = [button.label for row in person.messages[-1].rows for button in row]
        person.press("Done")

        assert labels[:3] == ["✅ 2nd: Bus", "✅ 1st: Swing", "Bench"]
        assert person.state.answers["first"].values == ("swing", "bus")

    def test_ranks_no_more_than_its_places(self, talk):
        person = talk(FIRST, most=2)

        for label in ("Swing", "Bench", "Bus", "Done"):
            person.press(label)

        assert person.state.answers["first"].values == ("swing", "bench")

    def test_takes_one_out_of_the_order_by_pressing_it_again(self, talk):
        person = talk(FIRST)

        for label in ("Swing", "Bench", "Swing", "Done"):
            person.press(label)

        assert person.state.answers["first"].values == ("bench",)

    @pytest.mark.parametrize("text", ["3, 1, 2", "3 1 2", "bench, bus and swing"])
    def test_ranks_by_words_or_numbers_in_the_order_said(self, talk, text):
        person = talk(FIRST)

        person.type(text)

        assert person.state.answers["first"].values == ("bench", "bus", "swing")

    def test_refuses_an_order_that_names_one_twice(self, talk):
        person = talk(FIRST)

        said = person.type("1, 1")

        assert "did not understand" in said
        assert "first" not in person.state.answers

    def test_asks_a_grid_row_by_row(self, talk):
        person = talk(RATED)

        said = person.press("Bad")
        person.type("😀")

        assert "2 of 2: The food" in said
        assert person.state.answers["rated"].values == ("room.bad", "food.good")

    def test_leaves_a_row_out(self, talk):
        person = talk(RATED)

        person.press("Leave this one out")
        person.press("Good")

        assert person.state.answers["rated"].values == ("food.good",)

    def test_keeps_the_rows_rated_when_the_rest_is_skipped(self, talk):
        person = talk(RATED)
        person.press("Good")

        person.press("Skip")

        assert person.state.answers["rated"].values == ("room.good",)

    def test_goes_back_to_the_row_before(self, talk):
        person = talk(RATED)
        person.press("Good")

        said = person.press("Back")

        assert "1 of 2: The room" in said

    def test_does_not_take_a_row_for_the_next_one(self, talk):
        person = talk(RATED)
        stale = person.token("Good")
        person.press("Bad")

        person.on(Tap(stale))

        assert person.state.picks == ("room.bad",)

    def test_goes_on_with_the_rest_after_a_stop(self, talk):
        person = talk(RATED)
        person.press("Good")
        person.type("stop")

        said = person.press("Carry on")

        assert "2 of 2: The food" in said

    def test_offers_no_way_round_a_row_that_is_required(self, talk):
        person = talk(RATED, required=True)

        labels = [button.label for row in person.messages[-1].rows for button in row]

        assert "Leave this one out" not in labels
        assert "Skip" not in labels


class TestReadingBack:
    @pytest.mark.parametrize(
        ("question", "raw", "words"),
        [
            (SURE, ["80"], "80%"),
            (COURSE, ["40", "85"], "Before the course: 40%\nAfter the course: 85%"),
            (FIRST, ["swing", "bus"], "1. Swing\n2. Bus"),
            (RATED, ["food.good"], "The food: Good"),
        ],
        ids=["a percent", "a pair", "a ranking", "a grid"],
    )
    def test_has_a_line_for_each_part(self, survey_of, question, raw, words):
        (asked,) = survey_of(question).questions

        assert words_of(asked, read_answer(asked, raw)) == words
