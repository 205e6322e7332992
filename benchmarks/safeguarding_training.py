"""Trains the detector's weights: `python -m benchmarks.safeguarding_training`.

Learns from the reviewed prototypes, prints cross-validated figures, and writes
`lexicons/weights.json`. Run it after a prototype, a concept or a rule has changed.
Only this step needs scikit-learn; the service applies the weights in plain Python.
"""

import csv
import hashlib
import json
import sys
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from voice.analysis.safeguarding.features import find_features
from voice.analysis.safeguarding.grammar import find_hits
from voice.analysis.safeguarding.normalising import read_words
from voice.analysis.safeguarding.resources import read_rows

LEXICONS = Path(__file__).parent.parent / "voice" / "analysis" / "safeguarding" / "lexicons"
VERSIONED = (
    *("concepts.csv", "slang.csv", "rules.csv", "prototypes.csv", "background.csv"),
    "plain_answers.csv",
)
INVERSE_REGULARISATION = 0.3
FOLDS = 8
SEED = 7
# A miss is much worse than a false alarm, so an alert needs fewer than three chances in ten. The
# prototypes hold more near misses than real answers do: figures on them are on the hard side.
ALERT_FROM = 0.29
SUPPORT_FROM = 0.13
IMMEDIATE_FROM = 0.15
SMALLEST_WEIGHT = 0.005
FEWEST_SEEN = 2
UNREAD_SOURCES = ("pxtextmining", "themefinder")  # chosen by pattern, and not read one by one
UNREAD_SHARE = 0.25  # how much one of their sentences counts beside one that somebody read


class Prototypes:
    """The reviewed prototypes as a matrix of features, with what a reader said of each."""

    def __init__(self) -> None:
        with (LEXICONS / "prototypes.csv").open(encoding="utf-8", newline="") as lines:
            self.rows = list(csv.DictReader(lines))
        self.rows += [
            {"category": "none", "urgency": "none", "voice": row["source"], "text": row["text"]}
            for row in read_rows("background.csv")
        ]
        vectorizer = DictVectorizer()
        matrix = vectorizer.fit_transform(
            [dict.fromkeys(_features(row["text"]), 1.0) for row in self.rows]
        )
        kept = np.flatnonzero(np.asarray((matrix > 0).sum(axis=0)).ravel() >= FEWEST_SEEN)
        self.matrix = matrix[:, kept]
        self.names = vectorizer.get_feature_names_out()[kept]
        self.category = np.array([row["category"] for row in self.rows])
        self.urgent = np.array([row["urgency"] == "immediate" for row in self.rows])
        self.concern = self.category != "none"
        unread = np.array([row["voice"] in UNREAD_SOURCES for row in self.rows])
        self.shares = np.where(unread, UNREAD_SHARE, 1.0)


def train() -> None:
    """Train, print the cross-validated figures, write the weights."""
    learnt = Prototypes()
    predicted = _predict_concern(learnt)
    _print_cross_validated(learnt, predicted)
    if "--misses" in sys.argv:
        _print_misses(learnt, predicted)
    _print_urgency(learnt)
    harmful = learnt.matrix[learnt.concern]
    urgent, category = learnt.urgent[learnt.concern], learnt.category[learnt.concern]
    names = learnt.names
    _write(
        {
            "digest": _digest(),
            "thresholds": {
                "alert": ALERT_FROM,
                "support": SUPPORT_FROM,
                "immediate": IMMEDIATE_FROM,
            },
            "concern": weights_of_two(_fit_concern(learnt), names),
            "immediate": weights_of_two(_classifier().fit(harmful, urgent), names),
            "category": weights_of_several(_classifier().fit(harmful, category), names),
        }
    )


def _fit_concern(learnt: Prototypes) -> LogisticRegression:
    return _classifier().fit(learnt.matrix, learnt.concern, sample_weight=learnt.shares)


def _predict_concern(learnt: Prototypes) -> np.ndarray:
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    splits = list(folds.split(learnt.matrix, learnt.category))
    return cross_val_predict(
        _classifier(),
        learnt.matrix,
        learnt.concern,
        cv=splits,
        method="predict_proba",
        params={"sample_weight": learnt.shares},
    )[:, 1]


def _print_misses(learnt: Prototypes, predicted: np.ndarray) -> None:
    wrong = (predicted >= ALERT_FROM) != learnt.concern
    for row, probability, is_wrong in zip(learnt.rows, predicted, wrong, strict=True):
        if is_wrong:
            print(f"{probability:.2f} [{row['category']}] {row['text']}")


def _print_urgency(learnt: Prototypes) -> None:
    urgent = learnt.urgent[learnt.concern]
    harmful = learnt.matrix[learnt.concern]
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    category = cross_val_predict(_classifier(), harmful, learnt.category[learnt.concern], cv=folds)
    right = np.mean(category == learnt.category[learnt.concern])
    predicted = cross_val_predict(_classifier(), harmful, urgent, cv=folds, method="predict_proba")[
        :, 1
    ]
    seen = predicted >= IMMEDIATE_FROM
    print(f"category right {right:.3f}")
    print(f"immediate: {np.mean(seen[urgent]):.3f} of them, {np.mean(seen[~urgent]):.3f} of others")


def _write(weights: dict[str, object]) -> None:
    path = LEXICONS / "weights.json"
    path.write_text(json.dumps(weights, separators=(",", ":"), sort_keys=True) + "\n", "utf-8")
    print(f"wrote {path.name}: {path.stat().st_size / 1e6:.2f} MB")


def _features(text: str) -> frozenset[str]:
    words = read_words(text)
    return find_features(words, find_hits(words))


def _classifier() -> LogisticRegression:
    return LogisticRegression(C=INVERSE_REGULARISATION, max_iter=2000, random_state=SEED)


def _print_cross_validated(learnt: Prototypes, predicted: np.ndarray) -> None:
    none = ~learnt.concern  # the background included
    voice = np.array([row["voice"] for row in learnt.rows])
    for title, limit in (("alert", ALERT_FROM), ("support", SUPPORT_FROM)):
        print(f"{title} recall {np.mean(predicted[~none] >= limit):.3f}", end=" ")
        print(f"false alarms {np.mean(predicted[none] >= limit):.3f}")
    alerted = predicted >= ALERT_FROM
    for name in sorted(set(learnt.category)):
        print(f"{name:28}{np.mean(alerted[learnt.category == name]):.3f}")
    _print_voices(voice, alerted, none)


def _print_voices(voice: np.ndarray, alerted: np.ndarray, none: np.ndarray) -> None:
    for name in sorted(set(voice)):
        for title, kind in (("recall", ~none), ("false alarms", none)):
            here = alerted[(voice == name) & kind]
            if len(here):
                print(f"{name:14}{title:14}{np.mean(here):.3f}")


def weights_of_two(model: LogisticRegression, names: np.ndarray) -> dict[str, object]:
    """Return what tells one class from the other, without weights too small to matter."""
    weights = {
        str(name): round(float(weight), 3)
        for name, weight in zip(names, model.coef_[0], strict=True)
        if abs(weight) >= SMALLEST_WEIGHT
    }
    return {"bias": round(float(model.intercept_[0]), 4), "weights": weights}


def weights_of_several(model: LogisticRegression, names: np.ndarray) -> dict[str, object]:
    """Return what tells several classes apart, one weight each, likewise."""
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
