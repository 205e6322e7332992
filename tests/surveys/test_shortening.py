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

    @given(
        st.lists(st.sampled_from(["Yes. ", "no, ", "1. ", "\n", "\n\n", "ab" * 20, "b ", "ج۔ "]))
    )
    def test_passes_300_characters_only_for_one_word(self, pieces):
        text = "".join(pieces * 9)

        for part in in_short_messages(Message(text, ROWS)):
            assert len(part.text) <= MOST_CHARS or not part.text.split()[1:]


class TestALongSentence:
    def test_is_cut_between_clauses(self):
        clauses = [f"{word} that goes on for quite a while," for word in ("one", "two") * 5]

        first, second = in_short_messages(Message(" ".join(clauses)))

        assert first.text.endswith("while,")
        assert second.text.startswith(("one", "two"))

    def test_without_clauses_is_cut_between_words(self):
        parts = in_short_messages(Message("word " * 100))

        assert [len(each.text) <= MOST_CHARS for each in parts] == [True, True]
        assert " ".join(each.text for each in parts).split() == ["word"] * 100


class TestChoicesWrittenOut:
    LINES = tuple(f"{place}. {'long words ' * 7}in choice {place}" for place in range(1, 13))

    def test_are_cut_between_each_other(self):
        parts = in_short_messages(Message("\n".join(self.LINES)))

        assert [line for each in parts for line in each.text.splitlines()] == list(self.LINES)

    def test_keep_their_numbers_where_one_is_longer_than_a_message(self):
        long = f"12. {'These are words. ' * 30}"

        first, *_ = in_short_messages(Message(long))

        assert first.text.startswith("12. These")
