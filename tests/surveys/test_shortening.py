"""Long messages as several short ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.shortening import MOST_CHARS, in_short_messages
from surveys.turns import Button, Message, Style

ROWS = ((Button("Yes", "s.1.-yes"),),)
SENTENCE = "We read what you say. "


class TestAMessage:
    def test_that_is_short_stays_as_it_is(self):
        message = Message("Hello.\n\nHow are you?", ROWS)

        assert in_short_messages(message) == (message,)

    def test_is_cut_between_paragraphs_and_asks_last(self):
        about, ask = SENTENCE * 13, "Is that OK?\n\nPress a button."

        parts = in_short_messages(Message(f"{about.strip()}\n\n{ask}", ROWS))

        assert [each.text for each in parts] == [about.strip(), ask]
        assert [each.rows for each in parts] == [(), ROWS]

    def test_with_a_long_paragraph_is_cut_between_sentences(self):
        parts = in_short_messages(Message((SENTENCE * 40).strip()))

        assert all(len(each.text) <= MOST_CHARS for each in parts)
        assert all(each.text.endswith("say.") for each in parts)

    @pytest.mark.parametrize("style", [Style.EDIT, Style.TOAST])
    def test_that_changes_another_stays_one(self, style):
        message = Message(SENTENCE * 40, style=style)

        assert in_short_messages(message) == (message,)

    @given(st.lists(st.sampled_from(["Yes.", "No? ", "\n", "\n\n", "a" * 290, "b ", SENTENCE * 9])))
    def test_loses_no_word(self, pieces):
        text = "".join(pieces)

        parts = in_short_messages(Message(text, ROWS))

        assert " ".join(each.text for each in parts).split() == text.split()
        assert parts[-1].rows == ROWS
