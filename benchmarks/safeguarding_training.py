"""Trains the detector's weights: `python -m benchmarks.safeguarding_training`.

Learns from the reviewed prototypes, prints cross-validated figures, and writes
`lexicons/weights.json`. Run it after a prototype, a concept or a rule has changed.
Only this step needs scikit-learn; the service applies the weights in plain Python.
"""

import csv
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from voice.analysis.safeguarding.features import find_features
from voice.analysis.safeguarding.grammar import find_hits
from voice.analysis.safeguarding.normalising import read_words

LEXICONS = Path(__file__).parent.parent / "voice" / "analysis" / "safeguarding" / "lexicons"
VERSIONED = ("concepts.csv", "slang.csv", "rules.csv", "prototypes.csv")
INVERSE_REGULARISATION = 0.5
FOLDS = 8
SEED = 7
WANTED_RECALL = 0.965  # of the alert tier, cross-validated
WANTED_SUPPORT_RECALL = 0.99
WANTED_IMMEDIATE_RECALL = 0.9
SMALLEST_WEIGHT = 0.005
FEWEST_SEEN = 2


def train() -> None:
    """Train, print the figures, write the weights."""
    with (LEXICONS / "prototypes.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    features = [_features(row["text"]) for row in rows]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(some, 1.0) for some in features])
    seen = np.asarray((matrix > 0).sum(axis=0)).ravel()
    kept = np.flatnonzero(seen >= FEWEST_SEEN)
    matrix = matrix[:, kept]
    names = vectorizer.get_feature_names_out()[kept]
    category = np.array([row["category"] for row in rows])
    urgent = np.array([row["urgency"] == "immediate" for row in rows])
    concern = category != "none"
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    predicted = cross_val_predict(
        _classifier(),
        matrix,
        concern,
        cv=list(folds.split(matrix, category)),
        method="predict_proba",
    )[:, 1]
    alert = _threshold(predicted[concern], WANTED_RECALL)
    support = min(alert, _threshold(predicted[concern], WANTED_SUPPORT_RECALL))
    _print_cross_validated(rows, predicted, alert, support)
    harmful = matrix[concern]
    immediate = cross_val_predict(
        _classifier(), harmful, urgent[concern], cv=FOLDS, method="predict_proba"
    )[:, 1]
    urgent_limit = _threshold(immediate[urgent[concern]], WANTED_IMMEDIATE_RECALL)
    fallen = np.mean(immediate[~urgent[concern]] >= urgent_limit)
    print(f"immediate: {WANTED_IMMEDIATE_RECALL:.2f} at {fallen:.2f} of the others")
    weights = {
        "digest": _digest(),
        "thresholds": {
            "alert": round(float(alert), 4),
            "support": round(float(support), 4),
            "immediate": round(float(urgent_limit), 4),
        },
        "concern": _binary(_classifier().fit(matrix, concern), names),
        "immediate": _binary(_classifier().fit(harmful, urgent[concern]), names),
        "category": _several(_classifier().fit(harmful, category[concern]), names),
    }
    path = LEXICONS / "weights.json"
    path.write_text(json.dumps(weights, separators=(",", ":"), sort_keys=True) + "\n", "utf-8")
    print(f"wrote {path.name}: {path.stat().st_size / 1e6:.2f} MB, {len(names)} features")


def _features(text: str) -> frozenset[str]:
    words = read_words(text)
    return find_features(words, find_hits(words))


def _classifier() -> LogisticRegression:
    return LogisticRegression(C=INVERSE_REGULARISATION, max_iter=2000, random_state=SEED)


def _threshold(probabilities: np.ndarray, recall: float) -> float:
    return float(np.quantile(probabilities, 1 - recall))


def _print_cross_validated(
    rows: Sequence[dict[str, str]], predicted: np.ndarray, alert: float, support: float
) -> None:
    category = np.array([row["category"] for row in rows])
    voice = np.array([row["voice"] for row in rows])
    none = category == "none"
    print(f"cross-validated, {FOLDS} folds; thresholds alert {alert:.3f} support {support:.3f}")
    print(f"alert recall {np.mean(predicted[~none] >= alert):.3f}", end=" ")
    print(f"false alarms {np.mean(predicted[none] >= alert):.3f}")
    print(f"support recall {np.mean(predicted[~none] >= support):.3f}", end=" ")
    print(f"false alarms {np.mean(predicted[none] >= support):.3f}")
    for name in sorted(set(category)):
        print(f"{name:28}{np.mean(predicted[category == name] >= alert):.3f}")
    for name in sorted(set(voice)):
        here = voice == name
        print(
            f"{name:28}recall {np.mean(predicted[here & ~none] >= alert):.3f}"
            f"  false alarms {np.mean(predicted[here & none] >= alert):.3f}"
        )
    if "--misses" in sys.argv:
        for row, probability in zip(rows, predicted, strict=True):
            if (probability >= alert) != (row["category"] != "none"):
                print(f"{probability:.2f} [{row['category']}] {row['text']}")


def _binary(model: LogisticRegression, names: np.ndarray) -> dict[str, object]:
    weights = {
        str(name): round(float(weight), 3)
        for name, weight in zip(names, model.coef_[0], strict=True)
        if abs(weight) >= SMALLEST_WEIGHT
    }
    return {"bias": round(float(model.intercept_[0]), 4), "weights": weights}


def _several(model: LogisticRegression, names: np.ndarray) -> dict[str, object]:
    weights = {
        str(name): [round(float(weight), 2) for weight in column]
        for name, column in zip(names, model.coef_.T, strict=True)
        if np.max(np.abs(column)) >= 10 * SMALLEST_WEIGHT
    }
    bias = [round(float(one), 3) for one in model.intercept_]
    return {"names": [str(one) for one in model.classes_], "bias": bias, "weights": weights}


def _digest() -> str:
    whole = b"".join((LEXICONS / name).read_bytes() for name in VERSIONED)
    return hashlib.sha256(whole).hexdigest()[:10]


if __name__ == "__main__":
    train()
