"""Enquiries: what came in and must be answered, who answers it, and by when.

What raised an alert waits for the safeguarding role; the team finds it once it was released.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from voice.analysis.safeguarding import Tier
from voice.clock import in_london
from voice.errors import ChangedMeanwhileError, NotFoundError
from voice.models import (
    AnswerRow,
    Committee,
    Concern,
    Consultation,
    Enquiry,
    EnquiryKind,
    EnquiryState,
    Officer,
    Reader,
    Response,
    Role,
)
from voice.services import audit, officers
from voice.services.consultations import current_survey
from voice.services.working_days import is_working

ANSWERED_WITHIN_DAYS = 10  # working days, unless an officer sets another day
MAX_RESPONDER_CHARS = 200
MAX_REPLY_CHARS = 10_000
_WAITS = Enquiry.answered_at.is_(None)


@dataclass(frozen=True, slots=True)
class Change:
    """Whom an officer acts as, on which edition of an enquiry, and when."""

    officer: Officer
    edition: int
    now: datetime


def answer_by(received: date) -> date:
    """Return the day by which an enquiry of this day is to be answered."""
    day, left = received, ANSWERED_WITHIN_DAYS
    while left:
        day += timedelta(days=1)
        left -= is_working(day)
    return day


def list_waiting(session: Session, officer: Officer, *, limit: int = 200) -> Sequence[Enquiry]:
    """Return what waits for a reply from the officer's team, the first due first, up to `limit`."""
    found = _found(officer).where(_WAITS, ~_is_held())
    first_due = found.order_by(Enquiry.answer_by, Enquiry.received_at, Enquiry.id)
    return session.scalars(first_due.limit(limit)).all()


def count_waiting(session: Session, officer: Officer) -> int:
    """Return how many wait for a reply from the officer's team, without those that are held."""
    return _count(session, _found(officer).where(_WAITS, ~_is_held()))


def list_answered(session: Session, officer: Officer, *, limit: int = 100) -> Sequence[Enquiry]:
    """Return what the officer's team has answered, newest first, `limit` at most."""
    found = _found(officer).where(Enquiry.answered_at.is_not(None), ~_is_held()).limit(limit)
    return session.scalars(found.order_by(Enquiry.answered_at.desc(), Enquiry.id)).all()


def count_held(session: Session, officer: Officer) -> int:
    """Return how many of the team's wait for the safeguarding role."""
    return _count(session, _found(officer).where(_WAITS, _is_held()))


def get(session: Session, officer: Officer, enquiry_id: UUID) -> Enquiry:
    """Return an enquiry of the officer's team.

    Raises:
        NotFoundError: if there is none, it is another team's or restricted, it was not sent in
            yet, or it waits for the safeguarding role.
    """
    found = _found(officer).where(Enquiry.id == enquiry_id, ~_is_held())
    enquiry = session.scalar(found)
    if enquiry is None:
        raise NotFoundError("enquiry")
    return enquiry


def assign(session: Session, enquiry: Enquiry, change: Change, *, responder: str, by: date) -> None:
    """Say who answers, a role and not a person, and by when. A later choice stands in its place.

    Raises:
        ValueError: if the responder is empty or too long, or the day has passed ("by").
        ChangedMeanwhileError: if somebody else changed it since it was read.
    """
    officers.check_may_change(change.officer)
    check_edition(session, enquiry, change)
    if not responder.strip() or len(responder) > MAX_RESPONDER_CHARS:
        raise ValueError("responder")
    if by < in_london(change.now).date():
        raise ValueError("by")
    enquiry.responder, enquiry.answer_by = responder.strip(), by
    if enquiry.assigned_at is None:
        enquiry.assigned_at = change.now
    _keep(session, enquiry, change, "enquiry assigned")


def keep_reply(session: Session, enquiry: Enquiry, change: Change, reply: str) -> None:
    """Keep the reply. It may be worded again until it is published.

    Raises:
        ValueError: if nobody was assigned ("assigned"), it is published ("published"), or the
            reply is empty or too long ("reply").
        ChangedMeanwhileError: if somebody else changed it since it was read.
    """
    officers.check_may_change(change.officer)
    check_edition(session, enquiry, change)
    if enquiry.state in {EnquiryState.RECEIVED, EnquiryState.PUBLISHED}:
        raise ValueError("assigned" if enquiry.state is EnquiryState.RECEIVED else "published")
    if not reply.strip() or len(reply) > MAX_REPLY_CHARS:
        raise ValueError("reply")
    enquiry.reply = reply.strip()
    if enquiry.answered_at is None:
        enquiry.answered_at = change.now
    _keep(session, enquiry, change, "enquiry answered")


def note_look(session: Session, officer: Officer, seen: Enquiry | str, *, now: datetime) -> None:
    """Write down that an officer looked at one, or at the list: they are people's own words."""
    subject = seen.id if isinstance(seen, Enquiry) else seen
    audit.record(session, officer, "enquiry viewed", subject, now=now)


def find_of_concern(session: Session, concern: Concern) -> Enquiry | None:
    """Return the enquiry that waits for the safeguarding role because of this concern, or None."""
    hangs_on = (
        Enquiry.id == concern.enquiry_id
        if concern.enquiry_id is not None
        else Enquiry.response_id == concern.response_id
    )
    found = select(Enquiry).where(hangs_on, _is_held(), Enquiry.answered_at.is_(None))
    return session.scalars(found.order_by(Enquiry.received_at).limit(1)).first()


def release(session: Session, enquiry: Enquiry, officer: Officer, *, now: datetime) -> None:
    """Let the team that answers it find an enquiry; the safeguarding role has read it."""
    session.refresh(enquiry, with_for_update={"of": Enquiry})
    enquiry.released_at = now
    session.flush()
    audit.record(session, officer, "enquiry released", enquiry.id, now=now)


def is_worrying(session: Session, enquiry: Enquiry) -> bool:
    """Return whether its words raised any concern, so that help is shown to whoever wrote it."""
    return session.scalar(select(exists().where(_raised_by(enquiry)))) or False


def concern_stands(session: Session, enquiry: Enquiry) -> bool:
    """Return whether its words raised a concern that no person has closed as a false alarm."""
    standing = _raised_by(enquiry) & ~Concern.is_false_alarm
    return session.scalar(select(exists().where(standing))) or False


def alert_stands(session: Session, enquiry: Enquiry) -> bool:
    """Return whether it raised an alert that no person has closed as a false alarm."""
    standing = _raised_by(enquiry) & ~Concern.is_false_alarm & (Concern.tier == Tier.ALERT.value)
    return session.scalar(select(exists().where(standing))) or False


def _raised_by(enquiry: Enquiry) -> ColumnElement[bool]:
    if enquiry.response_id is None:
        return Concern.enquiry_id == enquiry.id
    return Concern.response_id == enquiry.response_id


def _found(officer: Officer) -> Select[Enquiry]:
    """Return the enquiries of the officer's team; of requests, those sent in and not hidden.

    One that was made in a consultation is found by whoever may open that, and by nobody else, as
    `officers.may_open` says.
    """
    stands = exists().where(
        Response.id == Enquiry.response_id,
        Response.submitted_at.is_not(None),
        AnswerRow.response_id == Response.id,
        AnswerRow.question == Enquiry.question,
        AnswerRow.is_on_path,
    )
    found = select(Enquiry).where(or_(Enquiry.kind == EnquiryKind.PUBLIC_QUESTION, stands))
    named = select(Reader.consultation_id).where(Reader.officer_id == officer.id)
    may_open = or_(~Consultation.is_restricted, Consultation.id.in_(named))
    if officer.role is not Role.ADMIN:
        found = found.where(Enquiry.team == officer.team)
        may_open &= Consultation.team == officer.team
    opens = select(Consultation.id).where(may_open)
    found = found.where(Enquiry.consultation_id.is_(None) | Enquiry.consultation_id.in_(opens))
    about = (joinedload(Enquiry.committee), joinedload(Enquiry.consultation))
    return found.options(*about)


def _is_held() -> ColumnElement[bool]:
    """Say, as a condition of a query, whether only the safeguarding role may read it for now."""
    alerted = exists().where(
        Concern.tier == Tier.ALERT.value,
        or_(
            Concern.enquiry_id == Enquiry.id,
            Enquiry.response_id.is_not(None) & (Concern.response_id == Enquiry.response_id),
        ),
    )
    return alerted & Enquiry.released_at.is_(None)


def _count(session: Session, found: Select[Enquiry]) -> int:
    ids = found.with_only_columns(Enquiry.id).subquery()
    return session.scalar(select(func.count()).select_from(ids)) or 0


def check_edition(session: Session, enquiry: Enquiry, change: Change) -> None:
    """Make sure that nobody else changed it since it was read, nor does until this is kept.

    Raises:
        ChangedMeanwhileError: if somebody did.
    """
    session.refresh(enquiry, with_for_update={"of": Enquiry})
    if enquiry.edition != change.edition:
        raise ChangedMeanwhileError("enquiry")


def _keep(session: Session, enquiry: Enquiry, change: Change, action: str) -> None:
    session.flush()
    audit.record(session, change.officer, action, enquiry.id, now=change.now)


def title_of(enquiry: Enquiry) -> str:
    """Return whom it was sent to: a committee, or the consultation in which it was asked for."""
    about: Committee | Consultation | None = enquiry.committee or enquiry.consultation
    match about:
        case Committee():
            return about.name
        case Consultation():
            return about.title
        case None:
            return ""


def asked_in(enquiry: Enquiry) -> str:
    """Return the question in whose answer something was asked for; empty where there was none."""
    if enquiry.consultation is None:
        return ""
    question = current_survey(enquiry.consultation).question(enquiry.question)
    return question.plain_text if question is not None else ""
