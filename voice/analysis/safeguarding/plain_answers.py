"""Answers so short and plain that the weights, which were learnt from sentences, say too much.

Which words and concepts these are stands in `lexicons/plain_answers.csv`.
"""

from collections.abc import Sequence
from functools import cache

from voice.analysis.lexicon_files import read_lines
from voice.analysis.safeguarding.concepts import concepts_of
from voice.analysis.safeguarding.resources import frequent_words, read_rows

MOST_WORDS = 4
MOST_TELLING_WORDS = 2


def is_plain_answer(words: Sequence[str]) -> bool:
    """Return whether these are the words of an answer like "Nothing", "Mum and dad" or "at home".

    `words` are those of the whole text, as `read_words` gives them.
    """
    linking, empty = _words("linking"), _words("empty")
    telling = [word for word in words if word not in linking and word not in empty]
    if not 0 < len(words) <= MOST_WORDS or len(telling) > MOST_TELLING_WORDS:
        return False
    if not _words("never").isdisjoint(telling):
        return False
    named = [set(concepts_of(word)) for word in telling]
    if len(words) == 1 and not any(named):
        return words[0] in frequent_words()  # "Because", which tells nothing by itself
    harmless = _words("@nothing")
    if len(words) == 1 or not linking.isdisjoint(words):
        harmless |= _words("@ordinary")
    return all(names and names <= harmless for names in named)


def says_nothing(words: Sequence[str]) -> bool:
    """Return whether these words are an answer such as "I can't think of anything"."""
    return " ".join(words).replace("'", "") in read_lines("no_content")


def is_never_plain(word: str) -> bool:
    """Return whether an answer that holds `word` is never plain, however short it is."""
    return word in _words("never")


@cache
def _words(kind: str) -> frozenset[str]:
    """Return the words of this kind; with @ its concepts."""
    rows = (row["word"] for row in read_rows("plain_answers.csv") if row["kind"] == kind.strip("@"))
    return frozenset(word.removeprefix("@") for word in rows)
