"""Trains the weights for Welsh, Polish and Urdu.

`python -m benchmarks.safeguarding_training_languages` learns from
`lexicons/languages/prototypes.csv`, prints cross-validated figures and writes
`lexicons/languages/weights.json`. Run it after a prototype, a word or a rule has changed.
"""

import json

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from benchmarks.safeguarding_training import LEXICONS, weights_of_several, weights_of_two
from voice.analysis.safeguarding.languages.features import find_features
from voice.analysis.safeguarding.languages.folding import LANGUAGES, fold_words
from voice.analysis.safeguarding.languages.reading import ALERT_PROBABILITY, SUPPORT_PROBABILITY
from voice.analysis.safeguarding.languages.rules import find_rules
from voice.analysis.safeguarding.languages.vocabulary import vocabulary_of
from voice.analysis.safeguarding.resources import languages_digest, read_rows

WEIGHTS = LEXICONS / "languages" / "weights.json"
INVERSE_REGULARISATION = 0.1
FOLDS = 8
SEED = 7
FEWEST_SEEN = 2


def train() -> None:
    """Train, print the cross-validated figures, write the weights."""
    rows = list(read_rows("languages/prototypes.csv"))
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [dict.fromkeys(_features(row["language"], row["text"]), 1.0) for row in rows]
    )
    kept = np.flatnonzero(np.asarray((matrix > 0).sum(axis=0)).ravel() >= FEWEST_SEEN)
    matrix, names = matrix[:, kept], vectorizer.get_feature_names_out()[kept]
    concern = np.array([row["category"] != "none" for row in rows])
    _print_cross_validated(rows, matrix, concern)
    categories = np.array([row["category"] for row in rows])[concern]
    _write(
        {
            "digest": languages_digest(),
            "concern": weights_of_two(_classifier().fit(matrix, concern), names),
            "category": weights_of_several(_classifier().fit(matrix[concern], categories), names),
        }
    )


def _features(language: str, text: str) -> frozenset[str]:
    words = fold_words(text, language)
    places = vocabulary_of(language).places(words)
    return find_features(language, words, places, find_rules(places))


def _classifier() -> LogisticRegression:
    return LogisticRegression(C=INVERSE_REGULARISATION, max_iter=3000, random_state=SEED)


def _print_cross_validated(
    rows: list[dict[str, str]], matrix: np.ndarray, concern: np.ndarray
) -> None:
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    predicted = cross_val_predict(_classifier(), matrix, concern, cv=folds, method="predict_proba")[
        :, 1
    ]
    languages = np.array([row["language"] for row in rows])
    for title, limit in (("alert", ALERT_PROBABILITY), ("support", SUPPORT_PROBABILITY)):
        for language in LANGUAGES:
            here = predicted[languages == language] >= limit
            told = concern[languages == language]
            print(f"weights alone, {title}, {language}: recall {np.mean(here[told]):.3f}", end=" ")
            print(f"false alarms {np.mean(here[~told]):.3f}")


def _write(weights: dict[str, object]) -> None:
    text = json.dumps(weights, separators=(",", ":"), sort_keys=True)
    WEIGHTS.write_text(text + "\n", "utf-8")
    print(f"wrote {WEIGHTS.name}: {len(text) / 1e6:.2f} MB")


if __name__ == "__main__":
    train()
