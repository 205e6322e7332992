"""Learning a frame from coded examples: least squares on likeness, and how sure it is.

What is said of an example itself is what would be said had it not been seen: least squares gives
that in one step (leave one out), so that no coded answer is wasted on making scores chances.
Examples may be trusted less than others: what the machine found teaches less than what people say.

Source: Rifkin and Lippert (2007), regularised least squares; Platt (1999), from scores to chances;
Jansche (2007), choosing what is best in expectation by F1; Yarowsky (1995), learning from what one
is sure of.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from voice.analysis.coding.likeness import Alike, find_alike

Numbers = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]

RIDGE = 0.2
MOST_EXAMPLES = 4_000
JUDGED_AT_ONCE = 4_000
FEWEST_EXAMPLES = 20
FEWEST_TO_JUDGE = 2
SCORE_SCALE = 5.0
STRAIGHTEST = 10.0  # how little the slopes of the curves are held back
NEWTON_STEPS = 30
LONGEST_STEP = 2.0
SMALLEST_DOUBT = 1e-6
CHANCE_WITHOUT_EXAMPLES = 0.3
LEAST_LIKENESS = 0.045
SHARE_OF_BEST = 0.6
MOST_THEMES_OF_ONE = 8
HALF = 0.5
FEWEST_TO_LEARN_ALONE = 50
SUREST_SHARE = 0.2
FEWEST_SURE = 5


@dataclass(frozen=True, slots=True)
class Coder:
    """What was learnt: how much each of `rows` pulls each theme, by how alike something is to it.

    `examples` is how many coded rows it learnt from; 0 says that it goes by the themes' names.
    """

    rows: sp.csr_matrix
    pulls: Numbers
    base: Numbers
    slopes: Numbers
    starts: Numbers
    silence: float = 1.0  # how likely it is that none fits, beside what the chances alone would say
    examples: int = 0

    def strengths(self, seen: sp.csr_matrix) -> Numbers:
        """Return how sure each theme is of each row, 0 to 1."""
        return self.judge(find_alike(seen, self.rows))

    def judge(self, alike: Numbers | Alike) -> Numbers:
        """Return how sure each theme is of rows that are so alike to what it learnt from."""
        starts = range(0, len(alike), JUDGED_AT_ONCE)
        parts = (alike[start : start + JUDGED_AT_ONCE] for start in starts)
        scores = [part.astype(np.float64) @ self.pulls + self.base for part in parts]
        return _chances(np.vstack(scores), self.slopes, self.starts)

    def decide(self, strengths: Numbers) -> Marks:
        """Return which themes each row raises."""
        if self.examples:
            return _choose_best(strengths, self.silence)
        best = strengths.max(axis=1, keepdims=True)
        return np.asarray((strengths >= SHARE_OF_BEST * best) & (best >= LEAST_LIKENESS))

    def doubts(self, strengths: Numbers) -> Numbers:
        """Return how much each row is in doubt, 0 to 1: how near a theme is to yes and to no."""
        best = strengths.max(axis=1, keepdims=True)
        even = HALF if self.examples else np.maximum(SHARE_OF_BEST * best, LEAST_LIKENESS)
        return np.asarray(1 - np.abs(strengths - even).min(axis=1).clip(0, 1))


def learn(
    seen: sp.csr_matrix,
    codes: Marks,
    themes: sp.csr_matrix,
    *,
    trust: Numbers | None = None,
    judging: Marks | None = None,
    alike: Alike | None = None,
) -> Coder:
    """Return what these coded rows teach about these themes; one column of `codes` a theme.

    Each theme's own words are one more example of it. There must be `FEWEST_EXAMPLES` rows.
    `trust` says how far each row is believed, above 0 to 1: all of them wholly, unless said.
    `judging` says by which rows scores become chances: by all, unless said. `alike` says how alike
    the rows and, after them, the themes are to one another, where somebody knows; then they must be
    no more than `MOST_EXAMPLES`.
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
    known = find_alike(rows, rows) if alike is None else alike.astype(np.float64)
    inverse = np.linalg.inv(known + np.diag(RIDGE / believed))
    pulls = inverse @ (marks - base)
    unseen = (marks - pulls / np.diag(inverse)[:, None])[: len(given)][judged]
    slopes, starts = _calibrate(unseen, given[judged])
    none = np.prod(1 - _chances(unseen, slopes, starts), axis=1).mean()
    silence = float((given[judged].sum(axis=1) == 0).mean() / max(none, SMALLEST_DOUBT))
    return Coder(rows, pulls, base, slopes, starts, min(1.0, silence), int(judged.sum()))


def follow_names(
    themes: sp.csr_matrix,
    seen: sp.csr_matrix | None = None,
    codes: Marks | None = None,
    *,
    others: sp.csr_matrix | None = None,
) -> Coder:
    """Return what goes by likeness to the themes' own words, where too little is coded.

    The few rows of `seen` that are coded teach what likeness misses. Of the `others`, of which
    nobody said anything, those that are surest of their theme teach what else is said of it.
    """
    many = themes.shape[0]
    rows, marks = [themes], [np.eye(many)]
    if seen is not None and codes is not None and len(codes):
        rows, marks = [*rows, seen], [*marks, codes.astype(np.float64)]
    if others is not None and others.shape[0] >= FEWEST_TO_LEARN_ALONE:
        some = others[:: -(-others.shape[0] // MOST_EXAMPLES)]
        chosen, best = _surest(_by_names(themes, some))
        rows, marks = [*rows, some[chosen]], [*marks, np.eye(many)[best]]
    taught, wanted = sp.csr_matrix(sp.vstack(rows)), np.vstack(marks)
    nothing = np.zeros(many)
    alike = find_alike(taught, taught) + RIDGE * np.eye(len(wanted))
    pulls = np.asarray(np.linalg.solve(alike, wanted), dtype=np.float64)
    return Coder(taught, pulls, nothing, nothing, nothing)


def _by_names(themes: sp.csr_matrix, seen: sp.csr_matrix) -> Numbers:
    squares = np.asarray(themes.multiply(themes).sum(axis=1)).ravel()
    return np.asarray((seen @ themes.T).toarray() / squares)


def _surest(likeness: Numbers) -> tuple[Places, Places]:
    """Return the rows that are surest of their best theme, some for each theme, and that theme."""
    best = likeness.argmax(axis=1)
    ordered = np.sort(likeness, axis=1)
    second = ordered[:, -2] if likeness.shape[1] > 1 else np.zeros(len(likeness))
    sure = 2 * ordered[:, -1] - second
    chosen: list[int] = []
    for theme in range(likeness.shape[1]):
        rows = np.flatnonzero((best == theme) & (ordered[:, -1] >= LEAST_LIKENESS))
        many = max(FEWEST_SURE, int(len(rows) * SUREST_SHARE))
        chosen += rows[np.argsort(-sure[rows], kind="stable")[:many]].tolist()
    places = np.array(chosen, dtype=np.intp)
    return places, best[places]


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


def _choose_best(chances: Numbers, silence: float) -> Marks:
    """Return, for each row, the themes whose F1 with what a person would give is best expected.

    The likeliest so many; none where that is likelier right than any choice.
    """
    order = np.argsort(-chances, axis=1, kind="stable")
    ordered = np.take_along_axis(chances, order, axis=1)
    expected = np.maximum(chances.sum(axis=1), 1.0)
    best, many = silence * np.prod(1 - chances, axis=1), np.zeros(len(chances), np.intp)
    for size in range(1, min(MOST_THEMES_OF_ONE, chances.shape[1]) + 1):
        worth = 2 * ordered[:, :size].sum(axis=1) / (size + expected)
        many = np.where(worth > best, size, many)
        best = np.maximum(best, worth)
    chosen = np.arange(chances.shape[1])[None, :] < many[:, None]
    raised = np.zeros(chances.shape, np.bool_)
    np.put_along_axis(raised, order, chosen, axis=1)
    return raised
