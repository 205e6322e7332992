"""Figures as a meeting may trust them: never without their base, always rounded the same way."""

from dataclasses import dataclass, replace

from voice.analysis.suppression import (
    HIDDEN,
    OFFICERS_SMALLEST_COUNT,
    PUBLIC_SMALLEST_COUNT,
    show_officers,
)
from voice.reports.measures import MeasureTable

ROUNDING = "Shares are whole per cents of everybody who answered the question, halves rounded up."
WHY_WITHHELD = (
    "“Withheld” stands for a count of 1 to 4 people, or an average of fewer than "
    f"{PUBLIC_SMALLEST_COUNT} people: so few could be recognised."
)


@dataclass(frozen=True, slots=True)
class Figure:
    """`count` people of `base`; a base of 0 has no share."""

    label: str
    count: int
    base: int
    decimals: int = 0  # 1 where somebody asked for it

    @property
    def percent(self) -> int | None:
        """The whole per cent, halves rounded up; None without a base."""
        if self.base == 0:
            return None
        return (200 * self.count + self.base) // (2 * self.base)

    @property
    def percent_words(self) -> str:
        """The share as it is printed, "99%" or "99.1%", halves rounded up; "–" without a base."""
        if self.base == 0:
            return "–"
        if not self.decimals:
            return f"{self.percent}%"
        tenths = (2000 * self.count + self.base) // (2 * self.base)
        return f"{tenths // 10}.{tenths % 10}%"

    @property
    def share(self) -> float | None:
        """The rounded share, 0 to 1, as charts draw it; None without a base."""
        return None if self.percent is None else min(self.percent / 100, 1.0)

    @property
    def words(self) -> str:
        """Such as "37 of 45 (82%)"."""
        if self.percent is None:
            return f"{self.count} of {self.base}"
        return f"{self.count} of {self.base} ({self.percent_words})"

    @property
    def is_withheld(self) -> bool:
        """Whether so few people stand behind it that even inside the council it is kept back."""
        return show_officers(self.count, self.base).text == HIDDEN

    @property
    def guarded_words(self) -> str:
        """The words, or "fewer than 5 of 45" where the number is kept back."""
        if self.is_withheld:
            few = f"fewer than {OFFICERS_SMALLEST_COUNT}"
            return f"{few} of {self.base}" if self.base >= OFFICERS_SMALLEST_COUNT else few
        return self.words

    @property
    def bar(self) -> "Bar":
        """The figure as a chart inside the council draws it."""
        if self.is_withheld:
            return Bar(self.label, None, None)
        count = f"{self.count} of {self.base}"
        return Bar(self.label, count, self.share, self.percent_words)


def rate_of(counting: int, invited: int | None) -> Figure | None:
    """Return how many of those asked answered; None while nobody knows how many were asked."""
    return Figure("Response rate", counting, invited) if invited else None


def rate_cell(rate: Figure | None) -> str:
    """Return a response rate as a table says it under its head: "12 of 50 (24%)", "not known"."""
    return rate.words if rate else "not known"


def rate_words(rate: Figure | None) -> str:
    """Return what stands beside every percentage: "Response rate: 12 of 50 (24%)" (E4, E15)."""
    return f"Response rate: {rate_cell(rate)}"


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a chart; the count is None where so few people stand behind it that it is kept."""

    label: str
    count: str | None
    share: float | None
    share_words: str = ""  # as it is printed; empty for the whole per cent


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """What came in to one question.

    `base` is who answered it; `skipped` were asked and did not say; `not_asked` never came to it.
    `rows` is empty for a question that has no options, such as free text.
    """

    code: str
    text: str
    kind: str
    base: int
    skipped: int
    not_asked: int
    rows: tuple[Figure, ...] = ()
    together: Figure | None = None  # the first two of a scale, added before rounding
    note: str = ""
    asked_of: str = ""  # such as "people who answered ‘Yes’ to …"; empty when all were asked
    table: MeasureTable | None = None  # of a measure
    section: str = ""  # the heading that it shares with others, such as a priority

    @property
    def is_free_text(self) -> bool:
        """Whether themes may be found in the answers."""
        return self.kind == "free_text"

    @property
    def bars(self) -> tuple[Bar, ...]:
        """The rows as a chart inside the council draws them."""
        return tuple(row.bar for row in self.rows)

    @property
    def has_withheld(self) -> bool:
        """Whether a row is so small that its number is kept back."""
        return any(row.is_withheld for row in self.rows)

    @property
    def headline(self) -> Figure | None:
        """The row to say first, if enough people stand behind it to say it inside the council."""
        return None if self.most is None or self.most.is_withheld else self.most

    @property
    def most(self) -> Figure | None:
        """The row to say first: the first two of a scale together, else the largest."""
        if self.together is not None:
            return self.together
        return max(self.rows, key=lambda row: row.count, default=None)

    def with_decimals(self, decimals: int) -> "QuestionFigures":
        """Return the same figures, printed with so many decimals."""
        return replace(
            self,
            rows=tuple(replace(row, decimals=decimals) for row in self.rows),
            together=replace(self.together, decimals=decimals) if self.together else None,
        )
