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
    """
    both = {
        (one, other): len(raised[one] & raised[other]) for one, other in combinations(raised, 2)
    }
    return find_pairs({key: len(people) for key, people in raised.items()}, both, base)


def find_pairs(
    people: Mapping[str, int], both: Mapping[tuple[str, str], int], base: int
) -> tuple[Together, ...]:
    """Return what `find_together` does, of how many raise each theme and each pair of themes.

    Source: Woolf's interval as in `voice.analysis.comparison`; Bonferroni for the many pairs.
    """
    compared = max(1, len(people) * (len(people) - 1) // 2)
    needed = NormalDist().inv_cdf(1 - BY_CHANCE / 2 / compared)
    found = []
    for (one, other), many in both.items():
        if many < OFFICERS_SMALLEST_COUNT or people[one] >= base:
            continue
        pair = _compare((one, people[one]), (other, people[other]), many, base)
        if pair.excess > needed * (pair.excess - pair.low) / Z_95:
            found.append(pair)
    return tuple(sorted(found, key=lambda pair: (-pair.low, pair.one, pair.other))[:MOST_PAIRS])


def _compare(one: tuple[str, int], other: tuple[str, int], both: int, base: int) -> Together:
    first, second = one[1], other[1]
    rest = {"other_mentions": second - both, "other_comments": base - first}
    low, high = excess_interval(both, first, **rest)
    return Together(
        one=one[0],
        other=other[0],
        both=both,
        expected=first * second / base,
        excess=excess_log_odds(both, first, **rest),
        low=low,
        high=high,
    )
