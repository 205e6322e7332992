"""A cluster of two workers reads texts as one process does."""

import numpy as np
import pytest
from distributed import LocalCluster

from voice.analysis import cluster
from voice.analysis.encoder import DIMENSIONS, FOLDER, Encoder


@pytest.fixture(scope="module")
def scheduler():
    """The address of a scheduler with two workers, processes of their own."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None,
        host="127.0.0.1",
    ) as running:  # fmt: skip
        yield running.scheduler_address


def test_two_workers_give_the_rows_of_one_process(scheduler):
    texts = [f"The bus to {place} is late" for place in "abcdefgh"] + ["", "n/a", "😀"]

    rows = cluster.encode_on_cluster(texts, scheduler, texts_a_part=2)

    assert np.array_equal(rows, Encoder(FOLDER).encode(texts))


def test_of_nothing_is_nothing(scheduler):
    assert cluster.encode_on_cluster([], scheduler).shape == (0, DIMENSIONS)


def test_a_part_needs_the_encoder(monkeypatch):
    monkeypatch.setattr(cluster, "find_encoder", lambda: None)

    with pytest.raises(FileNotFoundError):
        cluster.encode_part(["a"])
