"""Forgetting by age: people asked by name, children of conferences, questions nobody answered."""

from datetime import date, datetime, timedelta

from sqlalchemy import Delete, Update, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from voice.analysis.safeguarding import Tier
from voice.clock import in_london
from voice.database import note_erased
from voice.models import (
    AnswerRow,
    Chat,
    ChatInvitation,
    ChildView,
    Concern,
    Conference,
    Consultation,
    Delegate,
    Delivery,
    DeliveryStatus,
    Enquiry,
    FollowUp,
    Invitee,
    Media,
    NamedReply,
    Response,
    SentToday,
    WorkerNote,
)
from voice.models.consultation import GRACE
from voice.services import audit

A_YEAR = timedelta(days=365)
UNSENT_KEPT = timedelta(days=30)
FORGOTTEN = "Name deleted"  # stands where the name was, so that the numbers still add up


def sweep(session: Session, *, now: datetime, kept: timedelta = A_YEAR) -> None:
    """Forget what is kept no longer, so long after its day as the council keeps it (PRI-7).

    Those who came to a course: after the day on which they were to be asked again. Those invited
    by name: after the close; by whose invitation a chat began: at the close. Conferences: after
    they were held; that a child was heard goes with the last of them. What nobody answered:
    after it came, unless an alert of it is not decided. Answers that were never sent in: 30 days
    after the close. How much was sent in a day goes with the day.
    """
    today = in_london(now).date()
    for forgetting in (
        _delegates(today - kept),
        *_invitees(now - kept),
        delete(Conference).where(Conference.held_on < today - kept),
        _views(today - kept),
        _invitations(now - GRACE),
        delete(SentToday).where(SentToday.sent_on < today),
    ):
        session.execute(forgetting, execution_options={"synchronize_session": False})
    _forget_unanswered(session, now=now, kept=kept)
    _forget_unsent(session, now - UNSENT_KEPT)


def _forget_unsent(session: Session, closed: datetime) -> None:
    """Delete what was answered and never sent in; that somebody began still counts."""
    over = select(Consultation.id).where(Consultation.closes_at < closed)
    unsent = select(Response.id).where(
        Response.submitted_at.is_(None), Response.consultation_id.in_(over)
    )
    for table in (AnswerRow, WorkerNote, Media):
        gone = delete(table).where(table.response_id.in_(unsent)).returning(table.id)
        if session.execute(gone, execution_options={"synchronize_session": False}).all():
            note_erased(session)


def _delegates(oldest: date) -> Update:
    of_old = Delegate.follow_up_id.in_(select(FollowUp.id).where(FollowUp.due_on < oldest))
    blank = update(Delegate).where(of_old, Delegate.name != FORGOTTEN)
    return blank.values(name=FORGOTTEN, reach="", manager_name="", manager_reach="")


def _invitees(oldest: datetime) -> tuple[Delete, Update]:
    """Forget whose a reply was, and then the names; that somebody replied still counts."""
    closed = select(Consultation.id).where(Consultation.closes_at < oldest)
    of_old = Invitee.consultation_id.in_(closed)
    ids = select(Invitee.id).where(of_old)
    blank = update(Invitee).where(of_old, Invitee.name != FORGOTTEN)
    return (
        delete(NamedReply).where(NamedReply.invitee_id.in_(ids)),
        blank.values(name=FORGOTTEN, reach="", review_on=None, happened_at=None),
    )


def _invitations(closed: datetime) -> Delete:
    """Forget by whose invitation a chat began that was never finished and can be no more."""
    over = select(Chat.id).join(Consultation).where(Consultation.closes_at < closed)
    return delete(ChatInvitation).where(ChatInvitation.chat_id.in_(over))


def _views(oldest: date) -> Delete:
    needed = exists().where(
        Conference.consultation_id == ChildView.consultation_id,
        Conference.child_hash == ChildView.child_hash,
    )
    return delete(ChildView).where(ChildView.given_on < oldest, ~needed)


def _forget_unanswered(session: Session, *, now: datetime, kept: timedelta) -> None:
    """Delete each question and request that waited so long, with letters that still wait."""
    undecided = exists().where(
        or_(Concern.enquiry_id == Enquiry.id, Concern.response_id == Enquiry.response_id),
        Concern.tier == Tier.ALERT.value,
        Concern.decided_at.is_(None),
    )
    waited = select(Enquiry).where(
        Enquiry.answered_at.is_(None), Enquiry.received_at < now - kept, ~undecided
    )
    for enquiry in session.scalars(waited):
        letters = Delivery.reference.startswith(f"enquiry:{enquiry.id}:")
        session.execute(delete(Delivery).where(letters, Delivery.status == DeliveryStatus.WAITING))
        session.delete(enquiry)
        audit.record(session, None, "enquiry deleted unanswered", enquiry.id, now=now)
    session.flush()
