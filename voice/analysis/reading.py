"""Comments made ready for the analysis: the empty set apart, the same folded, the rest in units."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from voice.analysis.content import fold, has_content
from voice.analysis.findings import Comment
from voice.analysis.words import split_units


@dataclass(frozen=True, slots=True)
class Answer:
    """Words that one or several people wrote: `ids` are their comments, in the order given."""

    text: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Every different answer once, and its units; `owners` says whose unit each is, by place."""

    answers: tuple[Answer, ...]
    units: tuple[str, ...]
    owners: tuple[int, ...]
    without_content: tuple[str, ...]

    @property
    def base(self) -> int:
        """How many people wrote something with content."""
        return sum(len(answer.ids) for answer in self.answers)


def read_comments(comments: Sequence[Comment]) -> Reading:
    """Return `comments` ready to be grouped; nothing anybody wrote is lost."""
    speaking = [has_content(comment.text) for comment in comments]
    answers = _fold_identical(
        comment for comment, speaks in zip(comments, speaking, strict=True) if speaks
    )
    split = [split_units(answer.text) for answer in answers]
    return Reading(
        answers=answers,
        units=tuple(unit for units in split for unit in units),
        owners=tuple(place for place, units in enumerate(split) for _ in units),
        without_content=tuple(
            comment.id for comment, speaks in zip(comments, speaking, strict=True) if not speaks
        ),
    )


def _fold_identical(comments: Iterable[Comment]) -> tuple[Answer, ...]:
    texts: dict[str, str] = {}
    ids: dict[str, list[str]] = {}
    for comment in comments:
        folded = fold(comment.text)
        texts.setdefault(folded, comment.text)
        ids.setdefault(folded, []).append(comment.id)
    return tuple(Answer(text, tuple(ids[folded])) for folded, text in texts.items())
