"""Cases and the labels they were given: how often each, on which base, which together, and where.

A label's count is the same whatever it is a share of, so a table that names only one base can be
read wrongly: every count here comes with its share of all cases and of all labels given.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from voice.analysis.suppression import OFFICERS_SMALLEST_COUNT, kept_back
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
    """The labels of the cases in one group, in the order of all of them; `hidden` are withheld."""

    group: str
    cases: int
    rows: tuple[Figure, ...]
    hidden: frozenset[str] = frozenset()

    @property
    def cells(self) -> tuple[tuple[str, str], ...]:
        """Each label of the group in words, and each that is withheld, whether it has it or not."""
        return tuple(
            (row.label, "withheld" if row.label in self.hidden else row.words)
            for row in self.rows
            if row.count or row.label in self.hidden
        )


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
        """Give the labels of each group's cases, the largest group first.

        Withheld are the few, and what would give them away by subtraction from all cases.
        """
        groups = Counter(each.group for each in self.cases)
        counts = Counter((label, each.group) for each in self.cases for label in _all_labels(each))
        order = [each.label for each in self.count_labels()]
        apart = {label: _kept_back(label, groups, counts) for label in order}
        for group, base in _ranked(groups):
            if group:
                figures = tuple(Figure(label, counts[label, group], base) for label in order)
                hidden = frozenset(label for label in order if group in apart[label])
                yield GroupCount(group, base, figures, hidden)


def _all_labels(case: Case) -> Sequence[str]:
    """Return the labels of a case; its main one is among them, whether ticked again or not."""
    return tuple(dict.fromkeys((*case.labels, *((case.primary,) if case.primary else ()))))


def _kept_back(
    label: str, groups: Counter[str], counts: Counter[tuple[str, str]]
) -> frozenset[str]:
    """Return the groups in which a label's count is withheld: its count of all cases is known."""
    bases = {group: counts[label, group] for group in groups}
    return kept_back(bases, smallest=OFFICERS_SMALLEST_COUNT)


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
