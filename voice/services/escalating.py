"""Escalation: an e-mail without words to whoever must look at a concern now (SAF-6, SAF-13).

What is due is worked out from the concerns themselves, which are kept in the transaction of the
words that raised them: so no alert is lost, however long the worker or the mail server is away.
"""

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased, load_only

from voice.analysis.safeguarding import Tier
from voice.config import Settings
from voice.models import Concern, ConcernEntry, Consultation
from voice.services import concern_clocks, concern_record, mail
from voice.services.concern_clocks import IMMEDIATE, Step

logger = logging.getLogger(__name__)

_NEEDED = (
    Concern.tier,
    Concern.urgency,
    Concern.raised_at,
    Concern.acknowledged_at,
    Concern.decided_at,
    Concern.is_about_staff,
)
_WHY = {
    Step.LEAD: "You are told because you are the safeguarding lead.",
    Step.DEPUTY: "Nobody has read it for 15 minutes. You are told because you are the deputy.",
    Step.DUTY: "Nobody has read it yet. You are told because you are on duty.",
    Step.LATE: "The working day in which somebody must decide is over, and nothing is decided.",
}
_ALLEGATION = (
    "An allegation about somebody who works with children may have been made to {council}.\n\n"
    "Please speak with the safeguarding lead: {lead}. The record is with them alone.\n\n"
    "This e-mail never says what was written, or by whom.\n"
)


def send_due(session: Session, settings: Settings, *, now: datetime) -> int:
    """Tell everybody who must be told by now and was not, and return how many were told.

    One e-mail for all that a person must be told of at once. Nobody is told of demonstrations.
    """
    safety = settings.council.safety
    due: defaultdict[Step, list[Concern]] = defaultdict(list)
    waiting = _list_waiting(session)
    told = _told(session)
    for concern in waiting:
        for step in concern_clocks.due_steps(concern, safety, now=now):
            if step not in told[concern.id]:
                due[step].append(concern)
    return sum(_tell(session, settings, step, each, now=now) for step, each in due.items())


def _waits() -> ColumnElement[bool]:
    """Say that a concern is an alert without a decision, or one that the LADO must be told of."""
    line = aliased(ConcernEntry)
    lado = exists().where(line.concern_id == Concern.id, line.step == Step.LADO)
    is_open = and_(Concern.tier == Tier.ALERT.value, Concern.decided_at.is_(None))
    return or_(is_open, and_(Concern.is_about_staff, ~lado))


def _list_waiting(session: Session) -> Sequence[Concern]:
    """Return the concerns that somebody may have to be told of, locked, oldest first.

    Only what the clocks need is read: words that cannot be unsealed hold up nobody's alert.
    """
    found = (
        select(Concern)
        .options(load_only(*_NEEDED, raiseload=True))
        .outerjoin(Consultation, Consultation.id == Concern.consultation_id)
        .where(_waits(), or_(Consultation.id.is_(None), Consultation.demonstration == ""))
        .order_by(Concern.raised_at, Concern.id)
    )
    return session.scalars(found.with_for_update(of=Concern, skip_locked=True)).all()


def _told(session: Session) -> defaultdict[UUID, set[str]]:
    """Return which steps were taken for each concern that waits."""
    found = (
        select(ConcernEntry.concern_id, ConcernEntry.step)
        .join(Concern, Concern.id == ConcernEntry.concern_id)
        .where(_waits(), ConcernEntry.step.in_(list(Step)))
    )
    told = defaultdict[UUID, set[str]](set)
    for concern_id, step in session.execute(found):
        told[concern_id].add(step)
    return told


def _tell(
    session: Session, settings: Settings, step: Step, concerns: Sequence[Concern], *, now: datetime
) -> int:
    """Write one e-mail about these concerns to each whom the step names; return to how many."""
    subject, text = _wording(settings, step, concerns)
    reached = [
        to
        for to in concern_clocks.reach_of(step, settings.council.safety, now=now)
        if settings.mail_server
        and mail.queue_letter(
            session,
            settings,
            mail.Letter(to, subject, text),
            reference=f"{mail.OF_CONCERNS}{step.name}:{concerns[0].id}:{to}",
            now=now,
        )
    ]
    if not reached:  # tried again at the next look: somebody, or a server, may be named by then
        logger.error("nobody to tell of a concern", extra={"step": step.name})
        return 0
    for each in concerns:
        concern_record.note(session, each, step, officer=None, words=", ".join(reached), now=now)
    return len(reached)


def _wording(settings: Settings, step: Step, concerns: Sequence[Concern]) -> tuple[str, str]:
    """Return the subject and the text of an e-mail; neither holds a word of what was written."""
    council = settings.council
    if step is Step.LADO:
        lead = council.safety.lead or council.name
        return "Please ring about an allegation", _ALLEGATION.format(
            council=council.name, lead=lead
        )
    count, urgent = len(concerns), sum(each.urgency == IMMEDIATE for each in concerns)
    waits = "1 concern waits" if count == 1 else f"{count:,} concerns wait"
    marked = f", {urgent:,} of them immediate" if urgent else ""
    text = (
        f"{waits}{marked}.\n\n{_WHY[step]}\n\n"
        f"Sign in and read: {council.address}/officers/concerns\n\n"
        "This e-mail never says what was written, or by whom.\n"
    )
    return f"Voice: {waits}{' (immediate)' if urgent else ''}", text
