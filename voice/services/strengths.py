"""Strengths and areas: the themes of a self-assessment or an audit in two columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from voice.clock import day_in_words
from voice.models import Consultation
from voice.reports.briefing import ONLY_HEARD
from voice.reports.csv_files import csv_file
from voice.reports.figures import rate_cell, rate_words
from voice.reports.handout import Handout, HandoutPart
from voice.services import results, theme_views, themes
from voice.services.theme_views import ThemeView

IMPROVED = "Areas of improvement"
FURTHER = "Areas for further development"
NEITHER = "Neither clearly"
BY_TONE = (
    "Sorted by tone, which counts feeling words and knows no context: read each theme before you "
    "pass this on. Themes of fewer than 5 people are not sorted."
)
BY_QUESTION = "Each column holds the themes of one question."


@dataclass(frozen=True, slots=True)
class Sources:
    """The questions, by their codes, that fill the two columns.

    One question alone is sorted by tone; so are all of them, where none is named.
    """

    improved: str = ""
    further: str = ""

    @property
    def are_two(self) -> bool:
        """Whether each column has a question of its own."""
        return bool(self.improved and self.further) and self.improved != self.further


@dataclass(frozen=True, slots=True)
class Sorted:
    """Themes that were signed off, each in one place only, those that most people raise first."""

    improved: tuple[ThemeView, ...]
    further: tuple[ThemeView, ...]
    neither: tuple[ThemeView, ...] = ()

    @property
    def columns(self) -> tuple[tuple[str, tuple[ThemeView, ...]], ...]:
        """Every theme under its head."""
        named = ((IMPROVED, self.improved), (FURTHER, self.further), (NEITHER, self.neither))
        return tuple((head, held) for head, held in named if held or head != NEITHER)


def sort_themes(session: Session, consultation: Consultation, sources: Sources) -> Sorted:
    """Return the themes in two columns, by question or by tone.

    Raises:
        NotFoundError: if there is no such question.
    """
    if sources.are_two:
        return Sorted(
            _signed_off(session, consultation, [sources.improved]),
            _signed_off(session, consultation, [sources.further]),
        )
    alone = sources.improved or sources.further
    every_code = [each.code for each in themes.free_text_questions(consultation)]
    every = _signed_off(session, consultation, [alone] if alone else every_code)
    return Sorted(
        improved=tuple(each for each in every if _leaning(each) > 0),
        further=tuple(each for each in every if _leaning(each) < 0),
        neither=tuple(each for each in every if _leaning(each) == 0),
    )


def write_strengths(
    session: Session, consultation: Consultation, sources: Sources, *, council: str, now: datetime
) -> Handout:
    """Return the two columns as a handout."""
    found = sort_themes(session, consultation, sources)
    parts = [HandoutPart(head, tuple(map(_words, held))) for head, held in found.columns]
    return Handout(
        title=f"{consultation.title}: strengths and areas",
        council=council,
        made_on=day_in_words(now),
        demonstration=consultation.demonstration,
        columns=tuple(parts[:2]),
        parts=tuple(parts[2:]),
        notes=(
            f"{rate_words(results.read_rate(session, consultation))}.",
            BY_QUESTION if sources.are_two else BY_TONE,
        ),
    )


def strengths_file(session: Session, consultation: Consultation, sources: Sources) -> bytes:
    """Return the two columns as a CSV file, a line a theme; 1 to 4 people are withheld."""
    rate = rate_cell(results.read_rate(session, consultation))
    rows = (
        (
            head,
            each.label,
            "withheld" if each.people.is_withheld else each.people.count,
            each.people.base,
            rate,
            "indicative" if each.is_indicative else "audited",
        )
        for head, held in sort_themes(session, consultation, sources).columns
        for each in held
    )
    columns = ("column", "theme", "people", "of", "response rate", "figures are")
    return csv_file(columns, rows)


def _signed_off(
    session: Session, consultation: Consultation, codes: Sequence[str]
) -> tuple[ThemeView, ...]:
    found = [
        view
        for code in codes
        for view in theme_views.read_themes(session, consultation, code).signed_off
    ]
    return tuple(sorted(found, key=lambda view: -view.people.count))


def _leaning(view: ThemeView) -> int:
    """Return how many more speak well than badly of it; 0 where they are too few to sort."""
    if view.people.is_withheld:
        return 0
    counts = {tone.label: tone.count for tone in view.tones}
    return counts.get("positive", 0) - counts.get("negative", 0)


def _words(view: ThemeView) -> str:
    how_many = ONLY_HEARD if view.is_only_heard else view.people.guarded_words
    indicative = ", indicative" if view.is_indicative and not view.is_only_heard else ""
    return f"{view.label}: {how_many}{indicative}"
