"""Words as they are compared, never as they are shown: look-alike letters, text-speak, slips.

`write_plainly` needs one text alone; `Spelling` also learns from all of them how a word is spelt
here, so that a place or a service that no dictionary knows is found again however it is typed.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from voice.analysis.aliases import Aliases, Place
from voice.analysis.lexicon_files import read_words
from voice.analysis.safeguarding.normalising import flatten
from voice.analysis.safeguarding.resources import read_rows

FEWEST_LETTERS_FORGIVEN = 5
TIMES_AS_COMMON = 4  # a word this much commoner is what a slip of one letter stood for
FEWEST_USES = 3
MOST_WORDS_CORRECTED = 20_000
DIGITS_AND_LETTERS = re.compile(r"\d+[a-z]+\w*|[a-z]+\d+\w*")
SHORT_TEXT_SPEAK = {"u": "you", "ur": "your"}

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_STRETCHED = re.compile(r"(.)\1{2,}")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_VOWELS = "aeiou"
_ENDINGS = ("s", "es", "d", "ed", "er", "ers", "ing", "ly", "al", "ist", "ness")


def is_disguised(text: str) -> bool:
    """Return whether letters of `text` stand in for plain ones: full-width, or of another script.

    A word that is wholly in another alphabet is no disguise.
    """
    return not text.isascii() and _without_disguise(text) != unicodedata.normalize("NFC", text)


def write_plainly(text: str) -> str:
    """Return `text` with look-alike letters, text-speak and stretched words written out.

    Everything else, case and punctuation too, stays as it is.
    """
    plain = text if text.isascii() else _without_disguise(text)
    return _WORD.sub(_plain_word, plain)


class Spelling:
    """How the words of many texts are spelt, so that slips of one letter are read as meant."""

    def __init__(self, texts: Iterable[str], aliases: Aliases) -> None:
        self._aliases = aliases
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(word.lower() for word in _WORD.findall(write_plainly(text)))
        self.meant: Mapping[str, str] = _find_slips(counts)

    def match(self, text: str) -> str:
        """Return `text` as it is compared with others: aliases by one name, slips mended."""
        plain = write_plainly(text)
        if self.meant:
            plain = _WORD.sub(lambda found: self._mended(found.group()), plain)
        return self._by_one_name(plain)

    def match_word(self, token: str) -> str:
        """Return one word in small letters as it is compared with others."""
        plain = _plain_token(token)
        return self.meant.get(plain, plain)

    def names_in(self, text: str) -> Iterator[Place]:
        """Yield where `text` calls something by one of several names."""
        return self._aliases.find(text)

    def _mended(self, word: str) -> str:
        return self.meant.get(word.lower(), word)

    def _by_one_name(self, text: str) -> str:
        parts, at = [], 0
        for place in self._aliases.find(text):
            parts += [text[at : place.start], place.name]
            at = place.end
        return "".join((*parts, text[at:])) if parts else text


def _without_disguise(text: str) -> str:
    composed = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return _WORD.sub(lambda found: _undisguised(found.group()), composed)


def _undisguised(word: str) -> str:
    """Return a word of mixed alphabets, or in odd forms of Latin letters, in plain letters."""
    if word.isascii():
        return word
    formed = unicodedata.normalize("NFKC", word)
    has_latin = any(char.isascii() and char.isalpha() for char in formed)
    if formed.isascii() or not has_latin:
        return formed
    flat = flatten(formed)
    is_borrowed = any(_is_borrowed(char) for char in formed)
    return flat if is_borrowed and flat.isascii() else formed


def _is_borrowed(char: str) -> bool:
    return char.isalpha() and not unicodedata.name(char, "").startswith("LATIN")


def _plain_word(found: re.Match[str]) -> str:
    word = found.group()
    small = word.lower()
    plain = _plain_token(small)
    return word if plain == small else plain


@lru_cache(maxsize=100_000)
def _plain_token(small: str) -> str:
    bare = small.replace("’", "'")
    if bare in read_words("frequent_words") or "'" in bare:
        return small
    written_out = _text_speak().get(bare)
    if written_out:
        return written_out
    return _unstretched(bare) if _STRETCHED.search(bare) else small


def _unstretched(word: str) -> str:
    for kept in (r"\1\1", r"\1"):
        shorter = _STRETCHED.sub(kept, word)
        if shorter in read_words("frequent_words"):
            return shorter
    return _STRETCHED.sub(r"\1", word)


@lru_cache(maxsize=1)
def _text_speak() -> Mapping[str, str]:
    """Return the text-speak that stands for something else in nobody's trade.

    Two letters may be a service's name ("OT"), so they are left alone but for a few.
    """
    rows = ((row["spelling"], row["meaning"]) for row in read_rows("slang.csv"))
    told = {
        spelling: meaning
        for spelling, meaning in rows
        if meaning and " " not in spelling and (_is_long(spelling) or _has_digits(spelling))
    }
    return {**told, **SHORT_TEXT_SPEAK}


def _is_long(spelling: str) -> bool:
    return len(spelling) > 2 and spelling.isalpha()


def _has_digits(spelling: str) -> bool:
    return DIGITS_AND_LETTERS.fullmatch(spelling) is not None


def _find_slips(counts: Mapping[str, int]) -> dict[str, str]:
    """Return the words that are a slip of one letter in a commoner one, with what they meant."""
    usual = read_words("frequent_words")
    unknown = sorted(
        (word for word in counts if word not in usual and _may_be_slip(word)),
        key=lambda word: (-counts[word], word),
    )
    meant = {word: _meant(word, counts, usual) for word in unknown[:MOST_WORDS_CORRECTED]}
    return {word: other for word, other in meant.items() if other}


def _may_be_slip(word: str) -> bool:
    if len(word) < FEWEST_LETTERS_FORGIVEN or not (word.isascii() and word.isalpha()):
        return False
    return word not in read_words("stop_words") and not _is_form_of_usual(word)


def _is_form_of_usual(word: str) -> bool:
    """Return whether this is an everyday word with an ending, such as "calmer"."""
    usual = read_words("frequent_words")
    bare = [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)]
    return any(one in usual or f"{one}e" in usual or one[:-1] in usual for one in bare)


def _meant(word: str, counts: Mapping[str, int], usual: frozenset[str]) -> str:
    """Return what `word` stood for, or "": the commonest word here, else the one everyday word."""
    near = sorted(_one_slip_away(word))
    here = [
        (counts[each], each)
        for each in near
        if counts.get(each, 0) >= max(FEWEST_USES, TIMES_AS_COMMON * counts[word])
    ]
    if here:
        return max(here)[1]
    everyday = [each for each in near if each in usual]
    return everyday[0] if counts[word] < FEWEST_USES and len(everyday) == 1 else ""


def _one_slip_away(word: str) -> set[str]:
    """Return the words of which `word` is a likely slip: that begin and end as it does.

    A letter left out, put in or swapped with its neighbour, or a vowel for a vowel. Any letter for
    any other would turn "calmed" into "called".
    """
    splits = [(word[:at], word[at:]) for at in range(1, len(word))]
    fewer = {head + tail[1:] for head, tail in splits if len(tail) > 1}
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in splits if len(tail) > 1}
    vowels = {
        head + one + tail[1:]
        for head, tail in splits
        if tail[0] in _VOWELS and len(tail) > 1
        for one in _VOWELS
    }
    more = {head + one + tail for head, tail in splits for one in _LETTERS}
    return (fewer | swapped | vowels | more) - {word}
