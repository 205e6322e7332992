"""What a random sample that people coded says of a list: how far to believe it, and its counts.

Standard library only, so that it is quick to load. All chance is seeded: the same codes give the
same figures.
"""

import random
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean
from typing import Any

Labels = frozenset[str]
Audited = tuple[Collection[Labels], Labels]
"""What each officer gave an answer, and what the machine did."""

GOOD_F1 = 0.75  # below it, figures are indicative only
FEWEST_AUDITED = 30
DRAWS = 2_000
SEED = 20170904
LOWEST, HIGHEST = 0.025, 0.975  # of what was drawn: an interval of 95 per cent
BEFORE = 0.5  # of each kind, as if seen before anything was: Jeffreys


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate and the two figures between which the true one lies, 19 times in 20."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Counted:
    """How a theme was counted: by people, who are believed, and by the machine, over the rest."""

    by_people: int  # answers that people gave this theme
    by_machine: int  # of the other answers, how many raise it by the machine
    others: int  # how many other answers there are


def f1(given: Labels, found: Labels) -> float:
    """Return how far two sets of themes agree, 0 to 1; 1 where both are empty."""
    if not given and not found:
        return 1.0
    return 2 * len(given & found) / (len(given) + len(found))


def mean_f1(sample: Sequence[Audited], *, seed: int = SEED) -> Interval:
    """Return the mean over answers of F1 between what people gave and what the machine did.

    Of an answer that several officers coded, the mean over them. The interval is the middle 95
    per cent of means of answers drawn again, with replacement.

    Raises:
        ValueError: if there are no answers.

    Source: Efron and Tibshirani (1993), "An introduction to the bootstrap", ch. 13.
    """
    if not sample:
        raise ValueError("no answers to compare")
    scores = [fmean(f1(one, found) for one in given) for given, found in sample]
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    means = sorted(fmean(chance.choices(scores, k=len(scores))) for _ in range(DRAWS))
    return Interval(fmean(scores), means[int(LOWEST * DRAWS)], means[int(HIGHEST * DRAWS) - 1])


def masi_distance(one: Labels, other: Labels) -> float:
    """Return how far apart two sets of themes are, 0 to 1; sets that partly agree lie between.

    Source: Passonneau (2006), "Measuring agreement on set-valued items (MASI)", LREC.
    """
    if one == other:
        return 0.0
    shared = one & other
    alike = 2 / 3 if one <= other or other <= one else 1 / 3
    return 1 - (len(shared) / len(one | other)) * alike if shared else 1.0


def masi_alpha(codes: Mapping[Any, Sequence[Labels]]) -> float | None:
    """Return how far the officers agree who coded the same answers, beyond chance.

    Krippendorff's alpha with MASI distance, over the answers that two officers or more coded;
    those to which nobody gave a theme are left out, so that empty answers do not flatter. 1 is
    full agreement, 0 what chance would give. None if there are fewer than two such answers.

    Source: Krippendorff (2011), "Computing Krippendorff's alpha-reliability".
    """
    units = [several for several in codes.values() if len(several) > 1 and any(several)]
    if len(units) < 2:
        return None
    values = [value for several in units for value in several]
    seen = sum(
        2 * sum(masi_distance(*pair) for pair in combinations(several, 2)) / (len(several) - 1)
        for several in units
    )
    kinds = Counter(values)
    expected = 2 * sum(
        kinds[one] * kinds[other] * masi_distance(one, other)
        for one, other in combinations(kinds, 2)
    )
    if expected == 0:
        return 1.0
    return 1 - (len(values) - 1) * seen / expected


def calibrate(
    theme: str,
    sample: Sequence[Audited],
    counted: Counted,
    *,
    seed: int = SEED,
) -> Interval:
    """Return how many answers raise a theme, mended by what the machine got wrong in the sample.

    `sample` holds, for each answer drawn by chance from those that nobody had coded, what each
    officer gave it and what the machine did. Of the answers that the machine counts, as many are
    right as were in the sample; of the others, as many were missed. Never below what people
    coded, nor above all answers. Where the sample holds no answer of a kind, the estimate
    believes the machine and the interval does not.

    Source: Tenenbein (1970), "A double sampling scheme for estimating from binomial data with
    misclassifications", JASA 65; the interval from Jeffreys' prior, as Brown, Cai and DasGupta
    (2001), "Interval estimation for a binomial proportion", Statistical Science 16.
    """
    truth = [(fmean(theme in one for one in given), theme in found) for given, found in sample]
    raised = [share for share, is_raised in truth if is_raised]
    missed = [share for share, is_raised in truth if not is_raised]
    not_counted = counted.others - counted.by_machine
    right, wrong = (fmean(raised) if raised else 1.0), (fmean(missed) if missed else 0.0)
    estimate = counted.by_people + counted.by_machine * right + not_counted * wrong
    chance = random.Random(f"{seed} {theme}")  # noqa: S311 - repeatable, not secret
    drawn = sorted(
        counted.by_people
        + counted.by_machine * _draw(chance, raised)
        + not_counted * _draw(chance, missed)
        for _ in range(DRAWS)
    )
    low, high = drawn[int(LOWEST * DRAWS)], drawn[int(HIGHEST * DRAWS) - 1]
    return Interval(estimate, min(low, estimate), max(high, estimate))


def _draw(chance: random.Random, shares: Sequence[float]) -> float:
    """Return a rate that could lie behind these."""
    hits = sum(shares)
    return chance.betavariate(hits + BEFORE, len(shares) - hits + BEFORE)
