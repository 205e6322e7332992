"""Comments in, report out: the one door to the theme analysis.

Loads scikit-learn and NLTK, so only the worker and the commands come through it; pages read the
values in `voice.analysis.findings`.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from voice.analysis.aliases import Aliases
from voice.analysis.drafting import Draft, draft_again, draft_themes
from voice.analysis.embeddings import Vectors, embed
from voice.analysis.findings import Comment, Mention, Report, Theme, Tone, ToneCounts
from voice.analysis.language_themes import find_in_languages
from voice.analysis.memory import peak_mb
from voice.analysis.reading import Manner, Reading, read_comments
from voice.analysis.themes import group_units, sort_units

__all__ = [
    "Comment",
    "Found",
    "Mention",
    "Report",
    "Theme",
    "Tone",
    "ToneCounts",
    "find_themes",
    "find_themes_by_question",
]

SEED = 20170904

Progress = Callable[[float, str], None]


def find_themes(
    comments: Sequence[Comment],
    *,
    on_progress: Progress | None = None,
    seed: int = SEED,
    aliases: Aliases | None = None,
) -> Report:
    """Return the themes of all comments to ONE question, whatever their `question` says.

    Any number of comments of any length in any language gives a report, an empty one if need
    be. The same comments in the same order with the same seed give the same report but for
    `seconds` and `peak_mb`. An answer may raise several themes or none. Each comment needs
    its own id. `on_progress` is told a share done, 0 to 1, and what is being done.
    Comments in another language than most are in form a group of their own, after the themes, and
    themes by their words alone where thirty people or more wrote in it.
    """
    return Found.find(comments, on_progress=on_progress, seed=seed, aliases=aliases).report


@dataclass(frozen=True, slots=True)
class Found:
    """The themes of some comments to one question, into which others can be sorted."""

    report: Report
    manner: Manner
    place: Callable[[Sequence[str]], Vectors]
    centres: Vectors
    aliases: Aliases | None
    prefix: str

    @classmethod
    def find(
        cls,
        comments: Sequence[Comment],
        *,
        on_progress: Progress | None = None,
        seed: int = SEED,
        aliases: Aliases | None = None,
        prefix: str = "",
    ) -> "Found":
        """Return what `find_themes` finds, with keys that begin with `prefix`."""
        tell = on_progress or _tell_nobody
        started = time.perf_counter()
        tell(0.0, "Reading the comments")
        reading = read_comments(comments, aliases)
        tell(0.1, "Comparing what they say")
        embedding = embed(reading.matched, seed=seed)
        tell(0.5, "Looking for themes")
        weights = [len(answer.ids) for answer in reading.answers]
        grouping = group_units(embedding.vectors, reading.owners, weights, seed=seed)
        tell(0.7, "Naming the themes")
        apart = find_in_languages(comments, reading, seed=seed)
        draft = draft_themes(reading, embedding.vectors, grouping, apart=apart)
        tell(1.0, "Naming the themes")
        centres = grouping.centres[list(draft.order)]
        report = prefix_keys(_report(reading, draft, embedding.model, started), prefix)
        return cls(report, reading.manner, embedding.place, centres, aliases, prefix)

    def sort(self, comments: Sequence[Comment]) -> Report:
        """Return who of others to the same question raises these themes.

        Themes keep their keys, names and quotes. Nothing is learnt from these comments, so they
        may be given in parts: what is said of one depends on no other but its near copies.
        """
        started = time.perf_counter()
        reading = read_comments(comments, self.aliases, like=self.manner)
        grouping = sort_units(self._place(reading.matched), self.centres)
        named = self.report.themes[: len(self.centres)]
        draft = draft_again(reading, grouping, named, prefix=self.prefix)
        return _report(reading, draft, self.report.model, started)

    def _place(self, units: Sequence[str]) -> Vectors:
        if len(self.centres):
            return self.place(units)
        return np.zeros((len(units), self.centres.shape[1]), dtype=np.float32)


def _report(reading: Reading, draft: Draft, model: str, started: float) -> Report:
    return Report(
        themes=draft.themes,
        base=reading.base,
        without_content=reading.without_content,
        unassigned=draft.unassigned,
        ranked=draft.ranked,
        model=model,
        seconds=time.perf_counter() - started,
        peak_mb=peak_mb(),
        notes=reading.notes,
    )


def find_themes_by_question(
    comments: Iterable[Comment],
    *,
    on_progress: Progress | None = None,
    seed: int = SEED,
    aliases: Aliases | None = None,
) -> dict[str, Report]:
    """Return a report for each question, in the order the questions first appear.

    Theme keys ("q1-t1") are unique across questions. A comment's id needs to be unique only
    within its question. Promises otherwise what `find_themes` does.
    """
    asked: dict[str, list[Comment]] = {}
    for comment in comments:
        asked.setdefault(comment.question, []).append(comment)
    total = sum(len(answers) for answers in asked.values())
    reports: dict[str, Report] = {}
    done = 0
    for number, (question, answers) in enumerate(asked.items(), start=1):
        name = f"Question {number} of {len(asked)}: " if len(asked) > 1 else ""
        part = _Part(done / total, len(answers) / total, name)
        report = find_themes(
            answers, on_progress=part.tell(on_progress), seed=seed, aliases=aliases
        )
        reports[question] = prefix_keys(report, f"q{number}-")
        done += len(answers)
    return reports


def prefix_keys(report: Report, prefix: str) -> Report:
    """Return `report` with keys that begin so, unique across questions."""
    ranked: Mapping[str, tuple[str, ...]] = {
        comment: tuple(prefix + key for key in keys) for comment, keys in report.ranked.items()
    }
    themes = tuple(replace(theme, key=prefix + theme.key) for theme in report.themes)
    return replace(report, themes=themes, ranked=ranked)


@dataclass(frozen=True, slots=True)
class _Part:
    """One question's place in the whole: where it starts, its share of it, and its name."""

    start: float
    share: float
    name: str

    def tell(self, on_progress: Progress | None) -> Progress:
        def told(done: float, stage: str) -> None:
            if on_progress:
                on_progress(min(1.0, self.start + self.share * done), self.name + stage)

        return told


def _tell_nobody(_done: float, _stage: str) -> None:
    return
