"""A coding frame as plain values: the themes that a council looks for, and what people coded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Codes = Mapping[tuple[str, str], frozenset[str]]
"""The keys that a person gave a comment, by question and id; an empty set says that none fits."""


@dataclass(frozen=True, slots=True)
class FrameTheme:
    """One theme of a frame. `note` says when it holds; `keywords` are words that people use."""

    key: str
    name: str
    note: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """All that the frame says of this theme, in one text."""
        return ". ".join(part for part in (self.name, self.note, *self.keywords) if part)


Frame = tuple[FrameTheme, ...]


def widen(frame: Frame, labels: Iterable[str]) -> Frame:
    """Return the frame with a theme for each label that it lacks, in order of the alphabet."""
    known = {theme.key for theme in frame}
    return (*frame, *(FrameTheme(label, label) for label in sorted(set(labels) - known)))
