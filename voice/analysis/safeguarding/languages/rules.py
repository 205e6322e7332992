"""Which concepts near each other point to harm, in whatever order a language says them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from voice.analysis.safeguarding.grammar import HARMLESS
from voice.analysis.safeguarding.resources import read_rows

REACH = 9  # how many words apart the concepts of a rule may stand


@dataclass(frozen=True, slots=True)
class ConceptRule:
    """Concepts, each one of several, that mean something where they stand near each other."""

    name: str
    category: str
    urgency: str
    weight: float
    parts: tuple[tuple[str, ...], ...]

    @property
    def is_harmless(self) -> bool:
        """Return whether the rule speaks against harm."""
        return self.category == HARMLESS


def find_rules(places: Mapping[str, Sequence[int]]) -> list[ConceptRule]:
    """Return the rules that a sentence fulfils, in the order of the rules file."""
    return [rule for rule in concept_rules() if _stands_in(rule.parts, places)]


def _stands_in(parts: Sequence[tuple[str, ...]], places: Mapping[str, Sequence[int]]) -> bool:
    if any(all(name not in places for name in part) for part in parts):
        return False
    found = [{at for name in part for at in places.get(name, ())} for part in parts]
    return any(_is_near(start, found[1:]) for start in found[0])


def _is_near(start: int, others: Sequence[set[int]]) -> bool:
    """Return whether each of the others has a word of its own near `start`."""
    taken = {start}
    for positions in others:
        near = [at for at in positions - taken if abs(at - start) <= REACH]
        if not near:
            return False
        taken.add(min(near, key=lambda at: (abs(at - start), at)))
    return True


@cache
def concept_rules() -> tuple[ConceptRule, ...]:
    """Return the rules as the file lists them."""
    return tuple(
        ConceptRule(
            row["rule"],
            row["category"],
            row["urgency"],
            float(row["weight"]),
            tuple(tuple(part.split("|")) for part in row["pattern"].split()),
        )
        for row in read_rows("languages/rules.csv")
    )
