"""Comments and a frame in, a report for each question out: the door to coding.

Loads scikit-learn and NLTK, so only the worker and the commands come through it.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from voice.analysis.aliases import Aliases
from voice.analysis.coding.coded import Coded, count_theme, rank
from voice.analysis.coding.features import Look
from voice.analysis.coding.frames import Codes, Frame
from voice.analysis.coding.learning import (
    FEWEST_EXAMPLES,
    MOST_EXAMPLES,
    Coder,
    follow_names,
    learn,
)
from voice.analysis.content import has_content
from voice.analysis.embeddings import Vectors
from voice.analysis.findings import Comment, Report
from voice.analysis.memory import peak_mb
from voice.analysis.other_languages import group_languages, rank_languages
from voice.analysis.reading import manner_of, read_comments

SEEN_AT_ONCE = 4_000
FEWEST_EMPTY_CODED = 3
MOSTLY = 0.5
EVEN = 0.5

Progress = Callable[[float, str], None]


def code_by_question(
    comments: Sequence[Comment],
    frame: Frame,
    codes: Codes,
    *,
    on_progress: Progress | None = None,
    aliases: Aliases | None = None,
) -> dict[str, Report]:
    """Return a report for each question: every theme of the frame, also those that nobody raised.

    What a person gave a comment in `codes` stands as it is; the others are coded as those teach,
    or by likeness to the frame's own words where too few are coded. Keys are the frame's. "Nothing"
    and "n/a" are set apart unless people gave such answers a theme; so are answers in another
    language than most are in, unless somebody coded them. All questions are learnt together. The
    same input gives the same report but for `seconds` and `peak_mb`.
    """
    tell = on_progress or (lambda _done, _stage: None)
    asked: dict[str, list[Comment]] = {}
    for comment in comments:
        asked.setdefault(comment.question, []).append(comment)
    tell(0.0, "Reading the comments")
    sorter = FrameSorter(comments, frame, codes, aliases=aliases)
    reports, done = {}, 0
    for question, answers in asked.items():
        tell(0.5 + 0.5 * done / len(comments), "Coding the comments")
        reports[question] = sorter.sort(answers)
        done += len(answers)
    tell(1.0, "Counting")
    return reports


class FrameSorter:
    """A frame, learnt from what people coded, into which any number of answers are sorted."""

    def __init__(
        self,
        comments: Sequence[Comment],
        frame: Frame,
        codes: Codes,
        *,
        aliases: Aliases | None = None,
    ) -> None:
        """Learn from these comments: from all, or from some and everything that was coded."""
        self._frame, self._codes, self._aliases = frame, codes, aliases
        self._empty_counts = _counts_empty(comments, codes)
        speaking = [comment for comment in comments if self._says_something(comment)]
        self._manner = manner_of([one.text for one in speaking], aliases)
        self.model = "nothing to code"
        self._look: Look | None = None
        if speaking and frame:
            self._learn(speaking)

    def sort(self, comments: Sequence[Comment]) -> Report:
        """Return who raises which theme of the frame; all comments are to one question."""
        started = time.perf_counter()
        reading = read_comments(comments, self._aliases, like=self._manner)
        apart = {
            language: tuple(one for one in ids if (comments[0].question, one) not in self._codes)
            for language, ids in reading.apart.items()
        }
        aside = {one for ids in apart.values() for one in ids}
        heard = [one for one in comments if self._says_something(one) and one.id not in aside]
        base = len(heard) + len(aside)
        groups = group_languages({one: ids for one, ids in apart.items() if ids}, base)
        coded = self._code(heard)
        themes = [
            count_theme(coded, theme, column, base=base) for column, theme in enumerate(self._frame)
        ]
        return Report(
            themes=(*sorted(themes, key=lambda theme: -theme.count), *groups),
            base=base,
            without_content=tuple(one.id for one in comments if not self._says_something(one)),
            unassigned=tuple(
                comment.id
                for comment, raised in zip(coded.comments, coded.raised, strict=True)
                if not raised.any()
            ),
            ranked=rank_languages(rank(coded, self._frame), groups),
            model=self.model,
            seconds=time.perf_counter() - started,
            peak_mb=peak_mb(),
            notes=reading.notes,
        )

    def _says_something(self, comment: Comment) -> bool:
        if self._codes.get(_place(comment)):
            return True
        return bool(comment.text.strip()) if self._empty_counts else has_content(comment.text)

    def _learn(self, comments: Sequence[Comment]) -> None:
        texts, asked = self._match(comments), [one.question for one in comments]
        match = self._manner.spelling.match
        frame = tuple(
            replace(one, name=match(one.name), note=match(one.note),
                    keywords=tuple(map(match, one.keywords)))
            for one in self._frame
        )  # fmt: skip
        look = Look(texts, asked, frame)
        themes = look.see_frame(frame)
        places = [at for at, comment in enumerate(comments) if _place(comment) in self._codes]
        if len(places) < FEWEST_EXAMPLES:
            some = slice(None, None, -(-len(texts) // MOST_EXAMPLES))
            self._coder = follow_names(themes, others=look.see(texts[some], asked[some]))
        else:
            examples = look.see([texts[at] for at in places], [asked[at] for at in places])
            codes = [self._codes[_place(comments[at])] for at in places]
            self._coder = learn(examples, _marks(codes, self._frame), themes)
        self._look, self.model = look, _name(look, self._coder)

    def _match(self, comments: Sequence[Comment]) -> list[str]:
        return [self._manner.spelling.match(comment.text) for comment in comments]

    def _code(self, comments: Sequence[Comment]) -> Coded:
        if self._look is None or not comments:
            nothing = np.zeros((len(comments), len(self._frame)))
            vectors = np.zeros((len(comments), 1), np.float32)
            return Coded(comments, nothing, nothing > 0, vectors)
        texts, asked = self._match(comments), [one.question for one in comments]
        strengths, vectors = _see_all(self._look, self._coder, texts, asked)
        raised = self._coder.decide(strengths)
        places = [at for at, comment in enumerate(comments) if _place(comment) in self._codes]
        marks = _marks([self._codes[_place(comments[at])] for at in places], self._frame)
        sure = strengths[places]
        strengths[places] = np.where(marks, np.maximum(sure, EVEN), np.minimum(sure, EVEN))
        raised[places] = marks
        return Coded(comments, strengths, raised, vectors)


def _counts_empty(comments: Sequence[Comment], codes: Codes) -> bool:
    """Return whether people coded "nothing" and the like as a theme, mostly."""
    empty = {_place(comment) for comment in comments if not has_content(comment.text)}
    given = [bool(codes[one]) for one in empty if one in codes]
    return len(given) >= FEWEST_EMPTY_CODED and sum(given) > MOSTLY * len(given)


def _place(comment: Comment) -> tuple[str, str]:
    return comment.question, comment.id


def _see_all(
    look: Look, coder: Coder, texts: Sequence[str], asked: Sequence[str]
) -> tuple[npt.NDArray[np.float64], Vectors]:
    strengths, vectors = [], []
    for start in range(0, len(texts), SEEN_AT_ONCE):
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
