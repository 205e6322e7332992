"""Answers as they were coded to a frame: who raises each theme, in what tone, and its quotes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voice.analysis.coding.frames import Frame, FrameTheme
from voice.analysis.embeddings import Vectors
from voice.analysis.findings import Comment, Mention, Theme
from voice.analysis.quotes import choose_quotes
from voice.analysis.tone import count_tones, read_tone
from voice.analysis.words import split_units

STRENGTH_DECIMALS = 4
QUOTED_FROM = 0.5  # so sure, where any is


@dataclass(frozen=True, slots=True)
class Coded:
    """Every comment that is coded, with how sure each theme is of it and which it raises."""

    comments: Sequence[Comment]
    strengths: npt.NDArray[np.float64]
    raised: npt.NDArray[np.bool_]
    vectors: Vectors


def count_theme(coded: Coded, theme: FrameTheme, column: int, *, base: int) -> Theme:
    """Return one theme of the frame, a share of `base` people, with those who raise it."""
    places = np.flatnonzero(coded.raised[:, column])
    sure = coded.strengths[places, column]
    order = np.argsort(-sure, kind="stable")
    places, sure = places[order], sure[order]
    raised_by = [coded.comments[at] for at in places.tolist()]
    texts = [comment.text for comment in raised_by]
    asked = next((comment.question for comment in raised_by), "")
    many = int((sure >= QUOTED_FROM).sum()) or len(sure)
    quotes = choose_quotes(texts[:many], coded.vectors[places[:many]], sure[:many].tolist())
    said = Counter(read_tone(split_units(text), asked) for text in texts)
    return Theme(
        key=theme.key,
        label=theme.name,
        description=theme.note,
        words=theme.keywords,
        mentions=tuple(
            Mention(comment.id, round(float(one), STRENGTH_DECIMALS))
            for comment, one in zip(raised_by, sure, strict=True)
        ),
        quotes=tuple(raised_by[one].id for one in quotes),
        tone=count_tones(said.items()),
        count=len(places),
        share=len(places) / max(1, base),
    )


def rank(coded: Coded, frame: Frame) -> Mapping[str, tuple[str, ...]]:
    """Return every theme of the frame for every comment, best first."""
    order = np.argsort(-(coded.strengths + coded.raised), axis=1, kind="stable")
    return {
        comment.id: tuple(frame[column].key for column in columns)
        for comment, columns in zip(coded.comments, order.tolist(), strict=True)
    }
