"""What the parts of a large file add up to: counts and a few words, nobody's mentions.

A part is counted as plain values that a file can hold, so that work may stop between two parts.
Standard library only.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from voice.analysis.comparison import GroupCount
from voice.analysis.findings import Comment, Report, Theme, Tone, ToneCounts
from voice.analysis.noticing import list_serious, sum_up
from voice.analysis.other_languages import name_group
from voice.analysis.together import Together, find_pairs

MOST_LISTED = 200  # texts of a kind that a page shows

BASE, SILENT, UNASSIGNED, DISGUISED = ("base",), ("silent",), ("unassigned",), ("disguised",)
PEOPLE, TONE, LANGUAGE, BOTH, GROUP, SAID, NAME = (
    *("people", "tone", "language", "both", "group", "said", "name"),
)

Key = tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """The counts of one or several parts of one question's answers, by what is counted.

    Of the texts only so many are kept as a page shows: the first that fit no theme, the most
    seriously worded that no theme carries with their weight, and those that most people sent with
    how many did.
    """

    counts: Counter[Key] = field(default_factory=Counter)
    unassigned: list[str] = field(default_factory=list)
    serious: list[tuple[float, str]] = field(default_factory=list)
    copies: list[tuple[float, str]] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Count `other`, the part that follows, as well."""
        self.counts.update(other.counts)
        self.unassigned = [*self.unassigned, *other.unassigned][:MOST_LISTED]
        self.serious = _first([*self.serious, *other.serious])
        self.copies = _first([*self.copies, *other.copies])


def tally(report: Report, comments: Sequence[Comment]) -> Tally:
    """Return the counts of one part: `report` is of these comments."""
    texts = {comment.id: comment.text for comment in comments}
    noticed = sum_up(report.notes)
    counts: Counter[Key] = Counter(
        {
            BASE: report.base,
            SILENT: len(report.without_content),
            UNASSIGNED: len(report.unassigned),
            DISGUISED: len(noticed.disguised),
        }
    )
    counts.update({(NAME, name): people for name, people in noticed.names})
    for theme in report.themes:
        counts.update(dict(_count_theme(theme)))
    raised = _raised_by(report)
    for keys in raised.values():
        counts.update((BOTH, one, other) for one, other in combinations(sorted(keys), 2))
    for comment in comments:
        if comment.id in report.ranked:
            counts.update(_count_groups(comment, raised[comment.id]))
    return Tally(
        counts,
        [texts[one] for one in report.unassigned[:MOST_LISTED]],
        _first([(report.notes[one].weight, texts[one]) for one in list_serious(report)]),
        _first([(len(ids), texts[ids[0]]) for ids in noticed.copies]),
    )


def _first(listed: list[tuple[float, str]]) -> list[tuple[float, str]]:
    return sorted(listed, key=lambda one: -one[0])[:MOST_LISTED]


def _count_theme(theme: Theme) -> Iterator[tuple[Key, int]]:
    yield (PEOPLE, theme.key), theme.count
    for tone in Tone:
        yield (TONE, theme.key, tone.value), getattr(theme.tone, tone.value)
    if theme.language:
        yield (LANGUAGE, theme.language, theme.key), theme.count


def _raised_by(report: Report) -> defaultdict[str, set[str]]:
    raised: defaultdict[str, set[str]] = defaultdict(set)
    for theme in report.themes:
        for mention in theme.mentions:
            raised[mention.comment_id].add(theme.key)
    return raised


def _count_groups(comment: Comment, raised: set[str]) -> Iterator[Key]:
    for column, group in comment.groups.items():
        if group.strip():
            yield GROUP, column, group.strip()
            yield from ((SAID, column, group.strip(), key) for key in raised)


@dataclass(frozen=True, slots=True)
class Whole:
    """What all parts of one question say together. `report` names no comment but its quotes'.

    `sampled` is how many answers the themes were found in, 0 if they were given.
    """

    report: Report
    tally: Tally
    quoted: Mapping[str, str]
    sampled: int

    @property
    def together(self) -> tuple[Together, ...]:
        """The pairs of themes that the same people raise beyond chance."""
        counts = self.tally.counts
        both = {(key[1], key[2]): many for key, many in counts.items() if key[0] == BOTH}
        people = {theme.key: theme.count for theme in self.report.themes}
        return find_pairs(people, both, self.report.base)

    def groups(self, theme: Theme, column: str) -> dict[str, GroupCount]:
        """Return how many of each group raise `theme`, by the group's name."""
        counts = self.tally.counts
        found = {key[2]: many for key, many in counts.items() if key[:2] == (GROUP, column)}
        return {
            group: GroupCount(counts[SAID, column, group, theme.key], many)
            for group, many in sorted(found.items())
        }

    @property
    def names(self) -> tuple[tuple[str, int], ...]:
        """How many people call something by one of several names, by the one it is known by."""
        found = [(key[1], many) for key, many in self.tally.counts.items() if key[0] == NAME]
        return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))


def sum_parts(sample: Report, quoted: Mapping[str, str], counted: Tally, sampled: int) -> Whole:
    """Return the whole that `counted` adds up to, with the themes' names and quotes of `sample`."""
    counts = counted.counts
    base = counts[BASE]
    languages = sorted(
        (-many, key[1], key[2]) for key, many in counts.items() if key[0] == LANGUAGE
    )
    named = [theme for theme in sample.themes if not theme.language]
    themes = [
        replace(
            theme,
            mentions=(),
            count=counts[PEOPLE, theme.key],
            share=counts[PEOPLE, theme.key] / max(1, base),
            tone=ToneCounts(**{tone.value: counts[TONE, theme.key, tone.value] for tone in Tone}),
        )
        for theme in named
    ]
    themes.sort(key=lambda theme: -theme.count)
    report = replace(
        sample,
        themes=(
            *themes,
            *(name_group(key, language, -many, base) for many, language, key in languages),
        ),
        base=base,
        without_content=(),
        unassigned=(),
        ranked={},
        notes={},
    )
    return Whole(report, counted, quoted, sampled)
