"""The board of open concerns: how many, how old, and what is missing for anybody to be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from voice.analysis.safeguarding import Tier
from voice.clock import in_london
from voice.config import Helpline, Settings
from voice.models import Concern, ConcernEntry
from voice.services.concern_clocks import DEPUTY_AFTER, DUTY_AFTER, decide_by
from voice.services.concern_record import REFUSED

CHECKED_WITHIN = timedelta(days=90)
_PEOPLE = {
    "lead": "the safeguarding lead",
    "deputy": "the deputy",
    "duty": "the duty team",
    "lado": "the LADO",
}


@dataclass(frozen=True, slots=True)
class Board:
    """Alerts that nobody has decided about; `oldest_at` is when the first of them was raised."""

    undecided: int
    oldest_at: datetime | None
    unread: int
    unread_past_deputy: int
    unread_past_duty: int
    past_working_day: int
    refused: int  # of whose e-mails a mail server refused one for good


def read_board(session: Session, settings: Settings, *, now: datetime) -> Board:
    """Count the alerts that are open now, by how late they are."""
    is_open = and_(Concern.tier == Tier.ALERT.value, Concern.decided_at.is_(None))
    rows = session.execute(select(Concern.raised_at, Concern.acknowledged_at).where(is_open)).all()
    refused = (
        select(func.count(Concern.id.distinct()))
        .join(ConcernEntry, ConcernEntry.concern_id == Concern.id)
        .where(is_open, ConcernEntry.step == REFUSED)
    )
    waited = [now - raised_at for raised_at, read_at in rows if read_at is None]
    safety = settings.council.safety
    return Board(
        undecided=len(rows),
        oldest_at=min((raised_at for raised_at, _ in rows), default=None),
        unread=len(waited),
        unread_past_deputy=sum(each >= DEPUTY_AFTER for each in waited),
        unread_past_duty=sum(each >= DUTY_AFTER for each in waited),
        past_working_day=sum(decide_by(safety, raised_at) <= now for raised_at, _ in rows),
        refused=session.scalar(refused) or 0,
    )


def list_missing(settings: Settings) -> Sequence[str]:
    """Return what `council.yaml` and the environment must still name, in words; empty if all is."""
    safety = settings.council.safety
    missing = [words for key, words in _PEOPLE.items() if not getattr(safety, key)]
    missing += [] if settings.mail_server else ["a mail server"]
    return missing + ([] if settings.council.address else ["the address of this service"])


def list_unchecked(settings: Settings, *, now: datetime) -> Sequence[Helpline]:
    """Return the council's helplines that nobody has rung to check for 90 days, or ever (K15)."""
    since = in_london(now).date() - CHECKED_WITHIN
    return [
        each
        for each in settings.council.own_helplines
        if not isinstance(each.last_checked_on, date) or each.last_checked_on < since
    ]
