"""Themes wave by wave, with what is done about each and what it changed (row B10)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice.analysis.suppression import (
    HIDDEN,
    OFFICERS_SMALLEST_COUNT,
    kept_back,
    show_parts,
)
from voice.models import Consultation, OutcomeKind, Response
from voice.reports.csv_files import csv_file
from voice.services import outcomes, theme_views, themes
from voice.services.results import counting_in
from voice.services.theme_behind import Behind

WITHHELD = "withheld"
COLUMNS = (
    "question", "theme", "wave", "people", "of", "figures are", "action", "changes in practice",
)  # fmt: skip
Row = tuple[object, ...]


def actions_file(session: Session, consultation: Consultation) -> bytes:
    """Return every signed-off theme by wave, such as a quarter, with action and what changed.

    A count of 1 to 4 people is withheld, and what would give it away: the theme's sum is known.
    """
    waves = _waves(session, consultation)
    rows = (
        row
        for question in themes.free_text_questions(consultation)
        for row in _rows(session, consultation, question.code, waves)
    )
    return csv_file(COLUMNS, rows)


def _waves(session: Session, consultation: Consultation) -> dict[UUID, str]:
    """Return the wave of each response that counts, those before first."""
    found = (
        select(Response.id, Response.wave)
        .where(counting_in(consultation))
        .order_by(Response.submitted_at, Response.id)
    )
    return {response: wave for response, wave in session.execute(found)}


def _rows(
    session: Session, consultation: Consultation, code: str, waves: Mapping[UUID, str]
) -> Iterator[Row]:
    behind = Behind.read(session, consultation, code)
    found = theme_views.read_themes(session, consultation, code, behind=behind)
    in_order = dict.fromkeys(waves.values())
    said = Counter(waves[one] for one in behind.people)
    hidden = kept_back(said, smallest=OFFICERS_SMALLEST_COUNT)
    for view in found.signed_off:
        raised: set[UUID] = set().union(
            *(behind.raised.get(one, {}) for one in (view.id, *(part.id for part in view.merged)))
        )
        counts = Counter(waves[one] for one in raised)
        told = {wave: counts[wave] for wave in in_order}
        shown = show_parts(told, len(raised), one_each=True)
        about = "indicative" if view.is_indicative else "audited"
        for wave, each in shown.items():
            people = WITHHELD if each.text == HIDDEN else each.text
            base = WITHHELD if wave in hidden else said[wave]
            yield found.text, view.label, wave, people, base, about, *_answers(session, view.id)


def _answers(session: Session, theme: UUID) -> tuple[str, str]:
    """Return what the council says it will do about a theme, and what it says it changed."""
    published = outcomes.list_of_theme(session, theme)
    changed = [each.we_did for each in published if each.kind is OutcomeKind.DID]
    action = [each.we_did for each in published if each.kind is not OutcomeKind.DID]
    return "; ".join(action), "; ".join(changed)
