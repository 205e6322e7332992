"""Texts that mean much the same as what somebody searches for. One function, whatever encodes."""

from collections.abc import Sequence

from voice.analysis.embeddings import embed

SEED = 7
FAINTEST = 0.25  # less alike than this is chance


def nearest(query: str, texts: Sequence[str], *, limit: int) -> list[tuple[int, float]]:
    """Return the places of the texts most like `query` with how alike they are, likest first.

    From 0 to 1, and none that is less than `FAINTEST`. The same input gives the same places.
    """
    distinct = [text for text in dict.fromkeys(texts) if any(map(str.isalpha, text))]
    if not distinct or not any(map(str.isalpha, query)):
        return []
    vectors = embed([*distinct, query], seed=SEED).vectors
    alike = dict(zip(distinct, (vectors[:-1] @ vectors[-1]).tolist(), strict=True))
    near = [
        (place, min(alike[text], 1.0))
        for place, text in enumerate(texts)
        if alike.get(text, 0.0) >= FAINTEST
    ]
    return sorted(near, key=lambda one: (-one[1], one[0]))[:limit]
