"""Reading raw words as an answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from surveys.answers import (
    MAX_OTHER_CHARS,
    Answer,
    AnswerRefusedError,
    Refusal,
    read_answer,
    storable,
)
from surveys.questions import AnyQuestion, FreeText

ANY_QUESTION = TypeAdapter(AnyQuestion)
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=300)
OPTIONS = [
    {"code": "posters", "label": "Posters"},
    {"code": "friends", "label": "Friends"},
    {"code": "another", "label": "Another way", "specify": True},
    {"code": "none", "label": "None of the above", "exclusive": True},
]


def a_question(kind, **keys):
    return ANY_QUESTION.validate_python({"code": "q", "kind": kind, "text": "What?"} | keys)


class TestReadingText:
    @given(ANY_TEXT)
    def test_keeps_every_byte_but_those_no_store_can_hold(self, text):
        kept = "".join(c for c in text if c != "\x00" and not "\ud800" <= c <= "\udfff")

        answer = read_answer(FreeText(code="q", kind="free_text", text="What?"), [text])

        assert answer.text == (kept if kept.strip() else "")

    @given(ANY_TEXT)
    def test_gives_what_a_store_can_encode(self, text):
        assert storable(text).encode("utf-8").decode("utf-8") == storable(text)

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("  two spaces  \n", id="space at either end"),
            pytest.param("café cafe\u0301", id="both ways to write an accent"),
            pytest.param("👨‍👩‍👧‍👦 🏳️‍🌈", id="emoji that are several joined"),
            pytest.param("\u202eحق الأطفال\u202c", id="right to left"),
            pytest.param("<script>'; DROP TABLE response;--", id="code"),
            pytest.param("=SUM(A1)", id="a formula"),
            pytest.param("a\r\nb\tc", id="line ends and tabs"),
        ],
    )
    def test_keeps_it_as_typed(self, text):
        assert read_answer(a_question("free_text"), [text]).text == text

    def test_takes_the_last_character_that_fits(self):
        text = "é" * 10

        assert read_answer(a_question("free_text", max_chars=10), [text]).text == text

    def test_refuses_one_character_too_many(self):
        with pytest.raises(AnswerRefusedError) as refused:
            read_answer(a_question("short_text", max_chars=10), ["é" * 11])

        assert refused.value.refusal is Refusal.TOO_LONG

    def test_never_repeats_the_words_in_the_refusal(self):
        with pytest.raises(AnswerRefusedError) as refused:
            read_answer(a_question("free_text", max_chars=3), ["secret words"])

        assert "secret" not in str(refused.value)


class TestSayingNothing:
    @pytest.mark.parametrize("raw", [[], [""], ["   \n"], ["\x00"], ["\ud800"]])
    def test_is_a_skip(self, raw):
        answer = read_answer(a_question("free_text"), raw)

        assert answer == Answer("q")
        assert answer.is_skipped

    @pytest.mark.parametrize(
        ("kind", "keys"),
        [
            ("choice", {"options": OPTIONS}),
            ("several", {"options": OPTIONS}),
            ("number", {}),
            ("postcode", {}),
            ("short_text", {}),
        ],
    )
    def test_is_refused_where_an_answer_is_required(self, kind, keys):
        with pytest.raises(AnswerRefusedError) as refused:
            read_answer(a_question(kind, required=True, **keys), [])

        assert refused.value.refusal is Refusal.MISSING


class TestChoosingOptions:
    def test_keeps_the_code(self):
        assert read_answer(a_question("choice", options=OPTIONS), ["friends"]).values == (
            "friends",
        )

    def test_puts_several_in_the_order_of_the_survey(self):
        answer = read_answer(a_question("several", options=OPTIONS), ["friends", "posters"])

        assert answer.values == ("posters", "friends")

    def test_counts_an_option_given_twice_once(self):
        answer = read_answer(a_question("choice", options=OPTIONS), ["friends", "friends"])

        assert answer.values == ("friends",)

    @pytest.mark.parametrize(
        ("kind", "raw", "refusal"),
        [
            pytest.param("choice", ["Friends"], Refusal.NOT_AN_OPTION, id="a label"),
            pytest.param("several", ["posters", "tv"], Refusal.NOT_AN_OPTION, id="one unknown"),
            pytest.param("choice", ["posters", "friends"], Refusal.ONLY_ONE, id="two of a choice"),
            pytest.param("several", ["none", "posters"], Refusal.EXCLUSIVE, id="none and another"),
        ],
    )
    def test_refuses_what_cannot_be(self, kind, raw, refusal):
        with pytest.raises(AnswerRefusedError) as refused:
            read_answer(a_question(kind, options=OPTIONS), raw)

        assert refused.value.refusal is refusal

    def test_takes_an_exclusive_option_alone(self):
        assert read_answer(a_question("several", options=OPTIONS), ["none"]).values == ("none",)

    def test_keeps_the_words_of_an_option_that_asks_for_them(self):
        answer = read_answer(a_question("several", options=OPTIONS), ["another"], other=" a sign ")

        assert answer.other == " a sign "

    def test_drops_words_that_no_chosen_option_asks_for(self):
        answer = read_answer(a_question("several", options=OPTIONS), ["posters"], other="a sign")

        assert answer.other == ""

    def test_needs_no_words(self):
        answer = read_answer(a_question("several", options=OPTIONS), ["another"], other="  ")

        assert answer == Answer("q", ("another",))

    def test_refuses_words_one_character_too_long(self):
        words = "x" * (MAX_OTHER_CHARS + 1)

        with pytest.raises(AnswerRefusedError) as refused:
            read_answer(a_question("several", options=OPTIONS), ["another"], other=words)

        assert refused.value.refusal is Refusal.TOO_LONG


class TestReadingANumber:
    @pytest.mark.parametrize(
        ("raw", "kept"), [("0", "0"), (" 12 ", "12"), ("1,000", "1000"), ("007", "7"), ("-0", "0")]
    )
    def test_keeps_whole_numbers_plainly(self, raw, kept):
        assert read_answer(a_question("number"), [raw]).values == (kept,)

    @pytest.mark.parametrize("raw", ["two", "1.5", "1e3", "٣", "9" * 13, "--1", "+"])
    def test_refuses_what_is_none(self, raw):
        with pytest.raises(AnswerRefusedError) as refused:
            read_answer(a_question("number"), [raw])

        assert refused.value.refusal is Refusal.NOT_A_NUMBER

    @pytest.mark.parametrize("raw", ["4", "5"])
    def test_takes_both_ends(self, raw):
        assert read_answer(a_question("number", lowest=4, highest=5), [raw]).values == (raw,)

    @pytest.mark.parametrize("raw", ["3", "6"])
    def test_refuses_what_is_just_outside(self, raw):
        with pytest.raises(AnswerRefusedError) as refused:
            read_answer(a_question("number", lowest=4, highest=5), [raw])

        assert refused.value.refusal is Refusal.OUT_OF_RANGE


class TestReadingAPostcode:
    @pytest.mark.parametrize(
        ("raw", "kept"),
        [
            ("HP20 1UA", "HP20"),
            ("hp201ua", "HP20"),
            (" m1 1ae\n", "M1"),
            ("M11AE", "M1"),
            ("EC1A 1BB", "EC1A"),
            ("hp20", "HP20"),
        ],
    )
    def test_keeps_only_the_outward_part(self, raw, kept):
        assert read_answer(a_question("postcode"), [raw]).values == (kept,)

    @pytest.mark.parametrize(
        "raw", ["Aylesbury", "HP20 1", "20 1UA", "HP20 1UA and more", "HP20 1UA" + " " * 20 + "x"]
    )
    def test_refuses_anything_else(self, raw):
        with pytest.raises(AnswerRefusedError) as refused:
            read_answer(a_question("postcode"), [raw])

        assert refused.value.refusal is Refusal.NOT_A_POSTCODE
