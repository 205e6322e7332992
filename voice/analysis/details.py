"""Whether words could tell who wrote them by a detail, though no name is left in them.

A place, a rare word, a date, a number, an age with what somebody is. Cautious: of two quotes the
one without such a detail serves as well. Standard library only, so pages may import it.
"""

import re
from collections.abc import Collection

from voice.analysis.aliases import own_aliases
from voice.analysis.lexicon_files import read_words

FEWEST_LETTERS_RARE = 6
MOST_LETTERS_MISSPELT = 30  # of a longer word nobody could tell what was meant

_AGE = re.compile(
    r"\b\d{1,2}[- ]?(?:(?:years?|yrs?|months?)[- ]?old|y/?o)\b|\baged? (?:of )?\d{1,2}\b"
    r"|\b(?:i am|i'm|im|she is|he is|she's|he's|who is|is now) (?:only |just )?\d{1,2}\b"
    r"|\b(?:i am|i'm|im) (?:a|an|the) (?:only |single )?(?:\w+ ){0,2}"
    r"(?:head|governor|foster|adoptive|teacher|nurse|carer|councillor|chair|manager|refugee|twin|triplet)\w*\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{3,}|\d+[,.:/]\d+|[£$€]\s?\d")
_DATE = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)|(?:jan|febr)uary|march \d|april|june|july|august"
    r"|(?:septem|octo|novem|decem)ber)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_STARTS = re.compile(r"(?:^|[.!?…:;\n]['\"”’)]*\s*|[“\"(•*-]\s*)$")
_PLACEHOLDER = re.compile(r"\[[^\]]*\]")
_VOWELS = "aeiou"
_ENDINGS = ("s", "es", "d", "ed", "er", "ers", "r", "ing", "ly", "al", "ness", "est", "y", "ment")


def could_tell_who(masked: str, *, usual: Collection[str] = ()) -> bool:
    """Return whether `masked`, words without names, has a detail that few others could give.

    `usual` are words that many people use here, in small letters: they tell nobody apart.
    """
    plain = _PLACEHOLDER.sub(" ", masked)
    if _AGE.search(plain) or _NUMBER.search(plain) or _DATE.search(plain):
        return True
    known = {word for each in usual for word in each.casefold().split()}
    named = [range(place.start, place.end) for place in own_aliases().find(plain)]
    return any(
        _is_rare(plain, found, known)
        for found in _WORD.finditer(plain)
        if not any(found.start() in place for place in named)
    )


def _is_rare(text: str, found: re.Match[str], known: Collection[str]) -> bool:
    word = found.group()
    small = word.casefold().replace("’", "'").removesuffix("'s")
    if small in known or _is_usual(small) or not word.isascii():
        return False
    is_name = word[0].isupper() and not word.isupper()
    if is_name and not _SENTENCE_STARTS.search(text[: found.start()]):
        return True
    return len(small) >= FEWEST_LETTERS_RARE and not _is_misspelt(small)


def _is_usual(word: str) -> bool:
    usual = read_words("frequent_words")
    if word in usual or "'" in word or "-" in word:
        return True
    bare = [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)]
    return any(one in usual or f"{one}e" in usual or one[:-1] in usual for one in bare)


def _is_misspelt(word: str) -> bool:
    """Return whether one letter more, less or swapped makes an everyday word of it."""
    if len(word) > MOST_LETTERS_MISSPELT:
        return False
    usual = read_words("frequent_words")
    pieces = [(word[:at], word[at:]) for at in range(1, len(word))]
    fewer = (head + tail[1:] for head, tail in pieces)
    swapped = (head[:-1] + tail[0] + head[-1] + tail[1:] for head, tail in pieces)
    doubled = (head + head[-1] + tail for head, tail in pieces)
    vowels = (
        head + one + tail[1:] for head, tail in pieces if tail[0] in _VOWELS for one in _VOWELS
    )
    return any(one in usual for each in (fewer, swapped, doubled, vowels) for one in each)
