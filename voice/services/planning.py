"""Plans: a consultation before anybody outside can see it, and the moment it is let out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from surveys.engine import Survey
from voice.config import Council
from voice.errors import ConsultationNotReadyError, PlanRefusedError, StageRefusedError
from voice.models import Consultation, ConsultationKind, Officer, Role
from voice.services import audit, consultations, officers
from voice.services.considering import is_decided
from voice.services.consultations import Opening, current_survey, find_by_slug
from voice.services.gunning import Missing, missing_to_open
from voice.services.information import read_documents

MAX_SLUG_CHARS = 60
MAX_WORDS_CHARS = 20_000
MOST_INVITED = 100_000_000
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TAKEN = frozenset({"new"})  # an address of our own


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything about a consultation but its survey; `documents` holds one a line."""

    slug: str
    team: str
    opens_at: datetime
    closes_at: datetime
    kind: ConsultationKind = ConsultationKind.FEEDBACK
    invited: int | None = None
    reasons: str = ""
    options: str = ""
    documents: str = ""
    decision_on: date | None = None
    previous: str = ""


class NotReadyToOpenError(StageRefusedError):
    """Something is missing before it may open; `missing` says what."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__(", ".join(missing))
        self.missing = tuple(missing)


def make_plan(
    session: Session, survey: Survey, plan: Plan, officer: Officer, *, now: datetime
) -> Consultation:
    """Make a consultation that nobody outside can see yet.

    Raises:
        NotAllowedError: if the officer may only read.
        PlanRefusedError: as `check_plan`.
    """
    officers.check_may_change(officer)
    check_plan(session, plan, officer)
    if find_by_slug(session, plan.slug) is not None:
        raise PlanRefusedError("slug taken")
    opening = Opening(plan.slug, plan.team, plan.opens_at, plan.closes_at)
    consultation = consultations.new_consultation(survey, opening, now=now)
    _fill_in(consultation, plan)
    session.add(consultation)
    session.flush()
    audit.record(session, officer, "consultation planned", consultation.id, now=now)
    return consultation


def change_plan(
    session: Session, consultation: Consultation, plan: Plan, officer: Officer, *, now: datetime
) -> None:
    """Change a plan; its address stays as it was.

    Raises:
        NotAllowedError: if the officer may only read.
        StageRefusedError: "launched": what people can see is changed in other ways.
        PlanRefusedError: as `check_plan`.
    """
    officers.check_may_change(officer)
    session.refresh(consultation, with_for_update=True)
    if consultation.launched_at is not None:
        raise StageRefusedError("launched")
    check_plan(session, plan, officer)
    consultation.opens_at, consultation.closes_at = plan.opens_at, plan.closes_at
    consultation.team = plan.team
    _fill_in(consultation, plan)
    session.flush()
    audit.record(session, officer, "plan changed", consultation.id, now=now)


def launch(
    session: Session,
    consultation: Consultation,
    officer: Officer,
    council: Council,
    *,
    now: datetime,
) -> None:
    """Let a consultation open, at its time or at once; from then on its plan is public.

    Doing so again changes nothing.

    Raises:
        NotAllowedError: if the officer may only read.
        NotReadyToOpenError: while something is missing (CON-1, CON-2).
        ConsultationNotReadyError: if it is for children and the council has no helplines (SAF-2).
    """
    officers.check_may_change(officer)
    session.refresh(consultation, with_for_update=True)
    if consultation.launched_at is not None:
        return
    decided = is_decided(session, consultation)
    missing = missing_to_open(consultation, is_decided=decided, now=now)
    if missing:
        raise NotReadyToOpenError(missing)
    if current_survey(consultation).is_for_children and council.lacks_for_children:
        raise ConsultationNotReadyError("helplines")
    consultation.launched_at = now
    consultation.opens_at = max(consultation.opens_at, now)
    session.flush()
    audit.record(session, officer, "consultation let open", consultation.id, now=now)


def check_plan(session: Session, plan: Plan, officer: Officer) -> None:
    """Hold a plan to what it must be, complete or not.

    Raises:
        PlanRefusedError: "slug wrong", "team wrong", "closes early", "invited wrong",
            "reasons long", "options long", "documents wrong", "documents many" or
            "previous unknown".
    """
    if not _SLUG.fullmatch(plan.slug) or len(plan.slug) > MAX_SLUG_CHARS or plan.slug in _TAKEN:
        raise PlanRefusedError("slug wrong")
    if not plan.team or (officer.role is not Role.ADMIN and plan.team != officer.team):
        raise PlanRefusedError("team wrong")
    if plan.closes_at <= plan.opens_at:
        raise PlanRefusedError("closes early")
    if plan.invited is not None and not 0 < plan.invited <= MOST_INVITED:
        raise PlanRefusedError("invited wrong")
    _check_words(session, plan, officer)


def _check_words(session: Session, plan: Plan, officer: Officer) -> None:
    if len(plan.reasons) > MAX_WORDS_CHARS:
        raise PlanRefusedError("reasons long")
    if len(plan.options) > MAX_WORDS_CHARS:
        raise PlanRefusedError("options long")
    read_documents(plan.documents)
    if not plan.previous:
        return
    previous = find_by_slug(session, plan.previous)
    if previous is None or plan.previous == plan.slug:
        raise PlanRefusedError("previous unknown")
    if not officers.may_open(session, officer, previous):
        raise PlanRefusedError("previous unknown")


def _fill_in(consultation: Consultation, plan: Plan) -> None:
    consultation.kind = plan.kind
    consultation.invited = plan.invited
    consultation.reasons = plan.reasons.strip()
    consultation.options = plan.options.strip()
    consultation.documents = read_documents(plan.documents)
    consultation.decision_on = plan.decision_on
    consultation.previous = plan.previous
