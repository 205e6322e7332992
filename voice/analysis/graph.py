"""Texts as a graph of neighbours, and the groups that form in it."""

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.linalg import qr, svd
from scipy.sparse.linalg import eigsh

from voice.analysis.embeddings import Vectors

Groups = npt.NDArray[np.intp]

MOST_NEIGHBOURS = 15
FEWEST_NEIGHBOURS = 2
ROWS_AT_ONCE = 1_000
RESOLUTION = 3.0  # rather too many groups: an officer joins two themes sooner than finds one
LEAST_RESOLUTION = 1.0  # among few, nearly every row would be a group of its own
ROWS_FOR_ONE_MORE = 100
GROUPS_FOR_ONE = 1.2  # that are looked for, for one that formed
ROWS_FOR_SPECTRAL = 40
SPECTRAL_TOLERANCE = 1e-6
LEAST_TIE = 1e-3  # of everybody to themselves, so that nobody is without any
MOST_ROUNDS = 20
SMALLEST_GAIN = 1e-9
WEAKEST_LINK = 0.05


def find_groups(vectors: Vectors, *, seed: int) -> Groups:
    """Return the number of its group for each row: how many groups there are is found, not asked.

    Louvain says how many; where there are rows enough, the graph's spectrum says which. Among few,
    a row that resembles no other is a group of its own. Numbers run from 0 without a gap.

    Source: von Luxburg (2007), "A tutorial on spectral clustering".
    """
    if len(vectors) < 2:
        return np.zeros(len(vectors), dtype=np.intp)
    links = link_neighbours(vectors)
    resolution = min(RESOLUTION, LEAST_RESOLUTION + len(vectors) / ROWS_FOR_ONE_MORE)
    groups = _louvain(links, np.random.default_rng(seed), resolution)
    many = int((int(groups.max()) + 1) * GROUPS_FOR_ONE)
    if not len(vectors) >= ROWS_FOR_SPECTRAL or not 2 < many < len(vectors) // 2:
        return groups
    return _spectral(links, many, seed)


def _spectral(links: sp.csr_matrix, many: int, seed: int) -> Groups:
    """Return the group of each row by the first vectors of the graph's spectrum.

    Source: Damle, Minden and Ying (2019), "Simple, direct and efficient multi-way spectral
    clustering", which needs no starting points.
    """
    tied = links + sp.eye(links.shape[0], format="csr") * LEAST_TIE
    root = sp.diags(1 / np.sqrt(np.asarray(tied.sum(axis=1)).ravel()))
    start = np.random.default_rng(seed).uniform(-1, 1, links.shape[0])
    vectors = eigsh(root @ tied @ root, k=many, which="LA", v0=start, tol=SPECTRAL_TOLERANCE)[1]
    _, _, pivots = qr(vectors.T, pivoting=True)
    left, _, right = svd(vectors[pivots[:many]].T)
    places = np.abs(vectors @ (left @ right)).argmax(axis=1)
    return np.unique(places, return_inverse=True)[1]


def link_neighbours(vectors: Vectors) -> sp.csr_matrix:
    """Return who is linked to whom and how strongly, the same in both directions.

    Each row is linked to its nearest rows, as many as the root of how many there are, at most
    `MOST_NEIGHBOURS`. Rows that are hardly alike are not linked at all.
    """
    size = len(vectors)
    nearest = min(size - 1, MOST_NEIGHBOURS, max(FEWEST_NEIGHBOURS, round(size**0.5)))
    blocks = []
    for start in range(0, size, ROWS_AT_ONCE):
        alike = vectors[start : start + ROWS_AT_ONCE] @ vectors.T
        rows = np.arange(len(alike))
        alike[rows, rows + start] = -1.0
        columns = np.argpartition(-alike, nearest - 1, axis=1)[:, :nearest]
        strengths = np.take_along_axis(alike, columns, axis=1)
        strengths[strengths < WEAKEST_LINK] = 0.0
        ends = np.arange(0, nearest * len(alike) + 1, nearest)
        blocks.append(
            sp.csr_matrix((strengths.ravel(), columns.ravel(), ends), shape=(len(alike), size))
        )
    links = sp.csr_matrix(sp.vstack(blocks), dtype=np.float64)
    return sp.csr_matrix((links + links.T) / 2)


def _louvain(links: sp.csr_matrix, chance: np.random.Generator, resolution: float) -> Groups:
    """Return groups with more links inside than chance would give.

    Source: Blondel et al. (2008), "Fast unfolding of communities in large networks", with the
    resolution of Reichardt and Bornholdt (2006).
    """
    groups = np.arange(links.shape[0])
    while True:
        found = _move_nodes(links, chance, resolution)
        groups = found[groups]
        size = int(found.max()) + 1
        if size == links.shape[0]:
            return groups
        nodes = np.arange(links.shape[0])
        belongs = sp.csr_matrix((np.ones(len(nodes)), (nodes, found)), shape=(len(nodes), size))
        links = sp.csr_matrix(belongs.T @ links @ belongs)


class _Node:
    """What moving one node needs: its neighbours, the links to them, and its own weight."""

    __slots__ = ("degree", "neighbours", "strengths")

    def __init__(self, links: sp.csr_matrix, index: int, degree: float) -> None:
        start, end = links.indptr[index], links.indptr[index + 1]
        others = links.indices[start:end]
        elsewhere = others != index
        self.neighbours: list[int] = others[elsewhere].tolist()
        self.strengths: list[float] = links.data[start:end][elsewhere].tolist()
        self.degree = degree

    def choose(self, own: int, group: list[int], weight: list[float], total: float) -> int:
        """Return the group among its neighbours' that gains most, its own if none gains more.

        `weight` must already be without this node; the smaller `total`, the finer the groups.
        """
        linked = {own: 0.0}
        for other, strength in zip(self.neighbours, self.strengths, strict=True):
            linked[group[other]] = linked.get(group[other], 0.0) + strength
        toll = self.degree / total
        best, most = own, linked[own] - toll * weight[own]
        for candidate, strength in linked.items():
            gain = strength - toll * weight[candidate]
            if gain > most + SMALLEST_GAIN:
                best, most = candidate, gain
        return best


def _move_nodes(links: sp.csr_matrix, chance: np.random.Generator, resolution: float) -> Groups:
    degrees = [float(degree) for degree in np.asarray(links.sum(axis=1)).ravel()]
    total = sum(degrees) or 1.0
    nodes = [_Node(links, index, degree) for index, degree in enumerate(degrees)]
    group = list(range(len(nodes)))
    weight = degrees.copy()
    order: list[int] = chance.permutation(len(nodes)).tolist()
    for _ in range(MOST_ROUNDS):
        moved = False
        for index in order:
            own = group[index]
            weight[own] -= degrees[index]
            best = nodes[index].choose(own, group, weight, total / resolution)
            weight[best] += degrees[index]
            group[index] = best
            moved = moved or best != own
        if not moved:
            break
    return np.unique(group, return_inverse=True)[1]
