"""A small grammar of who does what to whom, matched without looking back.

A pattern is a row of steps: words and `@concepts` that stand side by side (one other word may
come between), `..` where up to five others may, and `...` where up to twelve may.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from voice.analysis.safeguarding.concepts import concepts_in
from voice.analysis.safeguarding.resources import read_rows

HARMLESS = "harmless"
NEGATION_REACH = 3  # how many words before a pattern may turn it round

_REACH_BY_GAP = {"": 2, "..": 6, "...": 13}


@dataclass(frozen=True, slots=True)
class Step:
    """Any of these words or concepts, at most `reach` words after the step before."""

    keys: frozenset[str]
    reach: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern that points to a category, or to a harmless context."""

    name: str
    category: str
    urgency: str
    weight: float
    steps: tuple[Step, ...]

    @property
    def speaks_of_not(self) -> bool:
        """Return whether a "not" belongs to the pattern, so that it is never read as a denial."""
        return any("not" in step.keys or "nobody" in step.keys for step in self.steps)


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that was found, and whether the words before it deny it."""

    rule: Rule
    denied: bool


def find_hits(words: Sequence[str]) -> list[Hit]:
    """Return every rule that `words` fulfil, in the order of the rules file."""
    places = index_words(words)
    hits = []
    for rule in _rules_that_may_apply(places):
        start = find_start(rule.steps, places)
        if start is not None:
            hits.append(Hit(rule, not rule.speaks_of_not and _is_denied(words, start)))
    return hits


def _rules_that_may_apply(places: dict[str, list[int]]) -> list[Rule]:
    """Return the rules whose first step is somewhere in the sentence, in their order."""
    by_key = _rule_numbers_by_key()
    numbers = {number for key in places if key in by_key for number in by_key[key]}
    rules = all_rules()
    return [rules[number] for number in sorted(numbers)]


def index_words(words: Sequence[str]) -> dict[str, list[int]]:
    """Return where each word and each concept stands."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, (word, concepts) in enumerate(zip(words, concepts_in(words), strict=True)):
        places[word].append(at)
        for concept in concepts:
            places["@" + concept].append(at)
    return dict(places)


def find_start(steps: tuple[Step, ...], places: dict[str, list[int]]) -> int | None:
    """Return where the pattern begins in `places`, or None."""
    for step in steps:
        if step.keys.isdisjoint(places):
            return None
    starts = {at: at for at in _positions(steps[0], places)}
    for step in steps[1:]:
        starts = _advance(starts, _positions(step, places), step.reach)
        if not starts:
            return None
    return min(starts.values())


def _positions(step: Step, places: dict[str, list[int]]) -> set[int]:
    return {at for key in step.keys & places.keys() for at in places[key]}


def _advance(starts: dict[int, int], positions: set[int], reach: int) -> dict[int, int]:
    reached = {}
    for at in positions:
        for before in range(at - 1, at - reach - 1, -1):
            if before in starts:
                reached[at] = starts[before]
                break
    return reached


def _is_denied(words: Sequence[str], start: int) -> bool:
    before = words[max(0, start - NEGATION_REACH) : start + 2]
    return any("neg" in concepts for concepts in concepts_in(before))


@cache
def _rule_numbers_by_key() -> dict[str, tuple[int, ...]]:
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for number, rule in enumerate(all_rules()):
        for key in rule.steps[0].keys:
            numbers[key].append(number)
    return {key: tuple(found) for key, found in numbers.items()}


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return the rules as the lexicon lists them."""
    return tuple(
        Rule(
            row["rule"],
            row["category"],
            row["urgency"],
            float(row["weight"]),
            read_pattern(row["pattern"]),
        )
        for row in read_rows("rules.csv")
    )


def read_pattern(pattern: str) -> tuple[Step, ...]:
    """Return `pattern` as steps, for instance `@family .. @hit me|us`."""
    steps = []
    gap = ""
    for part in pattern.split():
        if part in _REACH_BY_GAP:
            gap = part
        else:
            steps.append(Step(frozenset(part.split("|")), _REACH_BY_GAP[gap]))
            gap = ""
    return tuple(steps)
