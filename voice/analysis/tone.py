"""Whether people speak well or badly of something.

A small model that learnt from patients' feedback (`python -m benchmarks.tone`): from what the words
mean, from VADER and our rules, and from how the question is put ("What could be better?"). Without
the encoder's files, and in other languages than English, our rules alone. Show counts over many
people, never a verdict on one answer, and never use it to decide what is urgent.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from voice.analysis.findings import Tone, ToneCounts
from voice.analysis.tone_model import ToneModel, asks_to_judge, find_model
from voice.analysis.tone_words import read_by_rules
from voice.analysis.written_in import ENGLISH, language_of

SURE = 0.8  # to say more than the rules do, where nobody asked for a judgement
HARDLY_SURE = 0.6
MOST_REMEMBERED = 20_000  # answers


def read_tone(units: Sequence[str], question: str = "") -> Tone:
    """Return the tone of one person's sentences and clauses: mixed when they disagree.

    `question` is what they were asked, in its own words. Where it asks for a judgement, as those
    do from which the model learnt, the model decides; elsewhere the rules do if they hear anything.
    """
    return _read(tuple(units), question, find_model())


@lru_cache(maxsize=MOST_REMEMBERED)
def _read(units: tuple[str, ...], question: str, model: ToneModel | None) -> Tone:
    """Return what `read_tone` promises; one who raises three themes at once is read once."""
    by_rules = read_by_rules(units)
    if not units or model is None or language_of(" ".join(units)) != ENGLISH:
        return by_rules
    tone, chance = model.judge(units, by_rules, question)
    if not asks_to_judge(question):
        return tone if by_rules is Tone.NEUTRAL and chance >= SURE else by_rules
    if by_rules is Tone.MIXED and chance < HARDLY_SURE:
        return Tone.MIXED
    return tone


def count_tones(people: Iterable[tuple[Tone, int]]) -> ToneCounts:
    """Return how many people speak in each tone; each tone comes with how many wrote the same."""
    counts: Counter[Tone] = Counter()
    for tone, many in people:
        counts[tone] += many
    return ToneCounts(**{tone.value: counts[tone] for tone in Tone})
