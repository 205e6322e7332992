"""What the trained weights of the other languages look at: words, concepts and their neighbours."""

from collections.abc import Iterable, Sequence
from itertools import combinations

from voice.analysis.safeguarding.languages.rules import ConceptRule
from voice.analysis.safeguarding.languages.vocabulary import Places

PAIR_REACH = 6  # how many words apart two concepts may stand to count as a pair
STEM_LETTERS = 5
_STEPS = range(-PAIR_REACH, PAIR_REACH + 1)
_SAYS_NOTHING = frozenset(("common", "!common"))


def find_features(
    language: str, words: Sequence[str], places: Places, rules: Iterable[ConceptRule]
) -> frozenset[str]:
    """Return the features of one sentence; concepts and rules mean the same in every language."""
    told = [(name, set(at)) for name, at in sorted(places.items()) if name not in _SAYS_NOTHING]
    found = {f"c:{name}" for name, _ in told}
    near = {name: {one + step for one in at for step in _STEPS} for name, at in told}
    found |= {
        f"p:{one}+{two}"
        for (one, _), (two, at) in combinations(told, 2)
        if not near[one].isdisjoint(at)
    }
    found |= {f"w:{language}:{word[:STEM_LETTERS]}" for word in words}
    return frozenset(found | {f"r:{rule.category}" for rule in rules})
