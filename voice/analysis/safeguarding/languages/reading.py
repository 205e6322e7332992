"""Reads one sentence in each language that it may be in, and says what it raises."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from voice.analysis.safeguarding.concepts import known_words
from voice.analysis.safeguarding.languages import learned
from voice.analysis.safeguarding.languages.calls import find_calls
from voice.analysis.safeguarding.languages.features import find_features
from voice.analysis.safeguarding.languages.folding import (
    LANGUAGES,
    fold_words,
    has_apostrophe,
    plain_words,
)
from voice.analysis.safeguarding.languages.rules import ConceptRule, find_rules
from voice.analysis.safeguarding.languages.vocabulary import Vocabulary, vocabulary_of
from voice.analysis.safeguarding.resources import frequent_words, read_rows
from voice.analysis.safeguarding.values import Category, Tier, Urgency

ALERT_FROM = 2.5
SUPPORT_FROM = 1.5
STRONG_RULE = 4.0  # shows help even in a harmless context
FURTHER_RULE = 0.5  # what each further rule adds
MOST_FURTHER = 2
MOST_HARMLESS = 3.5
FEWEST_FOREIGN = 2
FEWEST_WORDS = 3  # of fewer the weights say nothing, and the rules all
# What the weights alone must say; they are learnt from few prototypes, so higher than in English.
ALERT_PROBABILITY = 0.55
SUPPORT_PROBABILITY = 0.42

_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_LATIN = re.compile(r"[a-zA-Z]")


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence as one language reads it. `is_chiefly` means that it is hardly English."""

    sentence: str
    language: str
    is_chiefly: bool
    score: float
    probability: float
    rules: tuple[ConceptRule, ...]
    features: frozenset[str]

    @property
    def harmful(self) -> tuple[ConceptRule, ...]:
        """Return the rules that point to harm."""
        return tuple(rule for rule in self.rules if not rule.is_harmless)

    @property
    def tier(self) -> Tier:
        """Return what the service does next."""
        if self.score >= ALERT_FROM or self.probability >= ALERT_PROBABILITY:
            return Tier.ALERT
        strong = any(rule.weight >= STRONG_RULE for rule in self.harmful)
        likely = self.score >= SUPPORT_FROM or self.probability >= SUPPORT_PROBABILITY
        return Tier.SUPPORT if likely or strong else Tier.NONE

    @property
    def rank(self) -> tuple[float, float]:
        """Return what tells the more telling of two findings."""
        heights = {Tier.NONE: 0.0, Tier.SUPPORT: 1.0, Tier.ALERT: 2.0}
        return heights[self.tier], self.score + self.probability

    @property
    def category(self) -> Category:
        """Return the kind of harm that the weightiest rules point to, or else the weights."""
        if not self.harmful:
            return learned.best_category(self.features)
        sums = {rule.category: 0.0 for rule in self.harmful}
        for rule in self.harmful:
            sums[rule.category] = max(sums[rule.category], rule.weight) + FURTHER_RULE / 2
        return Category(max(sums, key=lambda name: sums[name]))

    @property
    def urgency(self) -> Urgency:
        """Return `IMMEDIATE` if any rule says so: in doubt too early."""
        urgent = any(rule.urgency == Urgency.IMMEDIATE for rule in self.harmful)
        return Urgency.IMMEDIATE if urgent else Urgency.HIGH


def read_piece(sentence: str) -> Finding | None:
    """Return what the language that says most makes of `sentence`; None if it is in none."""
    typed = plain_words(sentence)
    if not has_apostrophe(sentence) and _english_words().issuperset(typed):
        return None  # no word of it is of another language alone
    languages = ("ur",) if _is_arabic(sentence) else LANGUAGES
    findings = [found for one in languages if (found := _read_in(sentence, typed, one)) is not None]
    return max(findings, key=lambda found: found.rank, default=None)


def _is_arabic(sentence: str) -> bool:
    return len(_ARABIC.findall(sentence)) * 2 > len(_LATIN.findall(sentence))


def _read_in(sentence: str, typed: Sequence[str], language: str) -> Finding | None:
    words = fold_words(sentence, language)
    vocabulary = vocabulary_of(language)
    foreign, english, all_english = _count(words, typed, vocabulary)
    calls = find_calls(words, language)
    if not calls and (not foreign or (foreign < FEWEST_FOREIGN and english)):
        return None
    places = vocabulary.places(words)
    rules = find_rules(places)
    features = find_features(language, words, places, rules)
    rules = [*calls, *rules]
    return Finding(
        sentence,
        language,
        foreign > all_english,
        _score(rules),
        learned.concern_probability(features) if foreign >= FEWEST_WORDS else 0.0,
        tuple(rules),
        features,
    )


def _count(
    words: Sequence[str], typed: Sequence[str], vocabulary: Vocabulary
) -> tuple[int, int, int]:
    """Return how many words only this language has, how many only English has, and all English.

    Where it has none alone, nobody asks for the others: they are not counted.
    """
    if len(words) != len(typed):  # Welsh parts its words at an apostrophe
        typed = words
    english = [word in _english_words() for word in typed]
    told = list(zip(words, english, strict=True))
    foreign = [word for word, is_english in told if not is_english and vocabulary.knows(word)]
    if not foreign:
        return 0, 0, sum(english)
    only_english = [word for word, is_english in told if is_english and not vocabulary.knows(word)]
    return len(foreign), len(only_english), sum(english)


def _score(rules: Sequence[ConceptRule]) -> float:
    harmful = sorted((rule.weight for rule in rules if not rule.is_harmless), reverse=True)
    if not harmful:
        return 0.0
    further = FURTHER_RULE * min(len(harmful) - 1, MOST_FURTHER)
    harmless = sum(rule.weight for rule in rules if rule.is_harmless)
    return harmful[0] + further - min(harmless, MOST_HARMLESS)


@cache
def _english_words() -> frozenset[str]:
    spellings = {row["spelling"] for row in read_rows("slang.csv")}
    return frequent_words() | known_words() | spellings
