"""Forgetting by age: who came to a course, and which child a conference was about (PRI-7)."""

from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from voice.clock import in_london
from voice.models import ChildView, Conference, Delegate, FollowUp, SentToday

KEPT = timedelta(days=365)
FORGOTTEN = "Name deleted"  # stands where the name was, so that the numbers still add up


def sweep(session: Session, *, now: datetime) -> None:
    """Forget the names and addresses of those who came, and conferences, each after a year.

    A year after the day on which they were to be asked again, and after the conference. That a
    child was heard goes with the last of its conferences.
    """
    oldest = in_london(now).date() - KEPT
    unsynced = {"synchronize_session": False}
    of_old = Delegate.follow_up_id.in_(select(FollowUp.id).where(FollowUp.due_on < oldest))
    blank = update(Delegate).where(of_old, Delegate.name != FORGOTTEN)
    session.execute(
        blank.values(name=FORGOTTEN, reach="", manager_name="", manager_reach=""),
        execution_options=unsynced,
    )
    old = delete(Conference).where(Conference.held_on < oldest)
    session.execute(old, execution_options=unsynced)
    needed = exists().where(
        Conference.consultation_id == ChildView.consultation_id,
        Conference.child_hash == ChildView.child_hash,
    )
    session.execute(
        delete(SentToday).where(SentToday.sent_on < in_london(now).date()),
        execution_options=unsynced,
    )
    views = delete(ChildView).where(ChildView.given_on < oldest, ~needed)
    session.execute(views, execution_options=unsynced)
