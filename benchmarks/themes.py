"""Measure the themes against key points that people wrote, beside other methods.

    python -m benchmarks.themes [FOLDER]

FOLDER (else VOICE_BENCH_DATA, else the copy in this repository) holds `argkp.csv` and `unseen.npz`:
the vectors of eight questions by an encoder that was adapted without them (assets/encoder). The
service's own encoder has learnt from all questions, so these eight are measured, by those vectors.
Each question is read on its own. Only comments that people gave a key point count, except in the
finding itself. Beside ours, each with our number of themes: k-means and NMF on TF-IDF, k-means on
the same vectors, and BERTopic where it is installed.

- NMI: normalised mutual information of each comment's best theme with its key point, over the
  comments with exactly one key point.
- F1: found themes are paired with key points one to one so that the sum of F1 is largest; the mean
  of F1 over all key points, 0 for one without a theme.
- recall: share of the key points whose paired theme reaches F1 of at least 0.3.

The number of groups that is looked for was chosen on these questions too, so the figures are
slightly kind. Exit code 1 unless every bar is met and ours beats k-means on NMI and F1.
"""

import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment
from sklearn.cluster import KMeans
from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import normalized_mutual_info_score

from voice.analysis.comments import Comment, find_themes
from voice.analysis.encoder import Encoder, find_encoder

OWN_COPY = Path(__file__).parent / "data" / "argkp"
RECALLED_AT = 0.3
BASELINE_SEED = 0
BARS: Mapping[str, float] = {"f1": 0.50, "recall": 0.68, "nmi": 0.46}
HEADER = f"{'':58} {'themes':>6} {'NMI':>6} {'F1':>6} {'recall':>6} {'secs':>6}"


@dataclass(frozen=True, slots=True)
class Found:
    """The themes of each comment, best first; a comment may have none."""

    themes: Mapping[str, Sequence[str]]
    best: Mapping[str, str]
    seconds: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured on one question, or the mean over all."""

    themes: float
    nmi: float
    f1: float
    recall: float
    seconds: float

    def __str__(self) -> str:
        """Show all figures in columns under `HEADER`."""
        return (
            f"{self.themes:6.1f} {self.nmi:6.3f} {self.f1:6.3f} {self.recall:6.3f} "
            f"{self.seconds:6.2f}"
        )


def find_ours(comments: Sequence[Comment]) -> Found:
    """Return what this service finds."""
    report = find_themes(comments)
    themes: dict[str, list[str]] = {comment.id: [] for comment in comments}
    for theme in report.themes:
        for mention in theme.mentions:
            themes[mention.comment_id].append(theme.key)
    best = {comment: ranked[0] for comment, ranked in report.ranked.items() if ranked}
    return Found(themes, best, report.seconds)


def find_by_k_means(texts: Sequence[str], groups: int) -> Sequence[int]:
    """Return the group of each text by TF-IDF and k-means."""
    features = TfidfVectorizer(stop_words="english").fit_transform(texts)
    return KMeans(groups, n_init=10, random_state=BASELINE_SEED).fit_predict(features).tolist()


def find_by_nmf(texts: Sequence[str], groups: int) -> Sequence[int]:
    """Return the group of each text by TF-IDF and non-negative matrix factorisation."""
    features = TfidfVectorizer(stop_words="english").fit_transform(texts)
    parts = NMF(groups, init="nndsvda", max_iter=1_000, random_state=BASELINE_SEED)
    return parts.fit_transform(features).argmax(axis=1).tolist()


def find_by_vectors(texts: Sequence[str], groups: int) -> Sequence[int]:
    """Return the group of each text by the encoder's vectors and k-means."""
    vectors = _encoder().encode(texts)
    return KMeans(groups, n_init=10, random_state=BASELINE_SEED).fit_predict(vectors).tolist()


def find_by_bertopic(texts: Sequence[str], _groups: int) -> Sequence[int]:
    """Return the group of each text by BERTopic on the encoder's vectors; -1 is an outlier."""
    from bertopic import BERTopic  # noqa: PLC0415  # no part of the project

    topics, _ = BERTopic().fit_transform(list(texts), embeddings=_encoder().encode(texts))
    return [int(topic) for topic in topics]


OTHERS: Mapping[str, Callable[[Sequence[str], int], Sequence[int]]] = {
    "TF-IDF + k-means": find_by_k_means,
    "TF-IDF + NMF": find_by_nmf,
    "MiniLM (adapted) + k-means": find_by_vectors,
    **({"BERTopic": find_by_bertopic} if find_spec("bertopic") else {}),
}


def find_other(name: str, comments: Sequence[Comment], groups: int) -> Found:
    """Return what another method finds when told how many groups there are."""
    started = time.perf_counter()
    found = OTHERS[name]([one.text for one in comments], groups)
    best = {one.id: str(group) for one, group in zip(comments, found, strict=True) if group >= 0}
    themes = {one.id: [best[one.id]] if one.id in best else [] for one in comments}
    return Found(themes, best, time.perf_counter() - started)


def measure(found: Found, labels: Mapping[str, Sequence[str]]) -> Figures:
    """Return how well `found` agrees with the key points of the labelled comments."""
    matched = match_f1(found, labels)
    single = [comment for comment, keys in labels.items() if len(keys) == 1]
    nmi = normalized_mutual_info_score(
        [labels[comment][0] for comment in single],
        [found.best.get(comment, "none") for comment in single],
    )
    return Figures(
        themes=len({theme for themes in found.themes.values() for theme in themes}),
        nmi=float(nmi),
        f1=float(matched.mean()),
        recall=float((matched >= RECALLED_AT).mean()),
        seconds=found.seconds,
    )


def match_f1(found: Found, labels: Mapping[str, Sequence[str]]) -> np.ndarray:
    """Return the F1 of each key point with the theme paired with it, 0 where there is none."""
    points = _gather(labels)
    themes = _gather({comment: found.themes.get(comment, ()) for comment in labels})
    scores = np.array(
        [
            [2 * len(said & raised) / (len(said) + len(raised)) for raised in themes.values()]
            for said in points.values()
        ]
    ).reshape(len(points), len(themes))
    rows, columns = linear_sum_assignment(-scores)
    matched = np.zeros(len(points))
    matched[rows] = scores[rows, columns]
    return matched


def _gather(keys: Mapping[str, Sequence[str]]) -> dict[str, set[str]]:
    gathered: dict[str, set[str]] = {}
    for comment, several in keys.items():
        for key in several:
            gathered.setdefault(key, set()).add(comment)
    return gathered


def measure_question(answers: pd.DataFrame) -> dict[str, Figures]:
    """Return the figures of each method for the answers to one question."""
    comments = [Comment(row.id, row.text) for row in answers.itertuples()]
    labels = {row.id: row.labels.split("|") for row in answers.itertuples() if row.labels}
    ours = find_ours(comments)
    figures = {"ours": measure(ours, labels)}
    groups = max(1, int(figures["ours"].themes))
    for name in OTHERS:
        figures[name] = measure(find_other(name, comments, groups), labels)
    return figures


def remember_unseen(folder: Path) -> frozenset[str]:
    """Let the encoder go by the vectors that know nothing of their questions; return the texts."""
    kept = np.load(folder / "unseen.npz")
    texts = [str(text) for text in kept["texts"]]
    _encoder().remember(texts, list(kept["rows"]))
    return frozenset(texts)


def _encoder() -> Encoder:
    encoder = find_encoder()
    if encoder is None:
        raise SystemExit("The encoder's files are missing: see assets/encoder/README.md")
    return encoder


def main(arguments: Sequence[str]) -> int:
    """Print the figures of every question and their mean; return the exit code."""
    folder = arguments[0] if arguments else os.environ.get("VOICE_BENCH_DATA") or OWN_COPY
    answers = pd.read_csv(Path(folder) / "argkp.csv", dtype=str, keep_default_na=False)
    unseen = remember_unseen(Path(folder))
    find_themes([Comment("0", "The first call pays for loading the libraries")])
    measured: dict[str, list[Figures]] = {}
    print(HEADER)
    for question, asked in answers[answers["text"].isin(unseen)].groupby("question"):
        print(question)
        for name, figures in measure_question(asked).items():
            measured.setdefault(name, []).append(figures)
            print(f"    {name:54} {figures}", flush=True)
    means = {
        name: Figures(*np.mean([astuple(one) for one in several], axis=0))
        for name, several in measured.items()
    }
    print(f"mean of {len(measured['ours'])} questions that the encoder never saw")
    for name, figures in means.items():
        print(f"    {name:54} {figures}")
    ours, theirs = means["ours"], means["TF-IDF + k-means"]
    print(f"ours / TF-IDF + k-means: NMI {ours.nmi / theirs.nmi:.2f}, F1 {ours.f1 / theirs.f1:.2f}")
    missed = [f"{name} {bar}" for name, bar in BARS.items() if getattr(ours, name) < bar]
    print(f"bars missed: {', '.join(missed) or 'none'}")
    return 0 if not missed and ours.nmi > theirs.nmi and ours.f1 > theirs.f1 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
