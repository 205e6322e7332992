"""Whether words accuse somebody who works with children, so that the LADO is told (SAF-13).

Which patterns these are stands in `lexicons/staff.csv`. They say who does what: a teacher who is
told of something is not accused of it.
"""

from functools import cache

from voice.analysis.safeguarding.grammar import Step, find_start, index_words, read_pattern
from voice.analysis.safeguarding.longtexts import choose_pieces
from voice.analysis.safeguarding.normalising import read_words
from voice.analysis.safeguarding.resources import read_rows
from voice.analysis.safeguarding.sentences import split_sentences


def accuses_staff(text: str) -> bool:
    """Return whether a sentence of `text` says that somebody who works there does harm."""
    return any(_accuses(piece) for piece in choose_pieces(split_sentences(text)))


def _accuses(sentence: str) -> bool:
    places = index_words(read_words(sentence))
    return any(find_start(steps, places) is not None for steps in _patterns())


@cache
def _patterns() -> tuple[tuple[Step, ...], ...]:
    return tuple(read_pattern(row["pattern"]) for row in read_rows("staff.csv"))
