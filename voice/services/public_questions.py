"""Public questions: sent to a committee by anybody, answered, and published with their replies."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy import delete, exists, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from voice.analysis.safeguarding import Tier
from voice.clock import date_in_words, in_london
from voice.config import Settings
from voice.errors import NotFoundError
from voice.models import (
    Channel,
    Committee,
    Concern,
    Delivery,
    DeliveryStatus,
    Enquiry,
    EnquiryKind,
    EnquiryState,
)
from voice.services import audit, concerns, enquiries, keys, mail, officers, sealing, throttling
from voice.services.concerns import Heard
from voice.services.enquiries import Change
from voice.services.throttling import Sender

MAX_WORDS_CHARS = 10_000
MAX_NAME_CHARS = 100
A_PAGE = 50  # published questions
_ORDER = (Committee.name, Committee.id, Enquiry.published_at.desc(), Enquiry.id)
QUESTION = "question"  # what a concern in the words of one calls its question
ADDRESS_KEPT = timedelta(days=30)  # after the reply
MAX_RECEIPTS = 5  # e-mails a day to one address that anybody can cause, not only who has it
A_YEAR = timedelta(days=365)


NOBODY = Sender()


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody sends in. The name and the address may be empty."""

    words: str
    name: str = ""
    may_name: bool = False
    reply_to: str = ""
    sender: Sender = NOBODY  # not stored; counted for a day


def fault_in(asked: Asked) -> str:
    """Return which part cannot be taken as it is: "words", "name", "email", or nothing."""
    if not asked.words.strip() or len(asked.words) > MAX_WORDS_CHARS:
        return "words"
    if len(asked.name) > MAX_NAME_CHARS:
        return "name"
    return "email" if asked.reply_to and not mail.is_address(asked.reply_to) else ""


def ask(
    session: Session,
    settings: Settings,
    committee: Committee,
    asked: Asked,
    *,
    press_key: str,
    now: datetime,
) -> str:
    """Take a question in, screened in the same transaction; return the code of its own page.

    The same press of the same words sends one. The same press of other words is another question,
    as when somebody went back, or two people share a browser. Whoever left an address is told at
    once, with the reference; but an address gets no more than a few of these a day (SEC-10).

    Raises:
        ValueError: if a part cannot be taken; the message is what `fault_in` says.
        TooManySentError: if its sender, or their network, has asked as many as we take in a day.
    """
    if fault := fault_in(asked):
        raise ValueError(fault)
    press = _press_of(settings.secret_key, committee, asked, press_key)
    code = keys.code_from(settings.secret_key, f"question {press}")
    if _is_taken(session, press):
        return code
    throttling.count(session, asked.sender, QUESTION, secret=settings.secret_key, now=now)
    enquiry = _enquiry(settings, committee, asked, code=code, press=press, now=now)
    try:
        with session.begin_nested():
            session.add(enquiry)
    except IntegrityError:
        if not _is_taken(session, press):
            raise
        return code  # the same press arrived twice at the very same moment
    for words in (asked.words, asked.name):
        heard = Heard(None, Channel.WEB, words, QUESTION, enquiry_id=enquiry.id)
        concerns.screen_words(session, heard, now=now)
    _tell(session, settings, enquiry, code, now=now)
    return code


def _press_of(secret: str, committee: Committee, asked: Asked, press_key: str) -> str:
    typed = (asked.words, asked.name, str(asked.may_name), asked.reply_to)
    return keys.keyed_hash(secret, "question", "\x1f".join((press_key, committee.slug, *typed)))


def _is_taken(session: Session, press: str) -> bool:
    return session.scalar(select(exists().where(Enquiry.press_key == press))) or False


def screen_refused(session: Session, asked: Asked, *, now: datetime) -> bool:
    """Screen what was typed into a page that was not taken; return whether it raised a concern.

    The same words, pressed again, raise one concern until somebody reads it.
    """
    return any([_screen_loose(session, words, now=now) for words in (asked.words, asked.name)])


def _screen_loose(session: Session, words: str, *, now: datetime) -> bool:
    raised = concerns.notice_words(Heard(None, Channel.WEB, words, QUESTION), now=now)
    if raised is None:
        return False
    same = select(Concern.words).where(
        Concern.consultation_id.is_(None),
        Concern.enquiry_id.is_(None),
        Concern.question == QUESTION,
        Concern.acknowledged_at.is_(None),
    )
    if raised.words not in session.scalars(same).all():
        concerns.queue(session, raised)
    return True


def _enquiry(
    settings: Settings, committee: Committee, asked: Asked, *, code: str, press: str, now: datetime
) -> Enquiry:
    secret, name = settings.secret_key, asked.name.strip()
    return Enquiry(
        kind=EnquiryKind.PUBLIC_QUESTION,
        reference=keys.new_reference(),
        code_hash=keys.hash_code(code),
        press_key=press,
        team=committee.team,
        committee=committee,
        words=asked.words,
        name=name,
        may_name=bool(asked.may_name and name),
        reply_to_sealed=sealing.seal(secret, asked.reply_to) if asked.reply_to else None,
        received_at=now,
        answer_by=enquiries.answer_by(in_london(now).date()),
    )


def get_by_code(session: Session, code: str) -> Enquiry:
    """Return the question whose own page this code opens.

    Raises:
        NotFoundError: if it opens none.
    """
    found = select(Enquiry).where(
        Enquiry.code_hash == keys.hash_code(code), Enquiry.kind == EnquiryKind.PUBLIC_QUESTION
    )
    enquiry = session.scalar(found.options(joinedload(Enquiry.committee)))
    if enquiry is None:
        raise NotFoundError("question")
    return enquiry


def publish(
    session: Session, enquiry: Enquiry, change: Change, *, words: str, with_name: bool
) -> None:
    """Publish the reply, with the question as the officer approves it.

    The asker's name stands with it only if they allowed it. What raised a concern is never
    published (PRI-10), unless the safeguarding role says that it was none: its asker reads the
    reply on their own page.

    Raises:
        NotAllowedError: if the officer may not publish.
        ValueError: if there is no reply yet ("reply"), the words are empty or too long ("words"),
            the name may not be shown ("name"), or it raised a concern ("concern").
        ChangedMeanwhileError: if somebody else changed it since it was read.
    """
    officers.check_may_publish(change.officer)
    enquiries.check_edition(session, enquiry, change)
    if enquiry.kind is not EnquiryKind.PUBLIC_QUESTION or enquiry.answered_at is None:
        raise ValueError("reply")
    if enquiries.concern_stands(session, enquiry):
        raise ValueError("concern")
    if not words.strip() or len(words) > MAX_WORDS_CHARS:
        raise ValueError("words")
    if with_name and not enquiry.may_name:
        raise ValueError("name")
    enquiry.published_words = words.strip()
    enquiry.published_name = enquiry.name if with_name else ""
    enquiry.published_at = enquiry.published_at or change.now
    session.flush()
    audit.record(session, change.officer, "enquiry published", enquiry.id, now=change.now)


def withdraw(session: Session, enquiry: Enquiry, change: Change) -> None:
    """Take a question and its reply off the public page.

    Raises:
        NotAllowedError: if the officer may not publish.
        ChangedMeanwhileError: if somebody else changed it since it was read.
    """
    officers.check_may_publish(change.officer)
    enquiries.check_edition(session, enquiry, change)
    enquiry.published_at = None
    session.flush()
    audit.record(session, change.officer, "enquiry withdrawn", enquiry.id, now=change.now)


@dataclass(frozen=True, slots=True)
class Answered:
    """The questions that one committee answered, by the day on which they came out."""

    committee: Committee
    days: tuple[tuple[date, tuple[Enquiry, ...]], ...]


def count_published(session: Session) -> int:
    """Return how many questions are public with their replies."""
    found = select(func.count()).select_from(Enquiry)
    return session.scalar(found.where(Enquiry.published_at.is_not(None))) or 0


def page_of(session: Session, reference: str) -> int:
    """Return the page on which a public question stands; the first one where none does."""
    public = select(Enquiry.reference).where(Enquiry.published_at.is_not(None))
    listed = list(session.scalars(public.join(Enquiry.committee).order_by(*_ORDER)))
    return listed.index(reference) // A_PAGE + 1 if reference in listed else 1


def list_published(session: Session, *, page: int = 1) -> list[Answered]:
    """Return one page of what is public: by committee, the newest day first."""
    found = (
        select(Enquiry)
        .join(Enquiry.committee)
        .where(Enquiry.published_at.is_not(None))
        .options(joinedload(Enquiry.committee))
        .order_by(*_ORDER)
        .limit(A_PAGE)
        .offset((page - 1) * A_PAGE)
    )
    return [
        Answered(committee, tuple(_by_day(rows)))
        for committee, rows in groupby(session.scalars(found), key=lambda each: each.committee)
        if committee is not None
    ]


def _by_day(rows: Iterator[Enquiry]) -> Iterator[tuple[date, tuple[Enquiry, ...]]]:
    for day, of_day in groupby(rows, key=_published_on):
        yield day, tuple(of_day)


def _published_on(enquiry: Enquiry) -> date:
    return in_london(enquiry.published_at or enquiry.received_at).date()


def has_any(session: Session) -> bool:
    """Return whether a committee takes questions, or a reply is out, so that the hub says so."""
    open_one = select(exists().where(Committee.closed_at.is_(None)))
    published = select(exists().where(Enquiry.published_at.is_not(None)))
    return bool(session.scalar(open_one) or session.scalar(published))


def tell_asker(session: Session, settings: Settings, enquiry: Enquiry, *, now: datetime) -> bool:
    """Write to the asker what state their question has come to, once for each state.

    Returns whether they will get it; False where they left no address.
    """
    return _tell(session, settings, enquiry, "", now=now)


def _tell(
    session: Session, settings: Settings, enquiry: Enquiry, code: str, *, now: datetime
) -> bool:
    if enquiry.reply_to_sealed is None or enquiry.committee is None:
        return False
    to = sealing.unseal(settings.secret_key, enquiry.reply_to_sealed)
    if to is None:
        return False
    is_receipt = enquiry.state is EnquiryState.RECEIVED
    if is_receipt and mail.count_of_day(session, to, secret=settings.secret_key, now=now) >= (
        MAX_RECEIPTS
    ):
        return False
    subject = f"Your question to {enquiry.committee.name}, {enquiry.reference}"
    letter = mail.Letter(to, subject, _words_for(settings, enquiry, code))
    reference = f"enquiry:{enquiry.id}:{enquiry.state.value}"
    return mail.queue_letter(session, settings, letter, reference=reference, now=now)


def _words_for(settings: Settings, enquiry: Enquiry, code: str) -> str:
    base = settings.council.address.rstrip("/")
    by = date_in_words(enquiry.answer_by)
    match enquiry.state:
        case EnquiryState.RECEIVED:
            own = f" See how far it has come: {base}/questions/mine/{code}" if base else ""
            said = f"We have your question. We mean to answer it by {by}.{own}"
        case EnquiryState.ASSIGNED:
            said = f"Your question will be answered by: {enquiry.responder}. We mean to by {by}."
        case EnquiryState.ANSWERED:
            said = f"Here is the reply to your question.\n\n{enquiry.responder}:\n{enquiry.reply}"
        case EnquiryState.PUBLISHED:
            where = (
                f": {base}/questions?about={enquiry.reference}#{enquiry.reference}" if base else "."
            )
            said = f"Your question and its reply are published{where}"
    foot = "You get this because you left your address with your question, and for nothing else."
    return f"Reference: {enquiry.reference}\n\n{said}\n\n{settings.council.name}\n\n{foot}\n"


def erase(session: Session, enquiry: Enquiry, *, now: datetime) -> None:
    """Delete a question because its asker wants it, with the e-mails that still wait (PRI-6).

    A concern that it raised stays with the safeguarding role.

    Raises:
        ValueError: if it is published.
    """
    session.refresh(enquiry, with_for_update={"of": Enquiry})
    if enquiry.published_at is not None:
        raise ValueError("published")
    letters = Delivery.reference.startswith(f"enquiry:{enquiry.id}:")
    session.execute(delete(Delivery).where(letters, Delivery.status == DeliveryStatus.WAITING))
    subject = enquiry.id
    session.delete(enquiry)
    session.flush()
    audit.record(session, None, "enquiry deleted by its asker", subject, now=now)


def sweep(session: Session, *, now: datetime, kept: timedelta = A_YEAR) -> None:
    """Forget addresses 30 days after the reply, and names that may not be shown with them.

    Without a reply they go once `kept` is over. Somebody of whom an alert is not decided may have
    to be found, so theirs stay. The words as sent go so long after the reply, and an unpublished
    reply with them; what is published stays.
    """
    of_it = (Concern.enquiry_id == Enquiry.id, Concern.tier == Tier.ALERT.value)
    undecided = exists().where(*of_it, Concern.decided_at.is_(None))
    is_old = or_(
        Enquiry.answered_at < now - ADDRESS_KEPT,
        Enquiry.answered_at.is_(None) & (Enquiry.received_at < now - kept),
    )
    of_old = update(Enquiry).where(is_old, ~undecided)
    unsynced = {"synchronize_session": False}
    session.execute(of_old.values(reply_to_sealed=None), execution_options=unsynced)
    unnamed = of_old.where(Enquiry.may_name.is_(False)).values(name="")
    session.execute(unnamed, execution_options=unsynced)
    worded = update(Enquiry).where(Enquiry.answered_at < now - kept, ~undecided)
    session.execute(worded.values(words=""), execution_options=unsynced)
    private = worded.where(Enquiry.published_at.is_(None))
    gone = {"reply": "", "name": "", "published_words": "", "published_name": ""}
    session.execute(private.values(gone), execution_options=unsynced)


def list_open(session: Session) -> Sequence[Committee]:
    """Return the committees that take questions, by name."""
    found = select(Committee).where(Committee.closed_at.is_(None))
    return session.scalars(found.order_by(Committee.name, Committee.id)).all()
