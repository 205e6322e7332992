"""Audits: agreement is what the books say, and intervals hold what they should."""

import random

import pytest
from nltk.metrics import masi_distance as nltk_masi
from nltk.metrics.agreement import AnnotationTask

from voice.analysis.coding import auditing
from voice.analysis.coding.auditing import Counted, calibrate, masi_alpha, mean_f1

THEMES = ("buses", "parks", "staff", "waiting")


class TestF1:
    @pytest.mark.parametrize(
        ("given", "found", "expected"),
        [
            pytest.param("ab", "ab", 1.0, id="the same"),
            pytest.param("ab", "a", 2 / 3, id="one of two"),
            pytest.param("a", "b", 0.0, id="another"),
            pytest.param("", "", 1.0, id="none and none"),
            pytest.param("a", "", 0.0, id="missed"),
        ],
    )
    def test_of_one_answer_is_the_agreement_of_two_sets(self, given, found, expected):
        assert mean_f1([([frozenset(given)], frozenset(found))]).estimate == pytest.approx(expected)

    def test_is_the_same_each_time(self):
        pairs = _audited(100, seed=1)

        assert mean_f1(pairs) == mean_f1(pairs)

    def test_has_an_interval_that_holds_the_true_mean(self):
        many = _audited(20_000, seed=0)
        truth = sum(auditing.f1(given, found) for (given,), found in many) / len(many)
        intervals = [mean_f1(_audited(60, seed=seed)) for seed in range(1, 61)]

        covered = sum(one.low <= truth <= one.high for one in intervals)
        assert covered >= 0.85 * len(intervals)

    def test_of_no_answers_is_no_figure(self):
        with pytest.raises(ValueError, match="no answers"):
            mean_f1([])


class TestAlpha:
    def test_is_what_nltk_says_where_nothing_was_left_uncoded(self):
        chance = random.Random(3)
        codes = {}
        for answer in range(60):
            one = frozenset(chance.sample(THEMES, chance.choice([1, 1, 2])))
            other = one if chance.random() < 0.6 else frozenset(chance.sample(THEMES, 1))
            codes[answer] = [one, other]
        triples = [
            (f"officer {coder}", answer, given)
            for answer, several in codes.items()
            for coder, given in enumerate(several)
        ]

        assert masi_alpha(codes) == pytest.approx(AnnotationTask(triples, nltk_masi).alpha())

    def test_leaves_out_answers_to_which_neither_gave_a_theme(self):
        codes = {1: [_set("buses"), _set("parks")], 2: [_set("parks"), _set("parks")]}
        empty = {number: [_set(), _set()] for number in range(3, 50)}

        assert masi_alpha(codes | empty) == masi_alpha(codes)

    def test_counts_an_answer_that_one_of_them_left_uncoded(self):
        agreed = {number: [_set(THEMES[number % 4])] * 2 for number in range(8)}

        assert masi_alpha(agreed) == 1.0
        assert masi_alpha(agreed | {9: [_set("buses"), _set()]}) < 1.0

    def test_of_one_officer_is_none(self):
        assert masi_alpha({1: [_set("buses")], 2: [_set("parks")]}) is None


class TestCalibratedCounts:
    def test_hold_the_true_count(self):
        """Coders whose truth is known: 3,000 answers, a theme the machine gets partly wrong."""
        covered, better = 0, 0
        for seed in range(60):
            truth, found = _coded_by_machine(3_000, share=0.2, missed=0.3, wrong=0.1, seed=seed)
            drawn = random.Random(seed).sample(range(3_000), 100)
            sample = [([truth[at]], found[at]) for at in drawn]
            counted = Counted(0, sum("buses" in one for one in found), 3_000)
            real = sum("buses" in one for one in truth)
            mended = calibrate("buses", sample, counted)
            covered += mended.low <= real <= mended.high
            better += abs(mended.estimate - real) < abs(counted.by_machine - real)

        assert covered >= 0.85 * 60
        assert better > 30

    def test_of_a_rare_theme_hold_the_true_count(self):
        covered = 0
        for seed in range(40):
            truth, found = _coded_by_machine(2_000, share=0.02, missed=0.5, wrong=0.01, seed=seed)
            drawn = random.Random(seed).sample(range(2_000), 60)
            sample = [([truth[at]], found[at]) for at in drawn]
            counted = Counted(0, sum("buses" in one for one in found), 2_000)
            mended = calibrate("buses", sample, counted)
            covered += mended.low <= sum("buses" in one for one in truth) <= mended.high

        assert covered >= 0.85 * 40

    @pytest.mark.parametrize("counted", [Counted(5, 0, 40), Counted(5, 40, 40), Counted(0, 0, 0)])
    def test_are_never_below_what_people_coded_nor_above_all(self, counted):
        sample = [([_set("buses")], _set()), ([_set()], _set("buses"))] * 20

        mended = calibrate("buses", sample, counted)

        most = counted.by_people + counted.others
        assert counted.by_people <= mended.low <= mended.estimate <= mended.high <= most

    def test_believe_the_machine_where_nothing_of_a_kind_was_drawn(self):
        assert calibrate("buses", [([_set()], _set())] * 30, Counted(2, 7, 500)).estimate == 9

    def test_take_officers_who_disagree_half_and_half(self):
        sample = [([_set("buses"), _set()], _set("buses"))] * 30

        assert calibrate("buses", sample, Counted(0, 100, 100)).estimate == 50


def test_below_the_bar_is_what_the_field_calls_indicative():
    assert (auditing.GOOD_F1, auditing.FEWEST_AUDITED) == (0.75, 30)


def _set(*themes):
    return frozenset(themes)


def _audited(answers, *, seed):
    """What people gave and what a machine found, of so many answers."""
    chance = random.Random(seed)
    pairs = []
    for _ in range(answers):
        given = frozenset(chance.sample(THEMES, chance.choice([0, 1, 1, 2])))
        pairs.append(([given], given if chance.random() < 0.6 else _set(chance.choice(THEMES))))
    return pairs


def _coded_by_machine(answers, *, share, missed, wrong, seed):
    chance = random.Random(f"{seed} {share}")
    truth = [_set("buses") if chance.random() < share else _set() for _ in range(answers)]
    found = [
        _set("buses") if chance.random() < ((1 - missed) if given else wrong) else _set()
        for given in truth
    ]
    return truth, found
