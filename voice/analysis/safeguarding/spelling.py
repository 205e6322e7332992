"""Forgives one wrong, missing, extra or swapped letter in the words that matter."""

from collections import defaultdict
from functools import cache

from voice.analysis.safeguarding.concepts import concept_words

MIN_FORGIVEN_CHARS = 5


def closest_word(token: str) -> str | None:
    """Return the one word of the lexicons that `token` is a slip of, or None.

    Words shorter than `MIN_FORGIVEN_CHARS` are left alone: too many are near each other.
    """
    if len(token) < MIN_FORGIVEN_CHARS:
        return None
    found: set[str] = set()
    for shorter in (token, *_without_one_letter(token)):
        found.update(_index().get(shorter, ()))
    near = sorted(word for word in found if is_one_slip_away(token, word))
    same_start = [word for word in near if word[0] == token[0]]
    return next(iter(same_start or near), None)


def is_one_slip_away(token: str, word: str) -> bool:
    """Return whether one letter added, left out, changed or swapped turns one into the other."""
    if abs(len(token) - len(word)) > 1:
        return False
    start = 0
    while start < min(len(token), len(word)) and token[start] == word[start]:
        start += 1
    rest, wanted = token[start:], word[start:]
    swapped = rest[1:2] + rest[:1] + rest[2:] == wanted
    return swapped or rest[1:] == wanted[1:] or rest[1:] == wanted or rest == wanted[1:]


def _without_one_letter(token: str) -> list[str]:
    return [token[:at] + token[at + 1 :] for at in range(len(token))]


@cache
def _index() -> dict[str, tuple[str, ...]]:
    index: defaultdict[str, list[str]] = defaultdict(list)
    for word in concept_words():
        if len(word) >= MIN_FORGIVEN_CHARS:
            for shorter in (word, *_without_one_letter(word)):
                index[shorter].append(word)
    return {shorter: tuple(words) for shorter, words in index.items()}
