"""Cases and the labels they were given: how often each, on which base, which together, and where.

A label's count is the same whatever it is a share of, so a table that names only one base can be
read wrongly: every count here comes with its share of all cases and of all labels given.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from voice.reports.figures import Figure

TOP = 5
TOP_PAIRS = 10


@dataclass(frozen=True, slots=True)
class Case:
    """One case: every label it was given, once each; the main one, and its group, if known."""

    labels: tuple[str, ...]
    primary: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class LabelCount:
    """How many cases have a label, as a share of each base, and how many have it as their main."""

    label: str
    of_cases: Figure
    of_labelled: Figure  # of the cases that have any label
    of_labels: Figure  # of all labels given
    primary: Figure  # cases whose main label it is, of those that have a main one


@dataclass(frozen=True, slots=True)
class GroupCount:
    """The labels of the cases in one group, in the order of all of them."""

    group: str
    cases: int
    rows: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class CodingSheet:
    """All cases, and what can be counted of them."""

    cases: tuple[Case, ...]

    @property
    def labelled(self) -> int:
        """How many cases have any label."""
        return sum(bool(_all_labels(each)) for each in self.cases)

    @property
    def labels_given(self) -> int:
        """How many labels all cases have together."""
        return sum(len(_all_labels(each)) for each in self.cases)

    def count_labels(self) -> tuple[LabelCount, ...]:
        """Return every label that a case has, the commonest first."""
        counts = Counter(label for each in self.cases for label in _all_labels(each))
        main = Counter(each.primary for each in self.cases if each.primary)
        labelled, given = self.labelled, self.labels_given
        return tuple(
            LabelCount(
                label=label,
                of_cases=Figure(label, count, len(self.cases)),
                of_labelled=Figure(label, count, labelled),
                of_labels=Figure(label, count, given),
                primary=Figure(label, main[label], main.total()),
            )
            for label, count in _ranked(counts)
        )

    def count_top(self, most: int = TOP) -> tuple[LabelCount, ...]:
        """Return the commonest labels; all that are as common as the last are among them."""
        every = self.count_labels()
        if len(every) <= most:
            return every
        least = every[most - 1].of_cases.count
        return tuple(each for each in every if each.of_cases.count >= least)

    def count_primary(self) -> tuple[Figure, ...]:
        """Return how many cases have each label as their main one, of all cases."""
        counts = Counter(each.primary for each in self.cases if each.primary)
        return tuple(Figure(label, count, len(self.cases)) for label, count in _ranked(counts))

    def count_pairs(self, most: int = TOP_PAIRS) -> tuple[Figure, ...]:
        """Return which two labels most often stand on one case, of the cases with any label."""
        counts = Counter(
            f"{first} + {second}"
            for each in self.cases
            for first, second in combinations(sorted(_all_labels(each)), 2)
        )
        base = self.labelled
        return tuple(Figure(pair, count, base) for pair, count in _ranked(counts)[:most])

    def count_groups(self) -> Iterator[GroupCount]:
        """Give the labels of each group's cases, the largest group first."""
        order = [each.label for each in self.count_labels()]
        groups = Counter(each.group for each in self.cases if each.group)
        for group, base in _ranked(groups):
            cases = [each for each in self.cases if each.group == group]
            counts = Counter(label for each in cases for label in _all_labels(each))
            yield GroupCount(
                group, base, tuple(Figure(label, counts[label], base) for label in order)
            )


def _all_labels(case: Case) -> Sequence[str]:
    """Return the labels of a case; its main one is among them, whether ticked again or not."""
    return tuple(dict.fromkeys((*case.labels, *((case.primary,) if case.primary else ()))))


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
