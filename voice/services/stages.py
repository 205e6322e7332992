"""Where a consultation stands: each step from the plan to the archive, and what it still needs."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from voice.models import Consultation, ConsultationKind
from voice.services import considering
from voice.services.considering import Remaining
from voice.services.dates import warn_of_length
from voice.services.gunning import Facts, Missing, Stage, missing_to_open, stage_of


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a consultation has come, and what stands between it and the next step."""

    stage: Stage
    missing: tuple[Missing, ...]  # before it may open
    warning: str  # too short a time to answer (CON-3); "" if not
    remaining: Remaining  # before a decision may be recorded (CON-4)
    not_answered: int  # themes without a published answer (CON-7)
    is_decided: bool
    needs_decision: bool


def read_standing(session: Session, consultation: Consultation, *, now: datetime) -> Standing:
    """Return where `consultation` stands at `now`."""
    is_decided = considering.is_decided(session, consultation)
    missing = missing_to_open(consultation, is_decided=is_decided, now=now)
    remaining = considering.remaining(session, consultation)
    not_answered = considering.not_answered(session, consultation)
    is_public = consultation.kind is ConsultationKind.PUBLIC
    not_weighed = remaining.total if is_public else remaining.not_signed_off
    facts = Facts(missing, not_weighed, is_decided, not_answered)
    return Standing(
        stage=stage_of(consultation, facts, now=now),
        missing=missing,
        warning=warn_of_length(consultation.opens_at, consultation.closes_at),
        remaining=remaining,
        not_answered=not_answered,
        is_decided=is_decided,
        needs_decision=is_public,
    )
