"""Concerns that the safeguarding role closes as none: the software was wrong, and a person says so.

What stays as it was: the record, and that a response with any concern is never quoted (SAF-8). Only
a question to a committee, which its asker sent in to be published, may be published after all.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voice.models import Concern, Enquiry, Officer
from voice.services import audit, concern_record, concerns, enquiries


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a concern, and under which reference it was referred, if so."""

    words: str
    is_false_alarm: bool = False
    referral: str = ""


def decide(
    session: Session,
    concern: Concern,
    officer: Officer,
    decision: Decision,
    *,
    now: datetime,
) -> None:
    """Keep what a person decided about the concern, and whether it was none.

    The record keeps every decision; the concern itself shows the last.

    With the last alert of an enquiry closed as a false alarm, the team that answers finds it. One
    that is taken back takes its question off the public page.
    """
    was_false_alarm, is_false_alarm = concern.is_false_alarm, decision.is_false_alarm
    concerns.decide(session, concern, officer, decision.words, now=now)
    concern.is_false_alarm, concern.referral = is_false_alarm, decision.referral
    step, referred = concern_record.DECIDED, f"\nReferral: {decision.referral}"
    words = decision.words + (referred if decision.referral else "")
    concern_record.note(session, concern, step, officer=officer, words=words, now=now)
    if is_false_alarm and not was_false_alarm:
        audit.record(session, officer, "concern closed as a false alarm", concern.id, now=now)
        _let_it_be_answered(session, concern, officer, now=now)
    if was_false_alarm and not is_false_alarm:
        audit.record(session, officer, "false alarm taken back", concern.id, now=now)
        _take_off_the_page(session, concern, officer, now=now)


def count_decided(session: Session) -> tuple[int, int]:
    """Return how many concerns were decided, and how many of them were false alarms."""
    found = select(func.count(), func.count().filter(Concern.is_false_alarm))
    found = found.select_from(Concern).where(Concern.decided_at.is_not(None))
    decided, false_alarms = session.execute(found).one()
    return decided, false_alarms


def _let_it_be_answered(
    session: Session, concern: Concern, officer: Officer, *, now: datetime
) -> None:
    enquiry = enquiries.find_of_concern(session, concern)
    if enquiry is not None and not enquiries.alert_stands(session, enquiry):
        enquiries.release(session, enquiry, officer, now=now)


def _take_off_the_page(
    session: Session, concern: Concern, officer: Officer, *, now: datetime
) -> None:
    enquiry = session.get(Enquiry, concern.enquiry_id) if concern.enquiry_id else None
    if enquiry is None:
        return
    session.refresh(enquiry, with_for_update={"of": Enquiry})
    if enquiry.published_at is not None:
        enquiry.published_at = None
        session.flush()
        audit.record(session, officer, "enquiry withdrawn", enquiry.id, now=now)
