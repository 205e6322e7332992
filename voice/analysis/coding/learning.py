"""Learning a frame from coded examples: least squares on likeness, and how sure it is.

What is said of an example itself is what would be said had it not been seen: least squares gives
that in one step (leave one out), so that no coded answer is wasted on choosing the thresholds.
Examples may be trusted less than others: what the machine found teaches less than what people say.

Source: Rifkin and Lippert (2007), regularised least squares; Platt (1999), from scores to chances.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

Numbers = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]

RIDGE = 3.0
MOST_EXAMPLES = 4_000
FEWEST_EXAMPLES = 20
FEWEST_TO_JUDGE = 2
SCORE_SCALE = 5.0
STRAIGHTEST = 10.0  # how little the slopes of the curves are held back
NEWTON_STEPS = 30
LONGEST_STEP = 2.0
SMALLEST_DOUBT = 1e-6
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

    def doubts(self, strengths: Numbers) -> Numbers:
        """Return how much each row is in doubt, 0 to 1: how near a theme is to its threshold."""
        best = strengths.max(axis=1, keepdims=True)
        least = self.least if self.examples else np.maximum(SHARE_OF_BEST * best, LEAST_LIKENESS)
        return np.asarray(1 - np.abs(strengths - least).min(axis=1).clip(0, 1))


def learn(
    seen: sp.csr_matrix,
    codes: Marks,
    themes: sp.csr_matrix,
    *,
    trust: Numbers | None = None,
    judging: Marks | None = None,
) -> Coder:
    """Return what these coded rows teach about these themes; one column of `codes` a theme.

    Each theme's own words are one more example of it. There must be `FEWEST_EXAMPLES` rows.
    `trust` says how far each row is believed, above 0 to 1: all of them wholly, unless said.
    `judging` says on which rows the thresholds are chosen: on all, unless said.
    """
    step = -(-len(codes) // MOST_EXAMPLES)
    rows = sp.csr_matrix(sp.vstack([seen[::step], themes]))
    given = codes[::step].astype(np.float64)
    believed = np.ones(len(codes)) if trust is None else trust
    believed = np.append(believed[::step], np.ones(themes.shape[0]))
    judged = np.ones(len(codes), np.bool_) if judging is None else judging
    judged = judged[::step]
    marks = np.vstack([given, np.eye(themes.shape[0])])
    base = np.average(marks, axis=0, weights=believed)
    inverse = np.linalg.inv((rows @ rows.T).toarray() + np.diag(RIDGE / believed))
    pulls = inverse @ (marks - base)
    unseen = (marks - pulls / np.diag(inverse)[:, None])[: len(given)][judged]
    slopes, starts = _calibrate(unseen, given[judged])
    least, least_first = _choose_thresholds(_chances(unseen, slopes, starts), given[judged])
    weights = np.asarray(rows.T @ pulls, dtype=np.float32)
    return Coder(weights, base, slopes, starts, least, least_first, int(judged.sum()))


def follow_names(
    themes: sp.csr_matrix, seen: sp.csr_matrix | None = None, codes: Marks | None = None
) -> Coder:
    """Return what goes by likeness to the themes' own words, where too little is coded.

    The few rows that are coded mend it where they are: what likeness misses of them is learnt.
    """
    squares = np.asarray(themes.multiply(themes).sum(axis=1)).ravel()
    weights = np.asarray((sp.diags(1 / squares) @ themes).T.toarray())
    if seen is not None and codes is not None and len(codes):
        missed = codes - np.clip(np.asarray(seen @ weights), 0, 1)
        alike = (seen @ seen.T).toarray() + RIDGE * np.eye(len(codes))
        weights = weights + np.asarray(seen.T @ np.linalg.solve(alike, missed))
    nothing = np.zeros(themes.shape[0])
    return Coder(weights.astype(np.float32), nothing, nothing, nothing, 0.0, 0.0, 0)


def _calibrate(scores: Numbers, marks: Numbers) -> tuple[Numbers, Numbers]:
    """Return for each theme the slope and start of the curve from a score to a chance.

    Logistic curves of all themes at once, by Newton's steps; without a curve the slope is 0.
    """
    given = marks.sum(axis=0)
    judged = np.flatnonzero((given >= FEWEST_TO_JUDGE) & (given < len(marks)))
    scaled, wanted = scores[:, judged] * SCORE_SCALE, marks[:, judged]
    slope, start = np.zeros(len(judged)), np.zeros(len(judged))
    for _ in range(NEWTON_STEPS):
        chances = 1 / (1 + np.exp(-np.clip(scaled * slope + start, -30, 30)))
        missed, doubt = chances - wanted, np.maximum(chances * (1 - chances), SMALLEST_DOUBT)
        down_slope = (missed * scaled).sum(axis=0) + slope / STRAIGHTEST
        down_start = missed.sum(axis=0)
        bend_slope = (doubt * scaled**2).sum(axis=0) + 1 / STRAIGHTEST
        bend_both, bend_start = (doubt * scaled).sum(axis=0), doubt.sum(axis=0)
        area = bend_slope * bend_start - bend_both**2
        step = (bend_start * down_slope - bend_both * down_start) / area
        slope = slope - np.clip(step, -LONGEST_STEP, LONGEST_STEP)
        step = (bend_slope * down_start - bend_both * down_slope) / area
        start = start - np.clip(step, -LONGEST_STEP, LONGEST_STEP)
    slopes, starts = np.zeros(marks.shape[1]), np.zeros(marks.shape[1])
    slopes[judged], starts[judged] = slope, start
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
