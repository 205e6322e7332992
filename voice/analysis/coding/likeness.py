"""How alike answers are to examples among them, remembered: a correction adds one example only.

What one example shares with all others does not change with a correction, and takes longest.
"""

from collections import OrderedDict
from collections.abc import Sequence
from typing import TypeVar, cast

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.preprocessing import normalize

Numbers = npt.NDArray[np.float64]
Alike = npt.NDArray[np.float32]

Shared = TypeVar("Shared", Alike, Numbers)

NARROWNESS = 2.0  # of likeness: what is half alike teaches little
MOSTLY_FULL = 0.5
MOST_NUMBERS_KEPT = 20_000_000  # four bytes each


class Likeness:
    """Compares rows with examples among them; the same places give the same numbers every time."""

    def __init__(self, rows: sp.csr_matrix) -> None:
        unit = normalize(rows).astype(np.float32)
        full, rest = _full_columns(unit)
        self._full = unit[:, full].toarray()
        self._rest = sp.csr_matrix(unit[:, rest])
        self._shared: OrderedDict[int, Alike] = OrderedDict()
        self.compared = 0  # examples so far, for whoever wonders

    def of(self, places: Sequence[int]) -> Alike:
        """Return how alike each row is to each example: 1 the same, 0 nothing shared."""
        self._compare([place for place in places if place not in self._shared])
        shared = np.vstack([self._shared[place] for place in places]).T
        self._forget()
        return _bend(shared + self._full @ self._full[list(places)].T)

    def _compare(self, places: Sequence[int]) -> None:
        if not places:
            return
        self.compared += len(places)
        shared = (self._rest[places] @ self._rest.T).toarray()
        self._shared.update(zip(places, shared, strict=True))

    def _forget(self) -> None:
        most = MOST_NUMBERS_KEPT // len(self._full)
        while len(self._shared) > most:
            self._shared.popitem(last=False)


def find_alike(some: sp.csr_matrix, others: sp.csr_matrix) -> Numbers:
    """Return how alike each row is to each of the others: 1 the same, 0 nothing shared."""
    ours, theirs = normalize(some), normalize(others)
    full, rest = _full_columns(theirs)
    shared = ours[:, full].toarray() @ theirs[:, full].toarray().T
    shared += (ours[:, rest] @ theirs[:, rest].T).toarray()
    return _bend(shared)


def _bend(shared: Shared) -> Shared:
    return cast("Shared", np.expm1(NARROWNESS * shared) / np.expm1(NARROWNESS))


def _full_columns(rows: sp.csr_matrix) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return which columns most rows have, and the others: apart they multiply far quicker."""
    is_full = rows.getnnz(axis=0) > MOSTLY_FULL * rows.shape[0]
    return np.flatnonzero(is_full), np.flatnonzero(~is_full)
