"""Train and measure how the tone of an answer is read, on patients' feedback that people judged.

    python -m benchmarks.tone [--write]

`nhs_fft_v6.csv` says of each answer how people judged it, 1 (very positive) to 5 (very negative):
1 and 2 are positive here, 3 is neither (neutral or mixed), 4 and 5 are negative. Five folds (seed
1) are judged in turn by what the other four teach. Beside it: our rules alone, and VADER alone.
With --write the weights that the service uses are written, learnt from all answers.

Exit code 1 unless both bars are met and ours beats the others.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score

from benchmarks.coding import OWN_COPY, read_answers
from voice.analysis import tone
from voice.analysis.encoder import find_encoder
from voice.analysis.findings import Tone
from voice.analysis.tone_model import CLASSES, WEIGHTS, ToneModel, see
from voice.analysis.tone_words import feelings_in, read_by_rules
from voice.analysis.words import split_units

FOLDS, SEED = 5, 1
FREEDOM = 1.0  # the inverse of the regularisation
WORTH_OF_NEITHER = 0.6  # few answers are neither; hearing them costs a little accuracy
VADERS_OWN_LIMIT = 0.05
DECIMALS = 3
BARS = {"accuracy": 0.83, "macro-F1": 0.68}
JUDGED = {"1": Tone.POSITIVE, "2": Tone.POSITIVE, "3": Tone.NEUTRAL}
Rows = npt.NDArray[np.float64]


def read_judged(folder: Path = OWN_COPY) -> tuple[list[tuple[str, ...]], list[str], list[Tone]]:
    """Return each answer's units, its question, and how people judged it."""
    answers = read_answers(folder)
    units = [split_units(text) for text in answers["text"]]
    judged = [JUDGED.get(each, Tone.NEGATIVE) for each in answers["sentiment5"]]
    return units, answers["question"].tolist(), judged


def see_all(units: Sequence[tuple[str, ...]], asked: Sequence[str]) -> Rows:
    """Return what the model sees of each answer."""
    encoder = find_encoder()
    if encoder is None:
        raise SystemExit("The encoder's files are missing: see assets/encoder/README.md")
    encoder.encode([unit for several in units for unit in several])
    pairs = zip(units, asked, strict=True)
    return np.array([see(encoder, one, read_by_rules(one), question) for one, question in pairs])


def learn(seen: Rows, judged: Sequence[Tone]) -> tuple[Rows, Rows]:
    """Return the weights and starts that these answers teach."""
    numbers = np.array([CLASSES.index(each) for each in judged])
    fitted = LogisticRegression(C=FREEDOM, max_iter=2_000).fit(seen, numbers)
    starts = fitted.intercept_ + np.array([0.0, WORTH_OF_NEITHER, 0.0])
    return fitted.coef_.round(DECIMALS), starts.round(DECIMALS)


def read_with(
    weights: Rows, starts: Rows, units: Sequence[tuple[str, ...]], asked: Sequence[str]
) -> list[Tone]:
    """Return the tone of each answer as the service would read it with these weights."""
    encoder = find_encoder()
    assert encoder is not None  # noqa: S101 - `see_all` came first
    model = ToneModel(weights, starts, encoder)
    kept, tone.find_model = tone.find_model, lambda: model
    try:
        return [tone.read_tone(one, put) for one, put in zip(units, asked, strict=True)]
    finally:
        tone.find_model = kept


def figures(judged: Sequence[Tone], found: Sequence[Tone]) -> dict[str, float]:
    """Return accuracy and macro-F1; mixed counts as neither."""
    plain = [Tone.NEUTRAL if each is Tone.MIXED else each for each in found]
    names = [each.value for each in CLASSES]
    return {
        "accuracy": float(accuracy_score(judged, plain)),
        "macro-F1": float(f1_score(judged, plain, labels=names, average="macro")),
    }


def read_by_vader(units: Sequence[str]) -> Tone:
    """Return the tone by VADER alone, with its own limit."""
    compound = feelings_in(" ".join(units))[-1]
    if abs(compound) < VADERS_OWN_LIMIT:
        return Tone.NEUTRAL
    return Tone.POSITIVE if compound > 0 else Tone.NEGATIVE


def main(arguments: Sequence[str]) -> int:
    """Print the figures beside their bars, write the weights if asked; return the exit code."""
    units, asked, judged = read_judged()
    seen = see_all(units, asked)
    fold = np.random.RandomState(SEED).permutation(len(judged)) % FOLDS
    found: list[Tone] = [Tone.NEUTRAL] * len(judged)
    for one in range(FOLDS):
        taught, test = np.flatnonzero(fold != one), np.flatnonzero(fold == one)
        learnt = learn(seen[taught], [judged[at] for at in taught])
        read = read_with(*learnt, [units[at] for at in test], [asked[at] for at in test])
        for at, tone_read in zip(test, read, strict=True):
            found[at] = tone_read
    ours = figures(judged, found)
    others = {
        "our rules alone": figures(judged, [read_by_rules(each) for each in units]),
        "VADER alone": figures(judged, [read_by_vader(each) for each in units]),
    }
    print(f"{len(judged)} answers, {FOLDS} folds; bars {BARS}")
    for name, row in {"ours": ours, **others}.items():
        print(f"{name:16} " + "  ".join(f"{key} {value:.3f}" for key, value in row.items()))
    if "--write" in arguments:
        weights, starts = learn(seen, judged)
        WEIGHTS.parent.mkdir(parents=True, exist_ok=True)
        kept = {"weights": weights.tolist(), "starts": starts.tolist()}
        WEIGHTS.write_text(json.dumps(kept) + "\n", encoding="utf-8")
    met = all(ours[name] >= bar for name, bar in BARS.items())
    return 0 if met and all(ours["macro-F1"] > row["macro-F1"] for row in others.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
