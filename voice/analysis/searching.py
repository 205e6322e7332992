"""Words made ready to be searched: without case, accents and endings, one name for each thing.

Standard library only, so that pages may ask with it what the worker wrote down with it.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from voice.analysis.aliases import Aliases, own_aliases
from voice.analysis.lexicon_files import read_words

MOST_TERMS = 12  # of one search; what comes after is not looked for
MOST_CHARS = 200
_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]')
_PLACEHOLDER = re.compile(r"\[[a-z ]+\]")
_WORD = re.compile(r"[^\W_]+")
_UNSPLIT = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "’": "", "'": "", "`": ""})
_VOWEL = re.compile(r"[aeiouy]")
_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Terms:
    """What a text must hold to be found: each a folded word, or the words of a phrase in order."""

    parts: tuple[str, ...]

    def found_in(self, folded: str) -> bool:
        """Return whether folded words hold all of it; whatever has no terms is found."""
        return all(f" {each} " in folded for each in self.parts)


def fold_words(text: str, aliases: Aliases | None = None) -> str:
    """Return the folded words of `text`, a space before and after each: "" without a word.

    Whatever goes by several names is one thing; by those of a council too, where `aliases` are
    given. What masking put in place of a name is no word of anybody's.
    """
    words = [_stem(each) for each in _split(_named(_PLACEHOLDER.sub(" ", text), aliases))]
    return f" {' '.join(words)} " if words else ""


def read_terms(asked: str, aliases: Aliases | None = None) -> Terms:
    """Return what a search asks for: words in any order, and phrases that stood in quotes.

    Stop words outside quotes are not asked for, unless nothing else is.
    """
    asked = asked[:MOST_CHARS]
    phrases = [fold_words(each.group(1), aliases).strip() for each in _QUOTED.finditer(asked)]
    loose = _split(_named(_QUOTED.sub(" ", asked), aliases))
    telling = [each for each in loose if each not in read_words("stop_words")]
    words = [_stem(each) for each in (telling or ([] if any(phrases) else loose))]
    return Terms(tuple(dict.fromkeys(each for each in (*phrases, *words) if each))[:MOST_TERMS])


def display_words(text: str) -> list[str]:
    """Return the words of `text` as they are shown, in small letters with their accents."""
    return _WORD.findall(_PLACEHOLDER.sub(" ", text).casefold().replace("’", "").replace("'", ""))


def _split(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_UNSPLIT)
    return _WORD.findall("".join(each for each in plain if not unicodedata.combining(each)))


def _named(text: str, aliases: Aliases | None) -> str:
    """Return `text` with the one name of each thing in place of its others."""
    said, at = [], 0
    for place in (aliases or own_aliases()).find(text):
        said += [text[at : place.start], place.name]
        at = place.end
    return "".join((*said, text[at:]))


@cache
def _stem(word: str) -> str:
    """Return a word without the endings that English gives it; others stay as they are."""
    if len(word) <= _SHORTEST_STEM or not word.isascii() or not word.isalpha():
        return word
    stem = _without_ending(_singular(word))
    return stem[:-1] if stem.endswith("e") and len(stem) > _SHORTEST_STEM else stem


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _without_ending(word: str) -> str:
    for ending, least in (("ing", 6), ("ed", 5), ("ly", 6)):
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(word) >= least and _VOWEL.search(stem):
            doubled = len(stem) > _SHORTEST_STEM and stem[-1] == stem[-2] and stem[-1] not in "sl"
            return stem[:-1] if doubled else stem
    return word
