"""Comments and a frame in, a report for each question out: the door to coding.

Loads scikit-learn and NLTK, so only the worker and the commands come through it.
"""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voice.analysis.coding.features import Look
from voice.analysis.coding.frames import Codes, Frame, FrameTheme
from voice.analysis.coding.learning import (
    FEWEST_EXAMPLES,
    MOST_EXAMPLES,
    Coder,
    follow_names,
    learn,
)
from voice.analysis.content import has_content
from voice.analysis.embeddings import Vectors
from voice.analysis.findings import Comment, Mention, Report, Theme
from voice.analysis.memory import peak_mb
from voice.analysis.quotes import choose_quotes
from voice.analysis.tone import count_tones, read_tone
from voice.analysis.words import split_units

SEEN_AT_ONCE = 4_000
STRENGTH_DECIMALS = 4
FEWEST_EMPTY_CODED = 3
MOSTLY = 0.5
EVEN = 0.5
QUOTED_FROM = 0.5  # so sure, where any is

Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class _Coded:
    """Every comment that is coded, with how sure each theme is of it and which it raises."""

    comments: Sequence[Comment]
    strengths: npt.NDArray[np.float64]
    raised: npt.NDArray[np.bool_]
    vectors: Vectors


def code_by_question(
    comments: Sequence[Comment], frame: Frame, codes: Codes, *, on_progress: Progress | None = None
) -> dict[str, Report]:
    """Return a report for each question: every theme of the frame, also those that nobody raised.

    What a person gave a comment in `codes` stands as it is; the others are coded as those teach,
    or by likeness to the frame's own words where too few are coded. Keys are the frame's. "Nothing"
    and "n/a" are set apart unless people gave such answers a theme. All questions are learnt
    together. The same input gives the same report but for `seconds` and `peak_mb`.
    """
    tell = on_progress or (lambda _done, _stage: None)
    started = time.perf_counter()
    tell(0.0, "Reading the comments")
    heard = _has_something(comments, codes)
    speaking = [comment for comment in comments if heard(comment)]
    coded, model = _code(speaking, frame, codes, tell)
    took = time.perf_counter() - started
    reports = {}
    for question in dict.fromkeys(comment.question for comment in comments):
        places = [at for at, comment in enumerate(coded.comments) if comment.question == question]
        silent = tuple(one.id for one in comments if one.question == question and not heard(one))
        reports[question] = _report(_part(coded, places), frame, silent, model, took)
    tell(1.0, "Counting")
    return reports


def _has_something(comments: Sequence[Comment], codes: Codes) -> Callable[[Comment], bool]:
    """Return what says whether a comment is coded at all."""
    empty = {_place(comment) for comment in comments if not has_content(comment.text)}
    given = [bool(codes[one]) for one in empty if one in codes]
    if len(given) >= FEWEST_EMPTY_CODED and sum(given) > MOSTLY * len(given):
        return lambda comment: bool(comment.text.strip() or codes.get(_place(comment)))
    silent = {one for one in empty if not codes.get(one)}
    return lambda comment: _place(comment) not in silent


def _place(comment: Comment) -> tuple[str, str]:
    return comment.question, comment.id


def _code(
    comments: Sequence[Comment], frame: Frame, codes: Codes, tell: Progress
) -> tuple[_Coded, str]:
    if not comments or not frame:
        nothing = np.zeros((len(comments), len(frame)))
        vectors = np.zeros((len(comments), 1), np.float32)
        return _Coded(comments, nothing, nothing > 0, vectors), "nothing to code"
    texts, asked = [one.text for one in comments], [one.question for one in comments]
    tell(0.1, "Comparing what they say")
    look = Look(texts, asked, frame)
    places = [at for at, comment in enumerate(comments) if _place(comment) in codes]
    marks = _marks([codes[_place(comments[at])] for at in places], frame)
    tell(0.4, "Learning from what was coded")
    themes = look.see_frame(frame)
    if len(places) < FEWEST_EXAMPLES:
        some = slice(None, None, -(-len(texts) // MOST_EXAMPLES))
        coder = follow_names(themes, others=look.see(texts[some], asked[some]))
    else:
        examples = look.see([texts[at] for at in places], [asked[at] for at in places])
        coder = learn(examples, marks, themes)
    strengths, vectors = _see_all(look, coder, texts, asked, tell=tell)
    raised = coder.decide(strengths)
    sure = strengths[places]
    strengths[places] = np.where(marks, np.maximum(sure, EVEN), np.minimum(sure, EVEN))
    raised[places] = marks
    return _Coded(comments, strengths, raised, vectors), _name(look, coder)


def _see_all(
    look: Look, coder: Coder, texts: Sequence[str], asked: Sequence[str], *, tell: Progress
) -> tuple[npt.NDArray[np.float64], Vectors]:
    strengths, vectors = [], []
    for start in range(0, len(texts), SEEN_AT_ONCE):
        tell(0.5 + 0.4 * start / len(texts), "Coding the comments")
        here = slice(start, start + SEEN_AT_ONCE)
        strengths.append(coder.strengths(look.see(texts[here], asked[here])))
        vectors.append(look.place(texts[here]))
    return np.vstack(strengths), np.vstack(vectors)


def _name(look: Look, coder: Coder) -> str:
    if coder.examples:
        return f"coding frame, learnt from {coder.examples} coded answers ({look.name})"
    return f"coding frame, by its own words alone ({look.name})"


def _marks(given: Sequence[frozenset[str]], frame: Frame) -> npt.NDArray[np.bool_]:
    found = [[theme.key in keys for theme in frame] for keys in given]
    return np.array(found, dtype=np.bool_).reshape(len(given), len(frame))


def _part(coded: _Coded, places: Sequence[int]) -> _Coded:
    here = np.asarray(places, dtype=np.intp)
    return _Coded(
        [coded.comments[at] for at in places],
        coded.strengths[here],
        coded.raised[here],
        coded.vectors[here],
    )


def _report(
    coded: _Coded, frame: Frame, silent: tuple[str, ...], model: str, seconds: float
) -> Report:
    themes = [_theme(coded, theme, column) for column, theme in enumerate(frame)]
    return Report(
        themes=tuple(sorted(themes, key=lambda theme: -theme.count)),
        base=len(coded.comments),
        without_content=silent,
        unassigned=tuple(
            comment.id
            for comment, raised in zip(coded.comments, coded.raised, strict=True)
            if not raised.any()
        ),
        ranked=_rank(coded, frame),
        model=model,
        seconds=seconds,
        peak_mb=peak_mb(),
    )


def _theme(coded: _Coded, theme: FrameTheme, column: int) -> Theme:
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
        share=len(places) / len(coded.comments) if coded.comments else 0.0,
    )


def _rank(coded: _Coded, frame: Frame) -> Mapping[str, tuple[str, ...]]:
    order = np.argsort(-(coded.strengths + coded.raised), axis=1, kind="stable")
    return {
        comment.id: tuple(frame[column].key for column in columns)
        for comment, columns in zip(coded.comments, order.tolist(), strict=True)
    }
