"""Texts as vectors: by meaning and by words, or by words alone where the encoder is missing."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.preprocessing import normalize

from voice.analysis.encoder import Progress, find_encoder
from voice.analysis.words import read_stems

Vectors = npt.NDArray[np.float32]

WORDS_ALONE = "TF-IDF + LSA"
WORTH_OF_WORDS = 0.5  # beside meaning
SAMPLE_TEXTS = 8_000
EMBEDDED_AT_ONCE = 4_000
CHARACTER_WEIGHT = 1.5
COMMONEST_SHARE = 0.4
FEWEST_DIMENSIONS = 20
MOST_DIMENSIONS = 100
TEXTS_PER_DIMENSION = 6
ROUNDS_OF_REDUCING = 4  # more find the same groups
MOST_FEATURES = 30_000
TEXTS_FOR_RARE_FEATURES = 20  # below this, features in one or two texts are all there is
FEWEST_TEXTS_WITH_CHARACTERS = 3
ROWS_BEFORE_HALF_IS_SHARED = 10


@dataclass(frozen=True, slots=True)
class Embedding:
    """One row of length 1 for each text, in order, and the name of what made them.

    A text without anything in common with the others may have a row of zeros. `place` gives the
    rows of other texts, as seen by what was learnt of these.
    """

    vectors: Vectors
    model: str
    place: Callable[[Sequence[str]], Vectors]


class _View:
    """One way to look at texts (stems, or runs of characters), fitted on a sample of them.

    `sample` has the weighted rows of that sample, so that nothing is read twice.
    """

    def __init__(self, counter: CountVectorizer, sample: Sequence[str], weight: float) -> None:
        counts = counter.fit_transform(sample)
        found_in = np.asarray((counts > 0).sum(axis=0)).ravel()
        kept = np.flatnonzero(found_in <= max(1.0, COMMONEST_SHARE * len(sample)))
        self._kept = kept if len(kept) else np.arange(counts.shape[1])
        self._counter = counter
        self._weight = weight
        self._weighting = TfidfTransformer(sublinear_tf=True).fit(counts[:, self._kept])
        self.sample = self._weigh(counts)

    def look(self, texts: Sequence[str]) -> sp.csr_matrix:
        """Return one weighted row of features for each text."""
        return self._weigh(self._counter.transform(texts))

    def _weigh(self, counts: sp.csr_matrix) -> sp.csr_matrix:
        return sp.csr_matrix(self._weighting.transform(counts[:, self._kept]) * self._weight)


def embed(
    texts: Sequence[str],
    *,
    seed: int,
    on_progress: Progress | None = None,
    by_meaning: bool = True,
) -> Embedding:
    """Return `texts` as vectors whose products say how alike two texts are.

    What is alike in all of them says nothing, so it is taken out. The same input gives the same
    rows. Every text must hold at least one letter. Not `by_meaning`, only words count.
    """
    words = _Words(seed)
    encoder = find_encoder() if by_meaning else None
    if encoder is None or not texts:
        return Embedding(words.learn(texts), WORDS_ALONE, words.place)
    with ThreadPoolExecutor(1) as aside:  # a network that reads leaves Python to others
        by_words = aside.submit(words.learn, texts)
        meant = encoder.encode(texts, on_progress=on_progress)
    shared = shared_meaning(meant)
    name = f"{encoder.name} beside {WORDS_ALONE}"
    return Embedding(
        _stand_beside(meant - shared, by_words.result()),
        name,
        lambda others: _stand_beside(encoder.encode(others) - shared, words.place(others)),
    )


def shared_meaning(meant: Vectors) -> Vectors:
    """Return what all rows share, to be taken out of each.

    The fewer rows, the less is taken out: what two texts share may be what both are about.
    """
    damped = len(meant) / (len(meant) + ROWS_BEFORE_HALF_IS_SHARED)
    return np.asarray(meant.mean(axis=0) * damped, dtype=np.float32)


def _stand_beside(meant: Vectors, by_words: Vectors) -> Vectors:
    joined = normalize(np.hstack([normalize(meant), WORTH_OF_WORDS * by_words]))
    return np.asarray(joined, dtype=np.float32)


class _Words:
    """Vectors of the words, fitted on an even sample of at most `SAMPLE_TEXTS`."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def learn(self, texts: Sequence[str]) -> Vectors:
        """Return a row for each text, and know afterwards how to see others."""
        if not texts:
            return np.zeros((0, 1), dtype=np.float32)
        step = -(-len(texts) // SAMPLE_TEXTS)
        self._views = _fit_views(texts[::step])
        seen = _join(view.sample for view in self._views)
        self._reduction = _fit_reduction(seen, self._seed)
        sample = _reduce(self._reduction, seen)
        self._width = sample.shape[1]
        rows = np.zeros((len(texts), self._width), dtype=np.float32)
        rows[::step] = sample
        others = [place for place in range(len(texts)) if place % step]
        rows[others] = self.place([texts[other] for other in others])
        return rows

    def place(self, texts: Sequence[str]) -> Vectors:
        """Return a row for each of other texts; texts must have been learnt."""
        parts = [
            _reduce(self._reduction, _join(view.look(part) for view in self._views))
            for start in range(0, len(texts), EMBEDDED_AT_ONCE)
            for part in [texts[start : start + EMBEDDED_AT_ONCE]]
        ]
        return np.vstack([np.zeros((0, self._width), dtype=np.float32), *parts])


def _fit_views(sample: Sequence[str]) -> tuple[_View, _View]:
    rare = len(sample) < TEXTS_FOR_RARE_FEATURES
    stems = CountVectorizer(
        tokenizer=read_stems,
        token_pattern=None,
        lowercase=False,
        ngram_range=(1, 2),
        max_features=MOST_FEATURES,
    )
    characters = CountVectorizer(
        analyzer="char_wb",
        ngram_range=(3, 5),
        min_df=1 if rare else FEWEST_TEXTS_WITH_CHARACTERS,
        max_features=MOST_FEATURES,
    )
    return _View(stems, sample, 1.0), _View(characters, sample, CHARACTER_WEIGHT)


def _join(looks: Iterable[sp.csr_matrix]) -> sp.csr_matrix:
    side_by_side = sp.csr_matrix(sp.hstack(list(looks)), dtype=np.float32)
    return sp.csr_matrix(normalize(side_by_side))


def _reduce(reduction: TruncatedSVD | None, features: sp.csr_matrix) -> Vectors:
    reduced = reduction.transform(features) if reduction else features.toarray()
    return np.asarray(normalize(reduced), dtype=np.float32)


def _fit_reduction(features: sp.csr_matrix, seed: int) -> TruncatedSVD | None:
    texts, width = features.shape
    wanted = min(MOST_DIMENSIONS, max(FEWEST_DIMENSIONS, texts // TEXTS_PER_DIMENSION))
    dimensions = min(wanted, texts - 1, width - 1)
    if dimensions < 2 or texts <= FEWEST_DIMENSIONS:
        return None
    # It divides by the variance, which is nothing when all texts are the same.
    with np.errstate(divide="ignore", invalid="ignore"):
        return TruncatedSVD(dimensions, n_iter=ROUNDS_OF_REDUCING, random_state=seed).fit(features)
