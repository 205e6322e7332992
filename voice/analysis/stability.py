"""Themes found anew beside themes that an officer named: which is which, so that keys stay.

One to one, by the people behind them first and by their words second. Standard library only.
"""

from collections.abc import Container, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import count

from voice.analysis.findings import Report

WEIGHT_OF_WORDS = 0.3  # people count for the rest
ALIKE_FROM = 0.25


@dataclass(frozen=True, slots=True)
class Known:
    """A theme by its key: who raises it, the words that set it apart, and what people call it."""

    key: str
    members: Set[str]
    words: Set[str]
    label: str = ""


def keep_names(report: Report, named: Sequence[Known]) -> Report:
    """Return `report` with the keys and labels of earlier themes where they are the same.

    The order stays. Themes that are new get keys that no earlier theme had.
    """
    if not named:
        return report
    found = [
        Known(theme.key, {mention.comment_id for mention in theme.mentions}, frozenset(theme.words))
        for theme in report.themes
    ]
    same = match_themes(found, named)
    labels = {theme.key: theme.label for theme in named}
    free = _free_keys(report, labels)
    keys = {theme.key: same.get(theme.key) or next(free) for theme in report.themes}
    return replace(
        report,
        themes=tuple(
            replace(
                theme, key=keys[theme.key], label=labels.get(same.get(theme.key, ""), theme.label)
            )
            for theme in report.themes
        ),
        ranked={one: tuple(keys[key] for key in own) for one, own in report.ranked.items()},
    )


def _free_keys(report: Report, taken: Container[str]) -> Iterator[str]:
    prefix = report.themes[0].key.rpartition("t")[0] if report.themes else ""
    return (key for number in count(1) if (key := f"{prefix}t{number}") not in taken)


def match_themes(found: Sequence[Known], named: Sequence[Known]) -> Mapping[str, str]:
    """Return for each theme found the key of the named theme that it is, one to one.

    Only comments that were there before count as members of either, so that a day's new answers
    part nobody from their theme. A theme found that is like none of the named has no entry. The
    order of neither sequence matters.
    """
    before = frozenset().union(*(theme.members for theme in named)) if named else frozenset()
    pairs = sorted(
        (-_likeness(one, other, before), other.key, one.key) for one in found for other in named
    )
    kept: dict[str, str] = {}
    for unlikeness, name, key in pairs:
        if -unlikeness >= ALIKE_FROM and key not in kept and name not in kept.values():
            kept[key] = name
    return kept


def _likeness(one: Known, other: Known, before: Set[str]) -> float:
    members = _overlap(one.members & before, other.members)
    words = _overlap({word.casefold() for word in one.words}, {w.casefold() for w in other.words})
    return (1 - WEIGHT_OF_WORDS) * members + WEIGHT_OF_WORDS * words


def _overlap(one: Set[str], other: Set[str]) -> float:
    """Return what share of both is in both: the harmonic mean of the two shares (F1)."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0
