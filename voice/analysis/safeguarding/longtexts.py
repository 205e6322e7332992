"""Keeps a very long text within the time an answer has."""

import re
from collections.abc import Sequence
from functools import cache

from voice.analysis.safeguarding.features import stem
from voice.analysis.safeguarding.normalising import flatten
from voice.analysis.safeguarding.resources import read_weights

MAX_PIECES = 60  # as many sentences as fit into 50 ms with room to spare

_WORDS = re.compile(r"[a-z]+")


def choose_pieces(pieces: Sequence[str]) -> list[str]:
    """Return the pieces that are read in full: all, or the `MAX_PIECES` most telling ones.

    What is telling is judged by the trained weight of the single words, which is quick.
    Repeated pieces count once. The order of the text is kept.
    """
    different = list(dict.fromkeys(pieces))
    if len(different) <= MAX_PIECES:
        return different
    weights = [_quick_weight(piece) for piece in different]
    telling = sorted(range(len(different)), key=lambda at: (-weights[at], at))[:MAX_PIECES]
    return [different[at] for at in sorted(telling)]


def _quick_weight(piece: str) -> float:
    known = _word_weights()
    return sum(max(known.get(word, 0.0), 0.0) for word in set(_WORDS.findall(flatten(piece))))


@cache
def _word_weights() -> dict[str, float]:
    from voice.analysis.safeguarding.concepts import concept_words  # noqa: PLC0415 - see below

    weights = read_weights()["concern"]["weights"]
    return {word: weights.get(f"w:{stem(word)}", 0.0) for word in concept_words()}
