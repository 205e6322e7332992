"""What a text of a few words must hold before the trained weights count.

They were learnt from sentences, so "im 14" or "bad" tells them too little and they say too much.
"""

from collections.abc import Sequence
from functools import cache

from voice.analysis.safeguarding.concepts import concepts_of
from voice.analysis.safeguarding.plain_answers import is_never_plain
from voice.analysis.safeguarding.resources import read_rows, read_weights
from voice.analysis.safeguarding.values import Category, Urgency

MOST_WORDS = 4
SURE = 0.45
FEWEST_WORDS = 3  # of fewer the weights say little
MOST_WORDS_OF_SADNESS = 12
SADNESS_REACH = 4  # how many words before "sad" say whose it is
_SELF = frozenset({"i", "im", "me"})
_OVER = frozenset({"was", "were", "been", "used"})  # over, or of the past
_ILL = frozenset({"sick"})
_GRAVE = frozenset({"death", "fear", "grave_hit", "selfharm"})


def weigh_few(words: Sequence[str], weighed: float) -> float:
    """Return the probability of `words`, or less of it if they are too few to tell.

    Of `MOST_WORDS` or fewer that the weights are not sure of, they may wake the lead only where
    a word speaks of harm, and show help only where one names somebody who may do it. "Him" alone
    tells nothing.
    """
    if all(_holds("pointing", [word]) for word in words):
        return 0.0
    if len(words) > MOST_WORDS or weighed >= SURE or _tells(words):
        return weighed
    thresholds = read_weights()["thresholds"]
    if _holds("person", words):
        return min(weighed, (float(thresholds["support"]) + float(thresholds["alert"])) / 2)
    return 0.0


def names_harm(words: Sequence[str]) -> bool:
    """Return whether these are a word or two that name death, self-harm or fear undenied."""
    named = [set(concepts_of(word)) for word in words] if len(words) < FEWEST_WORDS else []
    return any(names & _GRAVE for names in named) and not any("neg" in names for names in named)


def says_unhappy(words: Sequence[str]) -> bool:
    """Return whether somebody says in a few words that they are unhappy: "i feel sad when …"."""
    if len(words) > MOST_WORDS_OF_SADNESS:
        return False
    for at, word in enumerate(words):
        before = set(words[max(0, at - SADNESS_REACH) : at])
        if word not in _ILL and "sad" in concepts_of(word) and before & _SELF:
            return not before & _OVER and not any("neg" in concepts_of(one) for one in before)
    return False


def _tells(words: Sequence[str]) -> bool:
    return _holds("grave", words) or any(map(is_never_plain, words))


def _holds(kind: str, words: Sequence[str]) -> bool:
    listed = _listed(kind)
    return any(
        word in listed or any(f"@{name}" in listed for name in concepts_of(word)) for word in words
    )


def find_saying(words: Sequence[str]) -> tuple[Category, Urgency] | None:
    """Return what a sentence of a few words says by itself (`lexicons/few_words.csv`), or None."""
    return _sayings().get(" ".join(words))


@cache
def _sayings() -> dict[str, tuple[Category, Urgency]]:
    rows = read_rows("few_words.csv")
    return {row["words"]: (Category(row["category"]), Urgency(row["urgency"])) for row in rows}


@cache
def _listed(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in read_rows("evidence.csv") if row["kind"] == kind)
