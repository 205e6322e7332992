"""Several surveys read as one on a question that they share, each with its own number (A8)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from surveys.questions import FreeText, OneOf
from voice.errors import NotFoundError
from voice.models import Consultation
from voice.reports.figures import Figure
from voice.services.comparisons import Compared, Comparison
from voice.services.hub_asking import Scope
from voice.services.hub_themes import NOT_LISTED, merge_themes, say

NOT_TOGETHER = "–"
NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True)
class MergedLine:
    """One answer or theme: each survey's figure in words, and all of them together."""

    label: str
    cells: tuple[str, ...]
    together: str


@dataclass(frozen=True, slots=True)
class Merged:
    """A shared question: how many answered it in each survey, by its title and rate, and in all."""

    code: str
    text: str
    bases: tuple[tuple[str, int | None], ...]
    lines: tuple[MergedLine, ...]
    warnings: tuple[str, ...]
    is_free_text: bool

    @property
    def total(self) -> int:
        """How many answered it in all the surveys."""
        return sum(base or 0 for _, base in self.bases)


def shared_questions(comparison: Comparison) -> list[tuple[str, str]]:
    """Return the questions that can be merged, as (code, text): with options or in own words."""
    return [
        (each.question.code, each.question.plain_text)
        for each in comparison.questions
        if each.is_shared and isinstance(each.question, OneOf | FreeText)
    ]


def merge_question(session: Session, scope: Scope, comparison: Comparison, code: str) -> Merged:
    """Return one shared question, with each survey's number kept.

    All of them are one only where the question was asked alike and no figure is withheld.

    Raises:
        NotFoundError: if no two of the surveys ask it.
    """
    found = next((each for each in comparison.questions if each.question.code == code), None)
    if found is None or not found.is_shared:
        raise NotFoundError("question")
    consultations = [each.consultation for each in comparison.sources]
    is_free_text = isinstance(found.question, FreeText)
    themes = _themes(session, scope, consultations, found) if is_free_text else _options(found)
    return Merged(
        code,
        found.question.plain_text,
        bases=tuple(
            (each.head, base) for each, base in zip(comparison.sources, found.bases, strict=True)
        ),
        lines=themes,
        warnings=found.warnings,
        is_free_text=is_free_text,
    )


def _options(found: Compared) -> tuple[MergedLine, ...]:
    return tuple(
        MergedLine(
            line.label,
            tuple(line.cells),
            line.together.guarded_words if line.together else NOT_TOGETHER,
        )
        for line in found.lines
    )


def _themes(
    session: Session, scope: Scope, consultations: Sequence[Consultation], found: Compared
) -> tuple[MergedLine, ...]:
    lines = []
    for name, figures in merge_themes(session, scope, consultations, found.question.code):
        asked = list(zip(figures, found.bases, strict=True))
        cells = tuple(_words(each, base) for each, base in asked)
        known = [each for each, base in asked if each is not None and base is not None]
        is_apart = bool(found.warnings) or any(each.is_withheld for each, _ in known)
        whole = Figure(
            name, sum(each.count for each, _ in known), sum(each.base for each, _ in known)
        )
        together = say(whole.guarded_words, any(is_indicative for _, is_indicative in known))
        lines.append(MergedLine(name, cells, NOT_TOGETHER if is_apart else together))
    return tuple(lines)


def _words(counted: tuple[Figure, bool] | None, base: int | None) -> str:
    if base is None:
        return NOT_ASKED
    return say(counted[0].guarded_words, counted[1]) if counted else NOT_LISTED
