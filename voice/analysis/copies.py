"""Answers that are nearly the same: a letter that went round, or words that many were given.

Each text costs the same however many there are, so a million are no harder than a thousand.
"""

from collections import defaultdict
from collections.abc import Sequence
from zlib import crc32

WORDS_TOGETHER = 3
FEWEST_WORDS = 8  # shorter answers are alike by themselves
ALIKE_FROM = 0.6  # of all runs of three words that either has, so many are in both
KEYS = 8
LONGEST_READ = 400
_SALTS = tuple(0x9E3779B1 * salt & 0xFFFFFFFF for salt in range(1, KEYS + 1))


def find_near_copies(folded: Sequence[str]) -> list[tuple[int, ...]]:
    """Return the places of texts that are nearly the same, in groups of two or more, by place.

    `folded` are different from one another and without case and punctuation. Texts of fewer than
    `FEWEST_WORDS` words are in no group.

    Source: Broder (1997), "On the resemblance and containment of documents".
    """
    first_with: dict[tuple[int, int], int] = {}
    runs: dict[int, frozenset[int]] = {}
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for place, text in enumerate(folded):
        own = _runs(text)
        if not own:
            continue
        keys = [(at, min([run ^ salt for run in own])) for at, salt in enumerate(_SALTS)]
        like = {first_with[key] for key in keys if key in first_with}
        found = min((one for one in sorted(like) if _alike(runs[one], own)), default=None)
        if found is not None:
            groups[found].append(place)
            continue
        runs[place] = own
        for key in keys:
            first_with.setdefault(key, place)
    return [(first, *others) for first, others in sorted(groups.items())]


def _runs(text: str) -> frozenset[int]:
    words = text.split()[:LONGEST_READ]
    if len(words) < FEWEST_WORDS:
        return frozenset()
    return frozenset(
        crc32(" ".join(words[at : at + WORDS_TOGETHER]).encode("utf-8", "replace"))
        for at in range(len(words) - WORDS_TOGETHER + 1)
    )


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    return len(one & other) >= ALIKE_FROM * len(one | other)
