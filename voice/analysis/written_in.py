"""Which language an answer is written in, told from its letters and its small words.

Cautious: what cannot be told counts as English, and misspelt English is English. Where nobody told
us a language's small words, a long text without a word of English is "another language".
"""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache

from voice.analysis.lexicon_files import read_lines, read_words
from voice.analysis.safeguarding.languages.folding import (
    LANGUAGES,
    fold_words,
    plain_words,
    without_marks,
)
from voice.analysis.safeguarding.languages.vocabulary import vocabulary_of

ENGLISH = "en"
ANOTHER = "other"
FEWEST_SMALL_WORDS = 2
FEWEST_WORDS_OF_ANOTHER = 6
MOST_ENGLISH_OF_ANOTHER = 0.25
WORDS_READ = 60
LETTERS = "letters:"

NAMES = {
    ENGLISH: "English", "pl": "Polish", "cy": "Welsh", "ur": "Urdu", "ro": "Romanian",
    "fr": "French", "es": "Spanish", "pt": "Portuguese", "de": "German", "it": "Italian",
    "lt": "Lithuanian", "sq": "Albanian", "tr": "Turkish", "so": "Somali",
    ANOTHER: "another language",
}  # fmt: skip
_URDU_ALONE = re.compile("[ٹڈڑںےھہ]")
_ALPHABETS = {
    "CYRILLIC": "Cyrillic", "ARABIC": "Arabic", "GURMUKHI": "Gurmukhi (Punjabi)",
    "DEVANAGARI": "Devanagari", "BENGALI": "Bengali", "GUJARATI": "Gujarati", "TAMIL": "Tamil",
    "CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean",
    "HEBREW": "Hebrew", "GREEK": "Greek", "THAI": "Thai", "ETHIOPIC": "Ethiopic",
}  # fmt: skip


def language_of(text: str) -> str:
    """Return the code of the language of `text`: one of `NAMES`, or "letters:" and an alphabet."""
    if not text.isascii() and (letters := _alphabet(text)):
        return "ur" if letters == "Arabic" and _URDU_ALONE.search(text) else LETTERS + letters
    words = plain_words(text)[:WORDS_READ]
    english = sum(word in _english_small_words() for word in words)
    if english * 3 >= len(words):
        return ENGLISH  # as most are, so that they cost nothing more
    scores = _scores(text, words)
    best = max(scores, key=lambda one: scores[one], default=ENGLISH)
    if scores[best] >= FEWEST_SMALL_WORDS and scores[best] > english:
        return best
    return ANOTHER if _is_another(words, english) else ENGLISH


def name_of(language: str) -> str:
    """Return what a language is called in "Written in …"."""
    if language.startswith(LETTERS):
        return f"{language.removeprefix(LETTERS)} letters"
    return NAMES[language]


def small_words_of(language: str) -> frozenset[str]:
    """Return the small words of a language, without marks; none where nobody told us."""
    rows = csv.DictReader(read_lines("languages_told", "csv"))
    words = " ".join(row["words"] for row in rows if row["language"] == language)
    return frozenset(map(without_marks, words.split()))


def _alphabet(text: str) -> str:
    """Return the alphabet that most letters of `text` are of, "" for our own."""
    found: Counter[str] = Counter()
    for char in text:
        if char.isalpha():
            named = unicodedata.name(char, "").split(" ")[0].split("-")[0]
            found["" if char.isascii() else _ALPHABETS.get(named, "")] += 1
    return max(found, key=lambda one: (found[one], one == ""), default="")


def _scores(text: str, words: Sequence[str]) -> dict[str, int]:
    scores: Counter[str] = Counter()
    for word in set(words):
        for language in _small_words().get(word, ()):
            scores[language] += 1
    foreign = {word for word in words if word not in read_words("frequent_words")}
    for language in LANGUAGES:
        known = filter(vocabulary_of(language).knows, set(fold_words(text, language)))
        scores[language] += len(foreign.intersection(known))
    return scores


def _is_another(words: Sequence[str], english: int) -> bool:
    if english or len(words) < FEWEST_WORDS_OF_ANOTHER:
        return False
    usual = read_words("frequent_words")
    return sum(word in usual for word in words) <= MOST_ENGLISH_OF_ANOTHER * len(words)


@cache
def _small_words() -> dict[str, tuple[str, ...]]:
    """Return which languages each small word is of, without marks; none that English has too."""
    found: dict[str, tuple[str, ...]] = {}
    for row in csv.DictReader(read_lines("languages_told", "csv")):
        for word in row["words"].split():
            plain = without_marks(word)
            if plain not in _english_small_words():
                found[plain] = (*found.get(plain, ()), row["language"])
    return found


@cache
def _english_small_words() -> frozenset[str]:
    return read_words("stop_words")
