"""What coding sees of a text: its meaning, words, runs of characters, stems, and the question.

Also how near it is to each theme's own words. Fitted on the answers themselves and on the frame:
nothing is downloaded, and the same answers give the same numbers. Without the encoder's files all
goes by the words alone.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from voice.analysis.coding.frames import Frame
from voice.analysis.embeddings import WORDS_ALONE, WORTH_OF_WORDS, Vectors
from voice.analysis.encoder import find_encoder
from voice.analysis.words import read_stems

MOST_TEXTS_FITTED = 8_000
MOST_FEATURES = 60_000
DIMENSIONS = 100
FEWEST_DIMENSIONS = 2
CHARACTER_WEIGHT = 1.2
STEM_WEIGHT = 0.5
QUESTION_WEIGHT = 0.5
MEANING_WEIGHT = 2.0
HIT_WEIGHT = 1.25  # of the words of a theme, wherever they are met
TEXTS_FOR_MIDDLE = 2_000
SEED = 20170904
WORD = r"(?u)\b\w+\b"


class Look:
    """One way of looking at texts, fitted on some of them and on what a frame says."""

    def __init__(self, texts: Sequence[str], questions: Sequence[str], frame: Frame) -> None:
        step = max(1, -(-len(texts) // MOST_TEXTS_FITTED))
        said = [theme.words for theme in frame]
        fitted = [*texts[::step], *said]
        self._asked = sorted(set(questions))
        self._words, self._characters, self._stems = (one.fit(fitted) for one in _views())
        self._themes = self._stems.transform(said)
        self._reduction = self._fit_reduction(fitted)
        self._encoder = find_encoder()
        self._middle = self._find_middle(texts)
        self._meant = self._understand(said)

    @property
    def name(self) -> str:
        """What reads the texts."""
        return f"{self._encoder.name} beside {WORDS_ALONE}" if self._encoder else WORDS_ALONE

    def see(self, texts: Sequence[str], questions: Sequence[str]) -> sp.csr_matrix:
        """Return one row of features for each text that somebody wrote to a question."""
        alike = normalize((self._stems.transform(texts) @ self._themes.T).toarray())
        near = np.maximum(self._understand(texts) @ self._meant.T, 0)
        asked = np.array([[one == put for one in self._asked] for put in questions], dtype=float)
        return self._join(texts, np.hstack([alike * HIT_WEIGHT, near]), asked)

    def see_frame(self, frame: Frame) -> sp.csr_matrix:
        """Return one row of features for each theme, as if somebody had written what it says."""
        nowhere = np.zeros((len(frame), len(self._asked)))
        itself = np.eye(len(frame))
        said = [theme.words for theme in frame]
        return self._join(
            said, np.hstack([itself * HIT_WEIGHT, itself if self._encoder else itself * 0]), nowhere
        )

    def place(self, texts: Sequence[str]) -> Vectors:
        """Return a vector of length 1 for each text, whose products say how alike two are."""
        by_words = self._reduce(texts)
        if self._encoder is None:
            return by_words
        joined = np.hstack([self._understand(texts), by_words * WORTH_OF_WORDS])
        return np.asarray(normalize(joined), dtype=np.float32)

    def _reduce(self, texts: Sequence[str]) -> Vectors:
        seen = sp.hstack([self._stems.transform(texts), self._characters.transform(texts)])
        reduced = self._reduction.transform(seen) if self._reduction else np.ones((len(texts), 1))
        return np.asarray(normalize(reduced), dtype=np.float32)

    def _find_middle(self, texts: Sequence[str]) -> Vectors:
        if self._encoder is None:
            return np.zeros(1, dtype=np.float32)
        some = texts[:: max(1, -(-len(texts) // TEXTS_FOR_MIDDLE))]
        return np.asarray(self._encoder.encode(some).mean(axis=0), dtype=np.float32)

    def _understand(self, texts: Sequence[str]) -> Vectors:
        """Return what each text means, without what all of them share; nothing without encoder."""
        if self._encoder is None:
            return np.zeros((len(texts), 1), dtype=np.float32)
        meant = self._encoder.encode(texts) - self._middle
        return np.asarray(normalize(meant), dtype=np.float32)

    def _join(
        self,
        texts: Sequence[str],
        alike: npt.NDArray[np.float64],
        asked: npt.NDArray[np.float64],
    ) -> sp.csr_matrix:
        parts = [
            self._words.transform(texts),
            self._characters.transform(texts) * CHARACTER_WEIGHT,
            self._stems.transform(texts) * STEM_WEIGHT,
            self._reduce(texts),
            self._understand(texts) * MEANING_WEIGHT,
            alike,
            asked * QUESTION_WEIGHT,
        ]
        return sp.csr_matrix(sp.hstack([sp.csr_matrix(part) for part in parts]))

    def _fit_reduction(self, texts: Sequence[str]) -> TruncatedSVD | None:
        seen = sp.hstack([self._stems.transform(texts), self._characters.transform(texts)])
        dimensions = min(DIMENSIONS, min(seen.shape) - 1)
        if dimensions < FEWEST_DIMENSIONS:
            return None
        # It divides by the variance, which is nothing when all texts are the same.
        with np.errstate(divide="ignore", invalid="ignore"):
            return TruncatedSVD(dimensions, random_state=SEED).fit(sp.csr_matrix(seen))


def _views() -> tuple[TfidfVectorizer, TfidfVectorizer, TfidfVectorizer]:
    """Return words alone and in pairs, runs of three to five characters, and stems."""
    return (
        TfidfVectorizer(
            ngram_range=(1, 2),
            sublinear_tf=True,
            token_pattern=WORD,
            max_features=MOST_FEATURES,
        ),
        TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, max_features=MOST_FEATURES
        ),
        TfidfVectorizer(
            tokenizer=read_stems, token_pattern=None, lowercase=False, sublinear_tf=True
        ),
    )
