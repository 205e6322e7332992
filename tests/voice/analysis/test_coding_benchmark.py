"""How the benchmark of coding to a frame measures, and a floor that ours must keep."""

import pytest

from benchmarks.coding import OWN_COPY, agreement, choose_examples, code, read_coded, shares_agree
from voice.analysis.coding.frames import FrameTheme

GIVEN = [frozenset({"a"}), frozenset({"a", "b"}), frozenset({"b"}), frozenset()]
FRAME = (FrameTheme("a", "A"), FrameTheme("b", "B"), FrameTheme("c", "C"))


def test_our_coding_learns_from_what_people_coded():
    comments, given, frame = read_coded(OWN_COPY)
    comments, given = comments[:700], given[:700]

    found = code(comments, given, frame, set(range(500)))

    assert agreement(given[500:], found[500:]) > 0.5
    assert found[:500] == given[:500]


def test_agreement_is_the_mean_of_each_answers_f1():
    found = [frozenset({"a"}), frozenset({"a"}), frozenset({"a"}), frozenset({"c"})]

    assert agreement(GIVEN, found) == pytest.approx((1 + 2 / 3 + 0 + 0) / 4)


def test_shares_agree_where_the_order_is_the_same():
    assert shares_agree(GIVEN[:2], GIVEN[:2], FRAME) == pytest.approx(1)


def test_examples_are_chosen_for_each_theme():
    chosen = choose_examples(range(4), GIVEN, 1, seed=0)

    assert {key for at in chosen for key in GIVEN[at]} == {"a", "b"}
    assert choose_examples(range(4), GIVEN, None, seed=0) == {0, 1, 2, 3}
