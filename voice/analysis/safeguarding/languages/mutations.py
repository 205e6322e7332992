"""The forms of a Welsh word: its beginning (taro, daro, nharo) and its end (curo, curodd)."""

from functools import cache

from voice.analysis.safeguarding.resources import read_rows

_DIGRAPHS = ("ll", "rh", "dd", "th", "ch", "ph", "ff", "ng")
FEWEST_LETTERS = 3  # a shorter word would become any other


def mutated(word: str) -> tuple[str, ...]:
    """Return `word` in all its mutations, itself first; a short word only as it is."""
    if len(word) < FEWEST_LETTERS:
        return (word,)
    first = word[:2] if word.startswith(_DIGRAPHS) else word[:1]
    return (word, *(changed + word[len(first) :] for changed in _changes().get(first, ())))


def inflected(word: str) -> tuple[str, ...]:
    """Return a verb with the endings of the past, itself first; another word only as it is."""
    for ending, forms in _endings():
        if word.endswith(ending) and len(word) - len(ending) >= FEWEST_LETTERS:
            return (word, *(word.removesuffix(ending) + form for form in forms))
    return (word,)


@cache
def _endings() -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = read_rows("languages/endings.csv")
    return tuple((row["ending"], tuple(row["forms"].split())) for row in rows)


@cache
def _changes() -> dict[str, tuple[str, ...]]:
    changes: dict[str, tuple[str, ...]] = {}
    for row in read_rows("languages/mutations.csv"):
        changes[row["radical"]] = (*changes.get(row["radical"], ()), row["mutated"])
    return changes
