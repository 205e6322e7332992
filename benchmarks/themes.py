"""Measure the themes against key points that people wrote, beside TF-IDF and k-means.

    python -m benchmarks.themes [FOLDER]

FOLDER (else VOICE_BENCH_DATA, else the copy in this repository) holds `argkp.csv`. Each question is
read on its own. Only comments that people gave a key point count, except in the finding itself.

- NMI: normalised mutual information of each comment's best theme with its key point, over the
  comments with exactly one key point.
- F1: found themes are paired with key points one to one so that the sum of F1 is largest; the mean
  of F1 over all key points, 0 for one without a theme.
- recall: share of the key points whose paired theme reaches F1 of at least 0.3.

Exit code 1 unless ours beats k-means with our number of themes on both NMI and F1.
"""

import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import normalized_mutual_info_score

from voice.analysis.comments import Comment, find_themes

OWN_COPY = Path(__file__).parent / "data" / "argkp"
RECALLED_AT = 0.3
BASELINE_SEED = 0
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


def find_baseline(comments: Sequence[Comment], groups: int) -> Found:
    """Return what TF-IDF and k-means find when told how many groups there are."""
    started = time.perf_counter()
    features = TfidfVectorizer(stop_words="english").fit_transform(one.text for one in comments)
    means = KMeans(groups, n_init=10, random_state=BASELINE_SEED)
    best = dict(
        zip([one.id for one in comments], map(str, means.fit_predict(features)), strict=True)
    )
    seconds = time.perf_counter() - started
    return Found({comment: [theme] for comment, theme in best.items()}, best, seconds)


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
    methods: dict[str, Callable[[], int]] = {
        "k-means, our number": lambda: max(1, int(figures["ours"].themes)),
        "k-means, true number": lambda: len(_gather(labels)),
    }
    for name, groups in methods.items():
        figures[name] = measure(find_baseline(comments, groups()), labels)
    return figures


def main(arguments: Sequence[str]) -> int:
    """Print the figures of every question and their mean; return the exit code."""
    folder = arguments[0] if arguments else os.environ.get("VOICE_BENCH_DATA") or OWN_COPY
    answers = pd.read_csv(Path(folder) / "argkp.csv", dtype=str, keep_default_na=False)
    find_themes([Comment("0", "The first call pays for loading the libraries")])
    measured: dict[str, list[Figures]] = {}
    print(HEADER)
    for question, asked in answers.groupby("question"):
        print(question)
        for name, figures in measure_question(asked).items():
            measured.setdefault(name, []).append(figures)
            print(f"    {name:54} {figures}", flush=True)
    means = {
        name: Figures(*np.mean([astuple(one) for one in several], axis=0))
        for name, several in measured.items()
    }
    print(f"mean of {len(measured['ours'])} questions")
    for name, figures in means.items():
        print(f"    {name:54} {figures}")
    ours, theirs = means["ours"], means["k-means, our number"]
    print(
        f"ours / k-means, our number: NMI {ours.nmi / theirs.nmi:.2f}, F1 {ours.f1 / theirs.f1:.2f}"
    )
    return 0 if ours.nmi > theirs.nmi and ours.f1 > theirs.f1 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
