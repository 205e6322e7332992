"""How serious one answer's words are, so that what only one person says is not lost.

Words of harm to a place or a person, and words of strong feeling. It tells nothing about danger to
whoever wrote it: that is for `voice.analysis.safeguarding`, and such answers are set apart before.
Standard library only.
"""

import re

from voice.analysis.lexicon_files import read_words

SERIOUS_FROM = 0.5
A_SERIOUS_WORD = 0.5
A_STRONG_WORD = 0.25
_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DENIALS = frozenset(
    {"no", "not", "never", "without", "nobody", "isn't", "wasn't", "don't", "hardly"}
)
_REACH = 2  # words after a denial that it turns round


def weigh(text: str) -> float:
    """Return how serious the words of `text` are, 0 to 1; what is denied does not count."""
    words = [word.lower().replace("’", "'") for word in _WORDS.findall(text)]
    serious = {word for at, word in enumerate(words) if _is_said(words, at, "serious")}
    strong = {word for at, word in enumerate(words) if _is_said(words, at, "strong")}
    return min(1.0, A_SERIOUS_WORD * len(serious) + A_STRONG_WORD * len(strong))


def _is_said(words: list[str], at: int, name: str) -> bool:
    return words[at] in read_words(name) and _DENIALS.isdisjoint(words[max(0, at - _REACH) : at])
