"""The tone of words by rules: VADER's word list and our own adjustments for answers to a council.

Knows no context: irony, politeness ("could be a bit quicker"), plain reports of harm ("he hit me")
and languages other than English are read wrongly or as neutral.
"""

from collections.abc import Sequence
from functools import cache, lru_cache

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from voice.analysis.findings import Tone
from voice.analysis.lexicon_files import read_lines
from voice.analysis.tone_rules import (
    complains,
    is_sure_doubt,
    split_at_doubt,
    tells_of_improvement,
)

CLEARLY = 0.25  # VADER suggests 0.05, which calls almost every service answer positive
MAX_CHARS_READ = 2_000
MOST_REMEMBERED = 10_000  # texts
SCORES = ("pos", "neg", "neu", "compound")


def read_by_rules(units: Sequence[str]) -> Tone:
    """Return the tone of one person's sentences and clauses: mixed when they disagree."""
    tones = {tone for unit in units for tone in _read_unit(unit[:MAX_CHARS_READ])} - {Tone.NEUTRAL}
    if len(tones) > 1:
        return Tone.MIXED
    return tones.pop() if tones else Tone.NEUTRAL


def feelings_in(text: str) -> list[float]:
    """Return VADER's four scores of a text, in the order of `SCORES`."""
    return list(_score(text[:MAX_CHARS_READ]))


def _read_unit(unit: str) -> set[Tone]:
    before, doubt = split_at_doubt(unit)
    tones = {_read_words(before)}
    if doubt:
        is_liked = _read_words(doubt) is Tone.POSITIVE and not is_sure_doubt(doubt)
        tones.add(Tone.POSITIVE if is_liked else Tone.NEGATIVE)
    if complains(unit):
        tones.add(Tone.NEGATIVE)
    if tells_of_improvement(unit):
        tones.add(Tone.POSITIVE)
    return tones


def _read_words(words: str) -> Tone:
    score = _score(words)[SCORES.index("compound")]
    if abs(score) < CLEARLY:
        return Tone.NEUTRAL
    return Tone.POSITIVE if score > 0 else Tone.NEGATIVE


@lru_cache(maxsize=MOST_REMEMBERED)
def _score(text: str) -> tuple[float, ...]:
    """Return VADER's scores; most answers are one sentence, asked about by us and by the model."""
    scores = _analyser().polarity_scores(text)
    return tuple(float(scores[name]) for name in SCORES)


@cache
def _analyser() -> SentimentIntensityAnalyzer:
    analyser = SentimentIntensityAnalyzer()
    for line in read_lines("tone_adjustments"):
        word, valence = line.split("\t")
        analyser.lexicon[word] = float(valence)
    return analyser
