"""What a consultation must have before it opens, and where it stands: rules on plain values.

Source: R v Brent LBC, ex parte Gunning (1985): people are asked while the proposal can still
change (1), told enough to answer (2), given time (3), and weighed before the decision (4).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from voice.clock import in_london
from voice.models import Consultation, ConsultationKind


class Stage(StrEnum):
    """How far a consultation has come. Opening and closing follow the clock by themselves."""

    DRAFT = "draft"  # something is missing
    CHECK = "check"  # nothing is missing, and nobody has said that it may open
    COMING = "coming"
    OPEN = "open"
    ANALYSE = "analyse"  # it has closed, and not everything that was said has been weighed
    DECIDE = "decide"
    FEED_BACK = "feed back"
    DONE = "done"  # everybody has been answered; it may go into the archive
    ARCHIVED = "archived"


class Missing(StrEnum):
    """What stops a consultation from opening."""

    REASONS = "reasons"  # CON-2
    OPTIONS = "options"  # CON-2
    DOCUMENTS = "documents"  # CON-2
    DECISION_DATE = "decision date"  # a public consultation says when it will be decided
    DECISION_PAST = "decision past"  # CON-1
    DECISION_BEFORE_CLOSE = "decision before close"  # CON-1: decided while people still answer
    DECIDED = "decided"  # CON-1
    CLOSED = "closed"  # the closing date has gone by


@dataclass(frozen=True, slots=True)
class Facts:
    """What the stage depends on, beside the consultation's own columns and the clock."""

    missing: tuple[Missing, ...] = ()
    not_weighed: int = 0  # what CON-4 asks for; of a feedback survey only themes to sign off
    is_decided: bool = False
    not_answered: int = 0  # signed-off themes without "You said, we did" (CON-7)


def missing_to_open(
    consultation: Consultation, *, is_decided: bool, now: datetime
) -> tuple[Missing, ...]:
    """Return what stops `consultation` from opening, in the order of the plan (CON-1, CON-2)."""
    today = in_london(now).date()
    is_public = consultation.kind is ConsultationKind.PUBLIC
    found = {
        Missing.CLOSED: consultation.closes_at <= now,
        Missing.REASONS: is_public and not consultation.reasons.strip(),
        Missing.OPTIONS: is_public and not consultation.options.strip(),
        Missing.DOCUMENTS: is_public and not consultation.documents,
        Missing.DECISION_DATE: is_public and consultation.decision_on is None,
        Missing.DECISION_PAST: _is_before(consultation.decision_on, today),
        Missing.DECISION_BEFORE_CLOSE: _is_before(
            consultation.decision_on, in_london(consultation.closes_at).date()
        ),
        Missing.DECIDED: is_decided,
    }
    return tuple(missing for missing, is_so in found.items() if is_so)


def stage_of(consultation: Consultation, facts: Facts, *, now: datetime) -> Stage:
    """Return how far `consultation` has come at `now`.

    An ordinary feedback survey waits for no decision.
    """
    if consultation.archived_at is not None:
        return Stage.ARCHIVED
    if consultation.launched_at is None:
        return Stage.DRAFT if facts.missing else Stage.CHECK
    if not consultation.has_begun(now):
        return Stage.COMING
    if consultation.is_open(now):
        return Stage.OPEN
    return _after_the_close(consultation.kind, facts)


def _after_the_close(kind: ConsultationKind, facts: Facts) -> Stage:
    if not facts.is_decided and facts.not_weighed:
        return Stage.ANALYSE
    if not facts.is_decided and kind is ConsultationKind.PUBLIC:
        return Stage.DECIDE
    return Stage.FEED_BACK if facts.not_answered else Stage.DONE


def _is_before(day: date | None, other: date) -> bool:
    return day is not None and day < other
