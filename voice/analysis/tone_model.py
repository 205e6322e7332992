"""The model that reads a tone: what it sees of an answer, and the weights that it learnt.

`models/tone/weights.json` is written by `python -m benchmarks.tone --write`.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from voice.analysis.encoder import Encoder, find_encoder
from voice.analysis.findings import Tone
from voice.analysis.tone_words import feelings_in

Numbers = npt.NDArray[np.float64]

WEIGHTS = Path(__file__).parent / "models" / "tone" / "weights.json"
CLASSES = (Tone.POSITIVE, Tone.NEUTRAL, Tone.NEGATIVE)
WORTH_OF_MEANING = 4.0
_ASKS_FOR_FAULTS = re.compile(
    r"\b(?:improv|better|chang|wrong|worr|difficult|dislike|worst|problem|concern|not work|less)",
    re.IGNORECASE,
)
_ASKS_FOR_MERITS = re.compile(
    r"\bwhat (?:\w+ ){1,4}?(?:good|well|best|like|enjoy|helpful|proud)\b|\bpositive\b",
    re.IGNORECASE,
)
_ASKS_FOR_BOTH = re.compile(r"satisf|\bwhy\b|\bexperience", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class ToneModel:
    """A row of weights and a start for each of `CLASSES`."""

    weights: Numbers
    starts: Numbers
    encoder: Encoder

    def judge(self, units: Sequence[str], by_rules: Tone, question: str) -> tuple[Tone, float]:
        """Return the likeliest tone of what somebody wrote, never mixed, and how likely it is."""
        sums = self.weights @ see(self.encoder, units, by_rules, question) + self.starts
        chances = np.exp(sums - sums.max())
        best = int(chances.argmax())
        return CLASSES[best], float(chances[best] / chances.sum())


def see(encoder: Encoder, units: Sequence[str], by_rules: Tone, question: str) -> Numbers:
    """Return what the model sees: the meaning of the units, feelings, rules, and the question."""
    meant = encoder.encode(units).mean(axis=0)
    meant = meant / max(float(np.linalg.norm(meant)), 1e-9)
    ruled = [float(by_rules is tone) for tone in Tone]
    asked = _read_question(question)
    parts = [meant * WORTH_OF_MEANING, feelings_in(" ".join(units)), ruled, asked]
    return np.concatenate([np.asarray(part, dtype=np.float64) for part in parts])


def asks_to_judge(question: str) -> bool:
    """Return whether a question asks what is good, what is bad, or how something was."""
    return any(_read_question(question))


def _read_question(question: str) -> list[float]:
    asks = (_ASKS_FOR_FAULTS, _ASKS_FOR_MERITS, _ASKS_FOR_BOTH)
    return [float(one.search(question) is not None) for one in asks]


@cache
def find_model() -> ToneModel | None:
    """Return the model, or None where the encoder's files are missing."""
    encoder = find_encoder()
    if encoder is None:
        return None
    kept = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    weights, starts = (np.asarray(kept[name], dtype=np.float64) for name in ("weights", "starts"))
    return ToneModel(weights, starts, encoder)
