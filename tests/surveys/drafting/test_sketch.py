"""A survey as its author left it."""

import pytest

from surveys.definition import read_from_library
from surveys.drafting.reading import read_sketch
from surveys.drafting.sketch import (
    Sketch,
    add,
    blank_sketch,
    bring_back,
    code_from,
    duplicate,
    move,
    remove,
    rewrite,
    sketch_of,
)

WORDS = {"kind": "free_text", "text": "What?"}


def keys_of(sketch):
    return [each.key for each in sketch.questions]


@pytest.fixture
def three():
    """A sketch of three questions in words."""
    sketch = blank_sketch("How was it?")
    for code in ("one", "two", "three"):
        sketch = add(sketch, WORDS | {"code": code})
    return sketch


class TestASketch:
    def test_comes_back_from_the_store_as_it_was(self, three):
        sketch = remove(rewrite(three, "q1", {"text": "é\u2028 no kind"}, aside={"a": 1}), "q2")

        assert Sketch.from_json(sketch.to_json()) == sketch

    @pytest.mark.parametrize("code", ["early_help_2017", "hmip_viewpoint"])
    def test_of_a_survey_reads_as_that_survey(self, code):
        survey = read_from_library(code)

        reading = read_sketch(sketch_of(survey.model_dump(mode="json", by_alias=True)))

        assert reading.survey == survey
        assert reading.is_sound

    def test_gives_each_question_a_code_of_its_own(self, three):
        sketch = add(add(duplicate(three, "q1"), WORDS), WORDS)

        assert [each.code for each in sketch.questions] == [
            "one", "one_2", "two", "three", "question_1", "question_2",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("key", "place", "expected"),
        [
            pytest.param("q1", 1, ["q2", "q1", "q3"], id="down"),
            pytest.param("q3", 0, ["q3", "q1", "q2"], id="to the front"),
            pytest.param("q1", 99, ["q2", "q3", "q1"], id="beyond the end"),
            pytest.param("q2", -1, ["q2", "q1", "q3"], id="before the beginning"),
        ],
    )
    def test_moves_a_question(self, three, key, place, expected):
        assert keys_of(move(three, key, place)) == expected

    def test_brings_a_deleted_question_back_to_its_place(self, three):
        assert bring_back(remove(three, "q2"), "q2") == three

    def test_brings_back_one_after_others_have_changed(self, three):
        sketch = rewrite(remove(remove(three, "q1"), "q2"), "q3", {"text": "New"})

        back = bring_back(sketch, "q1")

        assert keys_of(back) == ["q1", "q3"]
        assert [each.key for _, each in back.removed] == ["q2"]

    def test_knows_no_question_that_is_gone(self, three):
        with pytest.raises(KeyError):
            rewrite(remove(three, "q2"), "q2", {})

    @pytest.mark.parametrize(
        ("words", "code"),
        [("How was it?", "how_was_it"), ("2019 again", "s_2019_again"), ("Ünïcode", "n_code")],
    )
    def test_makes_a_code_of_a_title(self, words, code):
        assert code_from(words) == code


class TestReadingASketch:
    def test_says_that_a_blank_one_asks_nothing(self):
        reading = read_sketch(blank_sketch("New"))

        assert reading.survey is None
        assert [each.message for each in reading.problems] == ["asks nothing yet; add a question"]

    def test_keeps_what_is_sound_askable_beside_what_is_not(self, three):
        reading = read_sketch(rewrite(three, "q2", {"code": "two", "kind": "choice", "text": ""}))

        assert [each.code for each in reading.survey.questions] == ["one", "three"]
        assert {each.field for each in reading.problems_of("q2")} == {("text",), ("options",)}

    def test_says_which_option_of_which_question_is_wrong(self, three):
        options = [{"code": "a", "label": "A"}, {"code": "b", "label": ""}]
        written = {"code": "two", "kind": "choice", "text": "Which?", "options": options}

        reading = read_sketch(rewrite(three, "q2", written))

        assert [(p.key, p.field) for p in reading.problems] == [("q2", ("options", 1, "label"))]

    def test_finds_a_route_that_looks_at_nothing_before_it(self, three):
        written = WORDS | {"code": "one", "ask_if": {"question": "three", "answered": True}}

        reading = read_sketch(rewrite(three, "q1", written))

        assert [(each.key, each.field) for each in reading.problems] == [("q1", ("ask_if",))]

    def test_reads_the_questions_under_a_heading_that_is_wrong(self, three):
        reading = read_sketch(Sketch({"title": ""}, three.questions))

        assert len(reading.survey.questions) == 3
        assert {each.field for each in reading.problems} == {("code",), ("title",), ("about",)}
