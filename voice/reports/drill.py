"""A drill as a page that an inspector can read: promises, what was seen, how long it took."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from voice.clock import moment_in_words
from voice.reports.briefing import printable
from voice.reports.drawing import draw_report


@dataclass(frozen=True, slots=True)
class Step:
    """One step as it was played: `found` is what was seen, or why it failed."""

    promise: str
    found: str
    millis: float
    has_passed: bool


@dataclass(frozen=True, slots=True)
class Act:
    """A part of a drill: its steps up to the first that failed, and how many there should be."""

    title: str
    steps: tuple[Step, ...]
    planned: int

    @property
    def has_passed(self) -> bool:
        """Return whether every step was played and kept its promise."""
        return len(self.steps) == self.planned and all(each.has_passed for each in self.steps)


def drill_page(acts: Sequence[Act], *, version: str, at: datetime) -> str:
    """Return the page about these acts; `version` is the detector's, `at` when it was played."""
    has_passed = all(each.has_passed for each in acts)
    return printable(
        draw_report(
            "drill.html",
            acts=acts,
            has_passed=has_passed,
            version=version,
            played_at=moment_in_words(at),
        )
    )
