"""Results as the public may read them: rounded, small numbers hidden, nobody's words (CON-5)."""

from dataclasses import dataclass, replace
from hashlib import sha256

from pydantic import TypeAdapter

from voice.analysis.suppression import (
    HIDDEN,
    ShownCount,
    publish_breakdown,
    publish_count,
    publish_percent,
    publish_share,
)
from voice.reports.figures import Bar, QuestionFigures

ROUNDING = (
    "Counts are rounded to the nearest 5, so a share is given as the two figures that the true one "
    "lies between. The response rate is worked out from rounded counts. * stands for 1 to 7 "
    "people. A question that fewer than 10 people answered is not broken down. This page was made "
    "once and does not change as more comes in."
)
_ROUNDING_BEFORE = (
    "Counts are rounded to the nearest 5, and shares are worked out from rounded counts. * stands "
    "for 1 to 7 people. A question that fewer than 10 people answered is not broken down. This "
    "page was made once and does not change as more comes in."
)
_ONE_EACH = frozenset({"choice", "picture_choice", "scale", "faces"})


@dataclass(frozen=True, slots=True)
class PublicRow:
    """One option: how many chose it, and the share, as they may be shown."""

    label: str
    count: str
    percent: int | None  # where the bar ends
    share: str = ""  # such as "38–52%"; "" for the whole per cent

    @property
    def bar(self) -> Bar:
        """The row as a chart draws it."""
        share = None if self.percent is None else self.percent / 100
        return Bar(self.label, self.count, share, self.share)


@dataclass(frozen=True, slots=True)
class PublicQuestion:
    """What came in to one question; no rows where too few answered, or where none can be."""

    section: str
    text: str
    base: str
    rows: tuple[PublicRow, ...]
    is_too_small: bool
    support: (
        str  # such as "Agree or strongly agree: about 40 of 50 (at least 73%)"; "" if there is none
    )

    @property
    def bars(self) -> tuple[Bar, ...]:
        """The rows as a chart draws them."""
        return tuple(row.bar for row in self.rows)


@dataclass(frozen=True, slots=True)
class PublicTheme:
    """A theme that a person signed off; no number where fewer than 8 people stand behind it."""

    section: str
    question: str
    label: str
    people: str
    is_indicative: bool = False  # how far the machine is right was not measured well enough


@dataclass(frozen=True, slots=True)
class PublicResults:
    """One published page of results, fixed as it was made."""

    title: str
    council: str
    opened: str
    closed: str
    made: str
    responses: str
    questions: tuple[PublicQuestion, ...]
    themes: tuple[PublicTheme, ...]
    demonstration: str = ""
    invited: str = ""  # how many were asked, rounded; "" while nobody knows
    rate: int | None = None  # per cent of those asked who answered; None where it may not be said
    rounding: str = _ROUNDING_BEFORE  # how it was counted when it was made

    def to_json(self) -> str:
        """Return it as it is kept."""
        return _ADAPTER.dump_json(self).decode()

    @property
    def mark(self) -> str:
        """Return what two pages share if they say the same, whenever they were made."""
        return sha256(replace(self, made="").to_json().encode()).hexdigest()


_ADAPTER = TypeAdapter(PublicResults)


def read_public_results(kept: str) -> PublicResults:
    """Return what `to_json` kept."""
    return _ADAPTER.validate_json(kept)


def publish_rate(counting: int, invited: int | None) -> tuple[str, int | None]:
    """Return how many were asked, and what per cent answered, as the public may see them.

    Where more answered than were asked, nobody knows how many really were.
    """
    if not invited or counting > invited:
        return "", None
    percent = publish_percent(counting, invited)
    return ("", None) if percent is None else (publish_count(invited), percent)


def publish_question(question: QuestionFigures) -> PublicQuestion:
    """Return what the public may see of a question's figures."""
    counts = {row.label: row.count for row in question.rows}
    one_each = question.kind in _ONE_EACH
    shown = publish_breakdown(counts, base=question.base, one_each=one_each) if counts else None
    rows = () if shown is None else tuple(_row(label, each) for label, each in shown.items())
    return PublicQuestion(
        section=question.section,
        text=question.text,
        base=publish_count(question.base),
        rows=rows,
        is_too_small=bool(counts) and shown is None,
        support=_support(question, rows),
    )


def _row(label: str, shown: ShownCount) -> PublicRow:
    if shown.share is None:
        return PublicRow(label, shown.text, None)
    return PublicRow(label, shown.text, round(100 * shown.share.middle), shown.share.words)


def _support(question: QuestionFigures, rows: tuple[PublicRow, ...]) -> str:
    """Return what the first two rows say together: nothing where one of them is withheld.

    What they are together, less the one that is shown, would nearly give the other away.
    """
    together = question.together
    if together is None or any(row.count == HIDDEN for row in rows[:2]) or not rows:
        return ""
    rest = [row.count for row in question.rows[2:]]
    share = publish_share(together.count, together.base, rest=rest)
    if share is None:
        return ""
    count, base = publish_count(together.count), publish_count(together.base)
    least = share.words if share.low == share.high else f"at least {share.low}%"
    return f"{together.label}: about {count} of {base} ({least})"
