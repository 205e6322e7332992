"""Which concept a word belongs to: `slapped` is a `hit`, `nan` is `family`."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from voice.analysis.safeguarding.resources import read_rows

_VOWELS = "aeiou"
_ADULT_YEARS = range(19, 100)
_CHILD_YEARS = range(3, 18)


def concepts_of(word: str) -> tuple[str, ...]:
    """Return the concepts that `word` belongs to, most often one or none.

    A number is the age of a child or of a grown-up, if it can be one.
    """
    if word.isdecimal() and len(word) <= 2:
        years = int(word)
        if years in _CHILD_YEARS:
            return ("young_age",)
        return ("adult_age",) if years in _ADULT_YEARS else ()
    return _concepts_by_word().get(word, ())


def concepts_in(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the concepts of each of these words, looked up together."""
    by_word = _concepts_by_word()
    return [
        by_word[word] if word in by_word else () if word.isalpha() else concepts_of(word)
        for word in words
    ]


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of the concept `@name`, or `name` itself where it is a word."""
    if not name.startswith("@"):
        return (name,)
    return tuple(word for word, names in _concepts_by_word().items() if name[1:] in names)


@cache
def concept_words() -> frozenset[str]:
    """Return every word of the concept lists, in all its forms."""
    return frozenset(_concepts_by_word())


@cache
def known_words() -> frozenset[str]:
    """Return the words that need no repair because a list holds them."""
    meanings = {word for row in read_rows("slang.csv") for word in row["meaning"].split()}
    return concept_words() | meanings


@cache
def _concepts_by_word() -> dict[str, tuple[str, ...]]:
    concepts: defaultdict[str, list[str]] = defaultdict(list)
    for row in read_rows("concepts.csv"):
        for word in row["words"].split():
            for form in inflections(word) if row["inflect"] == "yes" else (word,):
                if row["concept"] not in concepts[form]:
                    concepts[form].append(row["concept"])
    return {word: tuple(names) for word, names in concepts.items()}


def inflections(verb: str) -> tuple[str, ...]:
    """Return a regular English verb in its forms: punch, punches, punched, punching, punchin."""
    if verb.endswith("e"):
        return (verb, verb + "s", verb + "d", verb[:-1] + "ing", verb[:-1] + "in")
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        stem = verb[:-1]
        return (verb, stem + "ies", stem + "ied", verb + "ing", verb + "in")
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    stem = verb + verb[-1] if _doubles_its_last_letter(verb) else verb
    return (verb, third, stem + "ed", stem + "ing", stem + "in")


def _doubles_its_last_letter(verb: str) -> bool:
    return (
        len(verb) in (3, 4)
        and verb[-1] not in _VOWELS + "wxyk"
        and verb[-2] in _VOWELS
        and verb[-3] not in _VOWELS
    )
