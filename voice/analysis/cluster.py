"""Texts read on several machines at once: the same encoder over parts, on a Dask cluster.

A text's vector depends on nothing but the text, so the rows are those of one process. Needs the
extra `cluster`; the workers need the service installed, and no network but the cluster's own.
"""

from collections.abc import Sequence

import numpy as np

from voice.analysis.encoder import DIMENSIONS, Vectors, find_encoder

TEXTS_A_PART = 1_000


def encode_on_cluster(
    texts: Sequence[str], address: str, *, texts_a_part: int = TEXTS_A_PART
) -> Vectors:
    """Return a row of length 1 for each text, in order, read by the workers of a scheduler.

    `address` is the scheduler's, such as tcp://10.0.0.5:8786. A worker that dies is stood in for by
    another.

    Raises:
        OSError: if nobody answers at `address`.
    """
    from distributed import Client  # noqa: PLC0415  # an extra, and slow to load

    parts = [
        list(texts[start : start + texts_a_part]) for start in range(0, len(texts), texts_a_part)
    ]
    with Client(address) as client:  # type: ignore[no-untyped-call]  # it has no types
        read = client.gather(client.map(encode_part, parts))
    return np.vstack([np.zeros((0, DIMENSIONS), dtype=np.float32), *read])


def encode_part(texts: Sequence[str]) -> Vectors:
    """Return the rows of one part, by the encoder of whoever runs this.

    Raises:
        FileNotFoundError: if the encoder's files are missing there.
    """
    encoder = find_encoder()
    if encoder is None:
        raise FileNotFoundError("voice/analysis/models/encoder")
    return encoder.encode(texts)
