"""What we say, as Telegram takes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering import (
    MAX_MESSAGE_UNITS,
    Call,
    calls_for,
    count_units,
    keyboard_for,
    split_text,
    with_short_labels,
)
from surveys.turns import Button, Message, Style

ROWS = ((Button("Yes", "s.1.yes"),), (Button("Skip", "s.1.-skip"),))
KEYBOARD = {
    "inline_keyboard": [
        [{"text": "Yes", "callback_data": "s.1.yes"}],
        [{"text": "Skip", "callback_data": "s.1.-skip"}],
    ]
}


class TestAMessage:
    def test_goes_as_plain_text_with_its_buttons(self):
        [call] = calls_for(Message("*Hi* <b>", ROWS), 42)

        assert call == Call(
            "sendMessage", {"chat_id": 42, "text": "*Hi* <b>", "reply_markup": KEYBOARD}
        )

    def test_answers_the_press_first(self):
        calls = calls_for(Message("Hi"), 42, tap="q1")

        assert [call.method for call in calls] == ["answerCallbackQuery", "sendMessage"]

    def test_in_place_of_another_keeps_its_keyboard(self):
        [call] = calls_for(Message("Hi", ROWS, Style.EDIT), 42, edit=5)

        assert call.method == "editMessageText"
        assert call.arguments["reply_markup"] == KEYBOARD

    def test_in_place_of_nothing_is_sent(self):
        [call] = calls_for(Message("Hi", ROWS, Style.EDIT), 42)

        assert call.method == "sendMessage"

    def test_that_passes_answers_the_press_alone(self):
        [call] = calls_for(Message("Old", style=Style.TOAST), 42, tap="q1")

        assert call == Call("answerCallbackQuery", {"callback_query_id": "q1", "text": "Old"})

    def test_too_long_comes_in_parts_with_the_buttons_under_the_last(self):
        *before, last = calls_for(Message("word " * 100, ROWS), 42)

        assert [len(each.arguments["text"]) <= 300 for each in (*before, last)] == [True, True]
        assert "reply_markup" not in before[0].arguments
        assert last.arguments["reply_markup"] == KEYBOARD

    def test_of_one_word_longer_than_telegram_takes_comes_in_parts(self):
        calls = calls_for(Message("w" * 5000, ROWS), 42)

        assert [len(each.arguments["text"]) for each in calls] == [4096, 904]

    def test_too_long_to_stay_one_changes_the_last_of_its_parts(self):
        [call] = calls_for(Message(f"{'word ' * 100}\n\nLast", ROWS, Style.EDIT), 42, edit=5)

        assert call.method == "editMessageText"
        assert call.arguments["text"].endswith("Last")
        assert len(call.arguments["text"]) <= 300


class TestButtons:
    def test_of_more_than_64_bytes_are_refused(self):
        with pytest.raises(ValueError, match="64 bytes"):
            keyboard_for(Message("Hi", ((Button("Yes", "é" * 33),),)))

    def test_with_long_words_are_numbered_and_written_out(self):
        long = "Through someone you already know (e.g. a health visitor)"
        rows = ((Button(f"✅ {long}", "s.1.a"),), (Button("Friends", "s.1.b"),), ROWS[1])

        shown = with_short_labels(Message("How?", rows))

        assert shown.text == f"How?\n\n1. {long}\n2. Friends"
        assert [[button.label for button in row] for row in shown.rows] == [["✅ 1", "2"], ["Skip"]]

    def test_with_long_words_in_an_order_say_each_ones_place(self):
        long = "Through someone you already know (e.g. a health visitor)"
        rows = ((Button("✅ 2nd: Friends", "s.1.a"),), (Button(f"✅ 1st: {long}", "s.1.b"),))

        shown = with_short_labels(Message("How?", rows))

        assert shown.text == f"How?\n\n1. Friends\n2. {long}"
        assert [each.label for each in shown.rows[0]] == ["✅ 2nd: 1", "✅ 1st: 2"]

    def test_with_short_words_stay_as_they_are(self):
        message = Message("Hi", ROWS)

        assert with_short_labels(message) == message


class TestSplitting:
    def test_cuts_at_the_end_of_a_paragraph(self):
        text = "a" * 3000 + "\n\n" + "b" * 3000

        assert split_text(text) == ["a" * 3000, "b" * 3000]

    def test_counts_as_telegram_does(self):
        assert [count_units(part) for part in split_text("😀" * 3000)] == [4096, 1904]

    @given(st.text(st.sampled_from("ab😀é \n"), max_size=12_000))
    def test_keeps_every_word_in_parts_that_fit(self, text):
        parts = split_text(text)

        assert all(count_units(part) <= MAX_MESSAGE_UNITS for part in parts)
        assert "".join("".join(parts).split()) == "".join(text.split())
