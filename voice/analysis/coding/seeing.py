"""What was seen of texts, remembered between one correction and the next, within bounds.

Features take seconds and do not change when somebody corrects a theme; learning takes a moment.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

import numpy as np
import scipy.sparse as sp

from voice.analysis.coding.features import Look
from voice.analysis.coding.frames import Frame
from voice.analysis.coding.likeness import Likeness
from voice.analysis.embeddings import Vectors

SEEN_AT_ONCE = 4_000
MOST_TEXTS_REMEMBERED = 30_000
MOST_LEARNT_REMEMBERED = 4
MOST_COMPARED = 2  # each of up to 200 MB, with 30,000 texts

Learnt = TypeVar("Learnt")


@dataclass(frozen=True, slots=True)
class Seen:
    """One row for each text and for each theme of the frame; `key` says what they were made of."""

    key: str
    name: str  # of what reads the texts
    rows: sp.csr_matrix
    themes: sp.csr_matrix
    vectors: Vectors


class Sight:
    """Sees texts, and remembers what it saw last and learnt of it, for a bounded number of them.

    The same texts and the same frame give the same rows, whether remembered or not.
    """

    def __init__(self, most_texts: int = MOST_TEXTS_REMEMBERED) -> None:
        self._most_texts = most_texts
        self._seen: OrderedDict[str, Seen] = OrderedDict()
        self._learnt: OrderedDict[str, object] = OrderedDict()
        self._compared: OrderedDict[str, Likeness] = OrderedDict()
        self.passes = 0  # how often texts were read through, for whoever wonders

    def see(self, texts: Sequence[str], asked: Sequence[str], frame: Frame) -> Seen:
        """Return what is seen of these texts, each said to the question in `asked`."""
        key = key_of([*texts, "", *asked, "", *(one.words for one in frame)])
        if key in self._seen:
            self._seen.move_to_end(key)
            return self._seen[key]
        self.passes += 1
        look = Look(texts, asked, frame)
        starts = range(0, len(texts), SEEN_AT_ONCE)
        parts = [slice(start, start + SEEN_AT_ONCE) for start in starts]
        rows = sp.csr_matrix(sp.vstack([look.see(texts[part], asked[part]) for part in parts]))
        vectors = np.vstack([look.place(texts[part]) for part in parts])
        return self._remember(Seen(key, look.name, rows, look.see_frame(frame), vectors))

    def once(self, key: str, making: Callable[[], Learnt]) -> Learnt:
        """Return what `making` gives, or gave when it was last asked for under this key."""
        if key not in self._learnt:
            self._learnt[key] = making()
            while len(self._learnt) > MOST_LEARNT_REMEMBERED:
                self._learnt.popitem(last=False)
        self._learnt.move_to_end(key)
        return cast("Learnt", self._learnt[key])

    def compare(self, key: str, making: Callable[[], sp.csr_matrix]) -> Likeness:
        """Return what compares the rows that `making` gives, and all that it compared before."""
        if key not in self._compared:
            self._compared[key] = Likeness(making())
            while len(self._compared) > MOST_COMPARED:
                self._compared.popitem(last=False)
        self._compared.move_to_end(key)
        return self._compared[key]

    def _remember(self, seen: Seen) -> Seen:
        self._seen[seen.key] = seen
        while sum(len(one.vectors) for one in self._seen.values()) > self._most_texts:
            self._seen.popitem(last=False)
        return seen


def key_of(parts: Iterable[str]) -> str:
    """Return a short key that differs where any of these parts differs."""
    made = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        made.update(f"{len(raw)}:".encode())
        made.update(raw)
    return made.hexdigest()
