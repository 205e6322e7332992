"""Cuts a text into the pieces that are screened, each with its own words verbatim."""

import re

MAX_SENTENCE_CHARS = 400

_ENDS = re.compile(r"[.!?;\n\r\u2028\u2029…۔؟]+[\s\"')]*")


def split_sentences(text: str) -> list[str]:
    """Return the sentences of `text` in order, none longer than `MAX_SENTENCE_CHARS`.

    A text without punctuation is cut between words where it can be.
    """
    pieces: list[str] = []
    start = 0
    for end in _ENDS.finditer(text):
        if _splits_here(text, end.start(), end.end()):
            pieces.extend(_windows(text[start : end.end()]))
            start = end.end()
    pieces.extend(_windows(text[start:]))
    return [piece for piece in pieces if piece]


def _splits_here(text: str, start: int, end: int) -> bool:
    """Return whether the mark ends a sentence rather than standing inside a word (`k.m.s`)."""
    if end >= len(text):
        return True
    return end - start > 1 or text[start] in "\n\r\u2028\u2029۔؟"


def _windows(piece: str) -> list[str]:
    piece = piece.strip()
    windows = []
    while len(piece) > MAX_SENTENCE_CHARS:
        cut = piece.rfind(" ", MAX_SENTENCE_CHARS // 2, MAX_SENTENCE_CHARS)
        cut = cut if cut > 0 else MAX_SENTENCE_CHARS
        windows.append(piece[:cut].strip())
        piece = piece[cut:]
    windows.append(piece.strip())
    return windows
