"""Learning a frame from coded examples: least squares on likeness, and how sure it is.

What is said of an example itself is what would be said had it not been seen: least squares gives
that in one step (leave one out), so that no coded answer is wasted on choosing the thresholds.

Source: Rifkin and Lippert (2007), regularised least squares; Platt (1999), from scores to chances.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

Numbers = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]

RIDGE = 3.0
MOST_EXAMPLES = 4_000
FEWEST_EXAMPLES = 20
FEWEST_TO_JUDGE = 2
SCORE_SCALE = 5.0
CHANCE_WITHOUT_EXAMPLES = 0.3
LEAST_LIKENESS = 0.1
SHARE_OF_BEST = 0.7
THRESHOLDS = np.linspace(0.1, 0.6, 26)
FIRST_THRESHOLDS = (-1.0, 0.05, 0.1, 0.15, 0.2)


@dataclass(frozen=True, slots=True)
class Coder:
    """What was learnt. It raises a theme from `least` on, and the best one from `least_first`."""

    weights: npt.NDArray[np.float32]
    base: Numbers
    slopes: Numbers
    starts: Numbers
    least: float
    least_first: float
    examples: int

    def strengths(self, seen: sp.csr_matrix) -> Numbers:
        """Return how sure each theme is of each row, 0 to 1."""
        return _chances(np.asarray(seen @ self.weights) + self.base, self.slopes, self.starts)

    def decide(self, strengths: Numbers) -> Marks:
        """Return which themes each row raises."""
        if self.examples:
            return _decide(strengths, self.least, self.least_first)
        best = strengths.max(axis=1, keepdims=True)
        return np.asarray((strengths >= SHARE_OF_BEST * best) & (best >= LEAST_LIKENESS))


def learn(seen: sp.csr_matrix, codes: Marks, themes: sp.csr_matrix) -> Coder:
    """Return what these coded rows teach about these themes; one column of `codes` a theme.

    Each theme's own words are one more example of it. There must be `FEWEST_EXAMPLES` rows.
    """
    step = -(-len(codes) // MOST_EXAMPLES)
    rows = sp.csr_matrix(sp.vstack([seen[::step], themes]))
    given = codes[::step].astype(np.float64)
    marks = np.vstack([given, np.eye(themes.shape[0])])
    base = marks.mean(axis=0)
    inverse = np.linalg.inv((rows @ rows.T).toarray() + RIDGE * np.eye(len(marks)))
    pulls = inverse @ (marks - base)
    unseen = (marks - pulls / np.diag(inverse)[:, None])[: len(given)]
    slopes, starts = _calibrate(unseen, given)
    least, least_first = _choose_thresholds(_chances(unseen, slopes, starts), given)
    weights = np.asarray(rows.T @ pulls, dtype=np.float32)
    return Coder(weights, base, slopes, starts, least, least_first, len(given))


def follow_names(themes: sp.csr_matrix) -> Coder:
    """Return what goes by likeness to the themes' own words, where too little is coded."""
    squares = np.asarray(themes.multiply(themes).sum(axis=1)).ravel()
    weights = sp.diags(1 / squares) @ themes
    nothing = np.zeros(themes.shape[0])
    return Coder(weights.T.toarray().astype(np.float32), nothing, nothing, nothing, 0.0, 0.0, 0)


def _calibrate(scores: Numbers, marks: Numbers) -> tuple[Numbers, Numbers]:
    """Return for each theme the slope and start of the curve from a score to a chance."""
    slopes, starts = np.zeros(marks.shape[1]), np.zeros(marks.shape[1])
    for theme, given in enumerate(marks.T):
        if FEWEST_TO_JUDGE <= given.sum() < len(given):
            fitted = LogisticRegression(C=10).fit(scores[:, [theme]] * SCORE_SCALE, given)
            slopes[theme], starts[theme] = fitted.coef_[0, 0], fitted.intercept_[0]
    return slopes, starts


def _chances(scores: Numbers, slopes: Numbers, starts: Numbers) -> Numbers:
    plain = np.clip(scores, 0, 1)
    if not slopes.any():
        return plain
    curved = 1 / (1 + np.exp(-(scores * SCORE_SCALE * slopes + starts)))
    return np.where(slopes != 0, curved, plain * CHANCE_WITHOUT_EXAMPLES)


def _choose_thresholds(chances: Numbers, marks: Numbers) -> tuple[float, float]:
    """Return the two thresholds whose themes agree best with what people gave, answer by answer."""
    agreed = {
        (float(least), first): _agreement(_decide(chances, float(least), first), marks)
        for least in THRESHOLDS
        for first in FIRST_THRESHOLDS
    }
    return max(agreed, key=lambda one: agreed[one])


def _decide(chances: Numbers, least: float, least_first: float) -> Marks:
    raised = chances >= least
    rows, best = np.arange(len(chances)), chances.argmax(axis=1)
    raised[rows, best] |= chances[rows, best] >= least_first
    return raised


def _agreement(raised: Marks, marks: Numbers) -> float:
    """Return the mean over answers of F1 between the themes raised and those given."""
    both = (raised * marks).sum(axis=1)
    either = raised.sum(axis=1) + marks.sum(axis=1)
    return float(np.where(either > 0, 2 * both / np.maximum(either, 1), 1.0).mean())
