"""Which themes the same people raise more often than chance gives. Standard library only."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from itertools import combinations
from statistics import NormalDist

from voice.analysis.comparison import Z_95, excess_interval, excess_log_odds
from voice.analysis.suppression import OFFICERS_SMALLEST_COUNT

MOST_PAIRS = 10
BY_CHANCE = 0.05  # so often any pair at all is named where none goes together


@dataclass(frozen=True, slots=True)
class Together:
    """Two themes and how many people raise both; `excess` is a log-odds ratio.

    `low` to `high` is its 95 % interval. `expected` is how many would raise both by chance.
    """

    one: str
    other: str
    both: int
    expected: float
    excess: float
    low: float
    high: float


def find_together(raised: Mapping[str, Set[str]], base: int) -> tuple[Together, ...]:
    """Return up to `MOST_PAIRS` pairs raised by the same people beyond chance, the surest first.

    Pairs that fewer than five people raise are left out, and so are pairs that many compared at
    once would name by chance alone.

    Source: Woolf's interval as in `voice.analysis.comparison`; Bonferroni for the many pairs.
    """
    pairs = list(combinations(raised, 2))
    needed = NormalDist().inv_cdf(1 - BY_CHANCE / 2 / max(1, len(pairs)))
    found = []
    for one, other in pairs:
        both = len(raised[one] & raised[other])
        if both < OFFICERS_SMALLEST_COUNT or len(raised[one]) >= base:
            continue
        pair = _compare(one, other, both, raised, base)
        if pair.excess > needed * (pair.excess - pair.low) / Z_95:
            found.append(pair)
    return tuple(sorted(found, key=lambda pair: (-pair.low, pair.one, pair.other))[:MOST_PAIRS])


def _compare(
    one: str, other: str, both: int, raised: Mapping[str, Set[str]], base: int
) -> Together:
    first, second = len(raised[one]), len(raised[other])
    rest = {"other_mentions": second - both, "other_comments": base - first}
    low, high = excess_interval(both, first, **rest)
    return Together(
        one=one,
        other=other,
        both=both,
        expected=first * second / base,
        excess=excess_log_odds(both, first, **rest),
        low=low,
        high=high,
    )
