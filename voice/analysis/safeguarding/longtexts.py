"""Keeps a very long text within the time that an answer has."""

import re
from collections.abc import Sequence
from functools import cache

from voice.analysis.safeguarding.concepts import concept_words
from voice.analysis.safeguarding.features import stem
from voice.analysis.safeguarding.normalising import flatten
from voice.analysis.safeguarding.resources import read_weights

MAX_CHARS = 4000  # read in full within 50 ms, with room to spare

_WORDS = re.compile(r"[a-z]+")


def choose_pieces(pieces: Sequence[str]) -> list[str]:
    """Return the pieces that are read in full: all, or the most telling `MAX_CHARS` of them.

    What is telling is judged by the trained weights of the single words, which is quick.
    Repeated pieces count once. The order of the text is kept.
    """
    different = list(dict.fromkeys(pieces))
    if sum(map(len, different)) <= MAX_CHARS:
        return different
    weights = [_quick_weight(piece) for piece in different]
    chosen = []
    left = MAX_CHARS
    for at in sorted(range(len(different)), key=lambda at: (-weights[at], at)):
        left -= len(different[at])
        if left < 0:
            break
        chosen.append(at)
    return [different[at] for at in sorted(chosen)]


def _quick_weight(piece: str) -> float:
    known = _word_weights()
    return sum(max(known.get(word, 0.0), 0.0) for word in set(_WORDS.findall(flatten(piece))))


@cache
def _word_weights() -> dict[str, float]:

    weights = read_weights()["concern"]["weights"]
    return {word: weights.get(f"w:{stem(word)}", 0.0) for word in concept_words()}
