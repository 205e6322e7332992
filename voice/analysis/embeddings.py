"""Texts as vectors: by meaning and by words, or by words alone where the encoder is missing."""

from collections.abc import Iterable, Sequence
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

    A text without anything in common with the others may have a row of zeros.
    """

    vectors: Vectors
    model: str


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


def embed(texts: Sequence[str], *, seed: int, on_progress: Progress | None = None) -> Embedding:
    """Return `texts` as vectors whose products say how alike two texts are.

    What is alike in all of them says nothing, so it is taken out. The same input gives the same
    rows. Every text must hold at least one letter.
    """
    encoder = find_encoder()
    if encoder is None or not texts:
        return Embedding(_embed_words(texts, seed=seed), WORDS_ALONE)
    with ThreadPoolExecutor(1) as aside:  # a network that reads leaves Python to others
        by_words = aside.submit(_embed_words, texts, seed=seed)
        meant = set_apart(encoder.encode(texts, on_progress=on_progress))
    joined = normalize(np.hstack([meant, WORTH_OF_WORDS * by_words.result()]))
    return Embedding(joined.astype(np.float32), f"{encoder.name} beside {WORDS_ALONE}")


def set_apart(meant: Vectors) -> Vectors:
    """Return rows of meaning without what all of them share, each of length 1 again.

    The fewer rows, the less is taken out: what two texts share may be what both are about.
    """
    shared = meant.mean(axis=0) * (len(meant) / (len(meant) + ROWS_BEFORE_HALF_IS_SHARED))
    return np.asarray(normalize(meant - shared), dtype=np.float32)


def _embed_words(texts: Sequence[str], *, seed: int) -> Vectors:
    """Return vectors of the words, fitted on an even sample of at most `SAMPLE_TEXTS`."""
    if not texts:
        return np.zeros((0, 1), dtype=np.float32)
    step = -(-len(texts) // SAMPLE_TEXTS)
    views = _fit_views(texts[::step])
    seen = _join(view.sample for view in views)
    reduction = _fit_reduction(seen, seed)
    sample = _reduce(reduction, seen)
    rows = np.zeros((len(texts), sample.shape[1]), dtype=np.float32)
    rows[::step] = sample
    others = np.flatnonzero(np.arange(len(texts)) % step)
    for start in range(0, len(others), EMBEDDED_AT_ONCE):
        part = others[start : start + EMBEDDED_AT_ONCE]
        read = [texts[place] for place in part]
        rows[part] = _reduce(reduction, _join(view.look(read) for view in views))
    return rows


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
