"""Which concepts the words of one language stand for, and where they stand in a sentence."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from voice.analysis.safeguarding.languages.folding import fold_words
from voice.analysis.safeguarding.languages.mutations import inflected, mutated
from voice.analysis.safeguarding.resources import read_rows

DENIAL = "neg"
_EVERYDAY = ("common", DENIAL, "me", "he")
_GAP = 2  # of the words of a phrase, one other may stand between
_ADULT_YEARS = range(19, 80)
_CHILD_YEARS = range(3, 18)
_LONGEST_BEGINNING = 12
# How many words after a "not" are turned round, and how many before it may be.
_DENIES_AFTER = {"cy": 3, "pl": 2, "ur": 1}
_DENIES_BEFORE = {"cy": 0, "pl": 0, "ur": 2}
Places = dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One or several words that stand for a concept; each may be only a beginning."""

    concept: str
    words: tuple[frozenset[str], ...]
    open_ended: tuple[bool, ...]

    def ends_at(self, words: Sequence[str], start: int) -> int | None:
        """Return where the phrase that begins at `start` ends, or None if it is not there."""
        at = start
        for number in range(1, len(self.words)):
            following = range(at + 1, min(at + 1 + _GAP, len(words)))
            found = next((one for one in following if self._is_word(number, words[one])), None)
            if found is None:
                return None
            at = found
        return at

    def _is_word(self, number: int, word: str) -> bool:
        if self.open_ended[number]:
            return word.startswith(tuple(self.words[number]))
        return word in self.words[number]


class Vocabulary:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._whole: defaultdict[str, list[Phrase]] = defaultdict(list)
        self._beginnings: defaultdict[str, list[Phrase]] = defaultdict(list)
        for phrase in _read_phrases(language):
            index = self._beginnings if phrase.open_ended[0] else self._whole
            for form in phrase.words[0]:
                index[form].append(phrase)

    def knows(self, word: str) -> bool:
        """Return whether a phrase of this language begins with `word`."""
        begins = self._beginnings
        return word in self._whole or any([word[:length] in begins for length in _lengths(word)])

    def beginnings(self, length: int) -> frozenset[str]:
        """Return the first `length` letters of every word that names more than the language."""
        indexes = (self._whole, self._beginnings)
        named = {
            form
            for index in indexes
            for form, phrases in index.items()
            if any(phrase.concept not in _EVERYDAY for phrase in phrases)
        }
        return frozenset(form[:length] for form in named)

    def places(self, words: Sequence[str]) -> Places:
        """Return where each concept stands; with ! those that a "not" turns round."""
        spans = [
            (phrase.concept, at, end)
            for at, word in enumerate(words)
            for phrase in self._beginning_with(word)
            if (end := phrase.ends_at(words, at)) is not None
        ]
        denials = {at for concept, at, _ in spans if concept == DENIAL}
        places: defaultdict[str, list[int]] = defaultdict(list)
        for concept, at, end in spans:
            for name in self._polarities(concept, at, end, denials):
                places[name].append(at)
        for at, word in enumerate(words):
            if (years := _age(word)) is not None:
                places[years].append(at)
        return dict(places)

    def _beginning_with(self, word: str) -> Iterator[Phrase]:
        yield from self._whole.get(word, ())
        for length in _lengths(word):
            yield from self._beginnings.get(word[:length], ())

    def _polarities(self, concept: str, at: int, end: int, denials: set[int]) -> tuple[str, ...]:
        reach = _DENIES_AFTER[self.language]
        if concept != DENIAL and any(one in denials for one in range(at - reach, at)):
            denied = f"!{concept}"
            return (denied,) if concept in _deniable() else (concept, denied)
        later = range(end + 1, end + 1 + _DENIES_BEFORE[self.language])
        return (concept, f"!{concept}") if any(one in denials for one in later) else (concept,)


def _lengths(word: str) -> range:
    return range(2, min(len(word), _LONGEST_BEGINNING) + 1)


def _age(word: str) -> str | None:
    if not word.isdecimal() or len(word) > 2:
        return None
    years = int(word)
    return "young_age" if years in _CHILD_YEARS else "adult_age" if years in _ADULT_YEARS else None


def _read_phrases(language: str) -> Iterator[Phrase]:
    for row in read_rows(f"languages/concepts_{language}.csv"):
        for said in row["words"].split(";"):
            phrase = _read_phrase(row["concept"], said.strip(), language)
            if phrase.words:
                yield phrase


def _read_phrase(concept: str, said: str, language: str) -> Phrase:
    words: list[frozenset[str]] = []
    open_ended: list[bool] = []
    for part in said.split():
        folded = fold_words(part.rstrip("*"), language)
        for number, word in enumerate(folded):
            words.append(_forms(word) if language == "cy" else frozenset((word,)))
            open_ended.append(part.endswith("*") and number == len(folded) - 1)
    return Phrase(concept, tuple(words), tuple(open_ended))


def _forms(word: str) -> frozenset[str]:
    """Return a Welsh word in all its forms but those that mean an everyday word: `dim`."""
    forms = {form for one in inflected(word) for form in mutated(one)}
    return frozenset(forms - _everyday_words("cy") | {word})


@cache
def _everyday_words(language: str) -> frozenset[str]:
    rows = read_rows(f"languages/concepts_{language}.csv")
    said = [row["words"].split(";") for row in rows if row["concept"] in _EVERYDAY]
    return frozenset(word for one in said for each in one for word in fold_words(each, language))


@cache
def _deniable() -> frozenset[str]:
    return frozenset(row["concept"] for row in read_rows("languages/deniable.csv"))


@cache
def vocabulary_of(language: str) -> Vocabulary:
    """Return the vocabulary of `language`, read once."""
    return Vocabulary(language)
