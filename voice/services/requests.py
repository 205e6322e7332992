"""Requests: what somebody asked for in an answer, what was decided, and telling them so."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.answers import Answer
from surveys.questions import AnyQuestion
from surveys.requests import request_in
from surveys.turns import Message
from voice.clock import date_in_words, in_london
from voice.models import (
    Channel,
    Chat,
    Enquiry,
    EnquiryKind,
    OutcomeKind,
    Participant,
    Response,
)
from voice.services import audit, deliveries, enquiries, keys, officers
from voice.services.enquiries import MAX_REPLY_CHARS, Change

DECISIONS = (OutcomeKind.DID, OutcomeKind.WILL, OutcomeKind.CANNOT)
SAID = {
    OutcomeKind.DID: "Yes. It is done.",
    OutcomeKind.WILL: "Yes. We will, by {by}.",
    OutcomeKind.CANNOT: "Sorry, we cannot. Here is why.",
}


def note_answer(
    session: Session,
    response: Response,
    question: AnyQuestion | None,
    answer: Answer,
    *,
    now: datetime,
) -> None:
    """Open the request that an answer makes, change it, or take it back, as the answer is kept."""
    if question is None or not getattr(question, "opens", ""):
        return
    wanted = request_in(question, answer)
    found = session.scalar(
        select(Enquiry).where(Enquiry.response_id == response.id, Enquiry.question == question.code)
    )
    if found is None and wanted:
        session.add(_opened(response, question.code, wanted, now=now))
    elif found is not None and found.answered_at is None:
        found.words = wanted
        if not wanted:
            session.delete(found)
    session.flush()


def _opened(response: Response, question: str, words: str, *, now: datetime) -> Enquiry:
    return Enquiry(
        kind=EnquiryKind.REQUEST,
        reference=keys.new_reference(),
        team=response.consultation.team,
        consultation_id=response.consultation_id,
        response_id=response.id,
        question=question,
        words=words,
        received_at=now,
        answer_by=enquiries.answer_by(in_london(now).date()),
    )


def list_of(session: Session, response: Response) -> Sequence[Enquiry]:
    """Return what was asked for in this response, in the order in which it was."""
    found = select(Enquiry).where(Enquiry.response_id == response.id)
    return session.scalars(found.order_by(Enquiry.received_at, Enquiry.question)).all()


def give_code(session: Session, response: Response, *, secret: str) -> None:
    """Let a code open this response from anywhere, so that its maker can look for the outcome.

    Nothing changes where nothing was asked for, or the person has a code already.
    """
    if response.code_hash is None and list_of(session, response):
        response.code_hash = keys.hash_code(_code(response, secret))


def code_for(response: Response, *, secret: str) -> str | None:
    """Return the code that `give_code` gave; None if there is none, or another one opens it."""
    if response.code_hash is None:
        return None
    code = _code(response, secret)
    return code if response.code_hash == keys.hash_code(code) else None


def _code(response: Response, secret: str) -> str:
    return keys.code_from(secret, f"request {response.id}")


def decide(
    session: Session,
    enquiry: Enquiry,
    change: Change,
    *,
    decision: OutcomeKind,
    reply: str,
    will_by: date | None = None,
) -> None:
    """Keep what was decided and tell whoever asked, where they can be told.

    Their own page shows it at once. A message goes to the chat in which they asked to hear.

    Raises:
        ValueError: if it is no request or decision ("decision"), it will be done but no day is
            set or it has passed ("will_by"), or the reply is empty or too long ("reply").
        ChangedMeanwhileError: if somebody else changed it since it was read.
    """
    officers.check_may_change(change.officer)
    enquiries.check_edition(session, enquiry, change)
    if enquiry.kind is not EnquiryKind.REQUEST or decision not in DECISIONS:
        raise ValueError("decision")
    is_promised = decision is OutcomeKind.WILL
    if is_promised and (will_by is None or will_by < in_london(change.now).date()):
        raise ValueError("will_by")
    if not reply.strip() or len(reply) > MAX_REPLY_CHARS:
        raise ValueError("reply")
    enquiry.decision, enquiry.reply = decision, reply.strip()
    enquiry.will_by = will_by if is_promised else None
    enquiry.answered_at = enquiry.answered_at or change.now
    session.flush()
    audit.record(session, change.officer, "request decided", enquiry.id, now=change.now)
    _tell(session, enquiry, now=change.now)


def outcome_in_words(enquiry: Enquiry) -> str:
    """Return what was decided, in a few plain words; empty while nothing is."""
    if enquiry.decision is None:
        return ""
    by = date_in_words(enquiry.will_by) if enquiry.will_by else ""
    return SAID[enquiry.decision].format(by=by)


def is_told_in_chat(session: Session, enquiry: Enquiry) -> bool:
    """Return whether whoever asked wants to hear in a chat, and can."""
    return _listener(session, enquiry) is not None


def _listener(session: Session, enquiry: Enquiry) -> Participant | None:
    found = (
        select(Participant)
        .join(Chat, Chat.participant_id == Participant.id)
        .where(
            Chat.response_id == enquiry.response_id,
            Chat.wants_outcome,
            Participant.blocked_at.is_(None),
        )
    )
    person = session.scalars(found.limit(1)).first()
    if person is None or (person.channel is not Channel.WEB_CHAT and not person.address_sealed):
        return None
    return person


def _tell(session: Session, enquiry: Enquiry, *, now: datetime) -> None:
    """Write the outcome into the chat; the words that asked for it are not said again."""
    person = _listener(session, enquiry)
    if person is None or enquiry.consultation is None:
        return
    said = (
        f"You asked us for something in “{enquiry.consultation.title}”.\n\n"
        f"{outcome_in_words(enquiry)}\n{enquiry.reply}"
    )
    reference = f"request:{enquiry.id}:{enquiry.edition}"
    deliveries.queue_for_one(session, person, Message(said), reference=reference, now=now)
