"""The words of a comment that speak for a theme, and the comments that are most like one."""

import struct

import pytest

from voice.analysis.neighbours import Neighbours
from voice.analysis.speaking import Piece, mark, root_of, roots_of_words, shared_roots


class TestTheRoot:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("bus", "buses"),
            ("Closes", "closed"),
            ("waiting", "waited"),
            ("stop", "stopped"),
            ("child’s", "child"),
            ("worry", "worried"),
        ],
    )
    def test_is_the_same_for_words_that_are_alike(self, one, other):
        assert root_of(one) == root_of(other)

    @pytest.mark.parametrize(("one", "other"), [("bus", "busy"), ("care", "car"), ("is", "ice")])
    def test_is_another_for_words_that_are_not(self, one, other):
        assert root_of(one) != root_of(other)


class TestMarking:
    def test_sets_the_words_of_the_theme_apart_and_loses_nothing(self):
        pieces = mark("Closing buses, please!", roots_of_words(["closed bus"]))

        assert pieces == (
            Piece("Closing", speaks=True),
            Piece(" "),
            Piece("buses", speaks=True),
            Piece(", please!"),
        )

    def test_marks_no_small_word(self):
        assert mark("It is the bus", roots_of_words(["it is the"])) == (Piece("It is the bus"),)


class TestWhatCommentsShare:
    def test_is_what_they_say_more_often_than_others(self):
        inside = ["buses stop early", "the last bus", "a bus at night", "my room"]

        assert shared_roots(inside, ["warm rooms", "my room", "kind staff"]) == ("bus",)

    def test_is_nothing_where_two_comments_agree(self):
        assert shared_roots(["a bus", "the bus"], ["warm rooms"]) == ()


class TestTheNearest:
    def test_shares_the_rarest_words(self):
        near = Neighbours(
            {
                1: "the evening bus stops early",
                2: "the bus is fine",
                3: "evening bus stops too soon",
                4: "kind staff",
            },
            {},
        )

        assert near.nearest(1, most=2) == [3, 2]

    def test_is_the_stronger_of_two_that_are_as_near(self):
        near = Neighbours({1: "late bus", 2: "a bus", 3: "the bus"}, {2: 0.1, 3: 0.9})

        assert near.nearest(1, most=2) == [3, 2]

    def test_means_the_same_where_that_was_read(self):
        texts = {1: "late bus", 2: "late homework", 3: "slow coach", 4: "late again"}
        meanings = {1: vector(1, 0), 2: vector(0, 1), 3: vector(0.9, 0.1)}

        near = Neighbours(texts, {}, meanings)

        assert near.nearest(1, most=1) == [3]
        assert near.nearest(1, most=2) == [3, 4]
        assert near.nearest(4, most=2) == [1, 2]

    def test_shares_at_least_one_word(self):
        assert Neighbours({1: "late bus", 2: "kind staff"}, {}).nearest(1, most=2) == []


def vector(*numbers):
    """Return what is kept of an answer that was read."""
    return struct.pack(f"<{len(numbers)}e", *numbers)
