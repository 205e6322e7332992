"""E-mails: each is a row of the outbox, written in the transaction of its cause, sent later."""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple
from uuid import uuid4

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from voice.clock import in_london
from voice.config import Settings
from voice.database import Database
from voice.models import Channel, Delivery, DeliveryKind, DeliveryStatus, Participant
from voice.services import concern_record, deliveries, keys, sealing, suppressions
from voice.services.participants import BY_MAIL
from voice.services.quiet_hours import next_polite

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
AGAIN = timedelta(minutes=5)  # after trouble with the mail server; never given up
MAX_ADDRESS_CHARS = 254  # RFC 5321
OF_CONCERNS = "concern:"  # so begin the references of letters that nobody may hold up or refuse
_ADDRESS = re.compile(r"[^\s@<>(),;:\"\[\]\\]+@[^\s@<>(),;:\"\[\]\\.]+(\.[^\s@<>(),;:\"\[\]\\.]+)+")


class AddressRefusedError(Exception):
    """The mail server will never take anything for this address."""


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail: to whom, about what, in plain words."""

    to: str
    subject: str
    text: str


class Outgoing(NamedTuple):
    """A letter that is leased to us; `reference` is the same whenever it is tried again."""

    delivery_id: int
    reference: str
    letter: Letter | None  # None: its address cannot be read any more, or must not be written to


Post = Callable[[Letter, str], None]


def is_address(text: str) -> bool:
    """Return whether this may be an e-mail address, and the head of a letter can hold it.

    "=?" would begin an encoded word there (RFC 2047), so that another address is written to.
    """
    if len(text) > MAX_ADDRESS_CHARS or "=?" in text or not text.isprintable():
        return False
    return _ADDRESS.fullmatch(text) is not None


def count_of_day(session: Session, to: str, *, secret: str, now: datetime) -> int:
    """Return how many letters were written to this address today."""
    of_day = Participant.address_hash.startswith(_of_day(secret, to, now), autoescape=True)
    found = select(func.count()).select_from(Participant)
    return session.scalar(found.where(Participant.channel == Channel.EMAIL, of_day)) or 0


def _of_day(secret: str, to: str, now: datetime) -> str:
    """Return what the letters of one day to one address have in common, and no other day's."""
    day = in_london(now).date().isoformat()
    return f"{BY_MAIL}{keys.keyed_hash(secret, f'letters of {day}', suppressions.plain(to))}."


def queue_letter(
    session: Session,
    settings: Settings,
    letter: Letter,
    *,
    reference: str,
    now: datetime,
    can_wait: bool = False,
) -> bool:
    """Write a letter down to be sent, and return whether it will be; one for each `reference`.

    Nothing goes to what is no address, or is on the list of those who must not be written to;
    but that list holds back no letter about a concern.
    What `can_wait` leaves outside quiet hours. The address is sealed, and gone once it is sent.
    """
    letters = {reference: letter}
    return reference in queue_letters(session, settings, letters, now=now, can_wait=can_wait)


def queue_letters(
    session: Session,
    settings: Settings,
    letters: Mapping[str, Letter],
    *,
    now: datetime,
    can_wait: bool = False,
) -> set[str]:
    """Write letters down, by their references, and return the references of those that go.

    As `queue_letter`, in as many statements for two thousand as for one.
    """
    secret, hours = settings.secret_key, settings.council.message_hours
    due_at = next_polite(now, hours) if can_wait else now
    reaches = {one.to for key, one in letters.items() if not key.startswith(OF_CONCERNS)}
    silent = suppressions.suppressed_among(session, reaches, secret=secret)
    going = {
        reference: each
        for reference, each in letters.items()
        if is_address(each.to) and (reference.startswith(OF_CONCERNS) or each.to not in silent)
    }
    known = select(Delivery.reference).where(Delivery.reference.in_(going))
    new = going.keys() - set(session.scalars(known))
    addressed = {
        reference: _nobody(secret, going[reference].to, now)
        for reference in going
        if reference in new
    }
    session.add_all(addressed.values())
    session.flush()
    rows = []
    for reference, nobody in addressed.items():
        body = _body(secret, going[reference], can_wait=can_wait)
        rows.append(_row(nobody, reference, body, due_at=due_at))
    if rows:
        session.execute(insert(Delivery), rows)
    return set(going)


def _nobody(secret: str, to: str, now: datetime) -> Participant:
    """Return whom a letter is for: nobody that we know, but for the letters of one day."""
    hashed = f"{_of_day(secret, to, now)}{keys.new_key()}"
    return Participant(id=uuid4(), channel=Channel.EMAIL, address_hash=hashed, created_at=now)


def _body(secret: str, letter: Letter, *, can_wait: bool) -> dict[str, object]:
    sealed = {"to": sealing.seal(secret, letter.to), "subject": letter.subject, "text": letter.text}
    return {**sealed, "can_wait": True} if can_wait else {**sealed}


def _row(
    nobody: Participant, reference: str, body: dict[str, object], *, due_at: datetime
) -> dict[str, object]:
    return {
        "participant_id": nobody.id,
        "channel": Channel.EMAIL,
        "kind": DeliveryKind.REPLY,
        "reference": reference,
        "body": body,
        "due_at": due_at,
    }


def withdraw(session: Session, reference: str) -> bool:
    """Send this letter no more, if it still waits, and return whether it did.

    Its words and its address are deleted.
    """
    waiting = Delivery.status == DeliveryStatus.WAITING
    found = select(Delivery.id).where(Delivery.reference == reference, waiting)
    waited = session.scalar(found.with_for_update())
    if waited is None:
        return False
    ended = {"status": DeliveryStatus.REFUSED, "body": {}}
    session.execute(update(Delivery).where(Delivery.id == waited).values(**ended))
    return True


def send_next(
    database: Database, settings: Settings, post: Post, *, now: datetime, about: str = ""
) -> bool:
    """Send the next letter that is due, and return whether there was one.

    With `about`, only one whose reference begins with it.
    A letter leaves at least once: if we die on the way it is sent again, with the same reference.
    """
    with database.writing() as session:
        outgoing = _claim(session, settings, now=now, about=about)
    if outgoing is None:
        return False
    report = _hand_over(outgoing, post)
    with database.writing() as session:
        report(session, outgoing.delivery_id, now=now)
        if report is deliveries.mark_refused and outgoing.reference.startswith(OF_CONCERNS):
            logger.error("e-mail about a concern refused")
            concern_record.note_refused(session, outgoing.reference, now=now)
    return True


def _claim(session: Session, settings: Settings, *, now: datetime, about: str) -> Outgoing | None:
    """Lease the next letter; one that can wait, and is late by now, waits for the morning."""
    while delivery := deliveries.claim_next(
        session, Channel.EMAIL, now=now, lease=LEASE, about=about
    ):
        morning = next_polite(now, settings.council.message_hours)
        if morning == now or not delivery.body.get("can_wait"):
            return _outgoing(session, delivery, settings.secret_key)
        deliveries.send_later(session, delivery.id, now=now, after=morning - now)
    return None


def _outgoing(session: Session, delivery: Delivery, secret: str) -> Outgoing:
    body = delivery.body
    to = sealing.unseal(secret, body["to"])
    # Whoever asked for quiet since the letter was written gets none.
    is_silent = not delivery.reference.startswith(OF_CONCERNS) and bool(
        suppressions.suppressed_among(session, [to or ""], secret=secret)
    )
    letter = Letter(to, body["subject"], body["text"]) if to and not is_silent else None
    return Outgoing(delivery.id, delivery.reference, letter)


def _hand_over(outgoing: Outgoing, post: Post) -> Callable[..., None]:
    """Give the letter to the post, and return what is to be written down about it."""
    if outgoing.letter is None:
        return deliveries.mark_refused
    try:
        post(outgoing.letter, outgoing.reference)
    except AddressRefusedError:
        return deliveries.mark_refused
    except Exception as error:  # noqa: BLE001 - whatever the server does, the letter waits
        logger.warning("e-mail not taken", extra={"error": type(error).__name__})
        return partial(deliveries.send_later, after=AGAIN)
    return deliveries.mark_sent


def count_waiting(session: Session) -> int:
    """Return how many letters wait to be sent."""
    found = select(func.count()).select_from(Delivery)
    waiting = Delivery.status == DeliveryStatus.WAITING
    return session.scalar(found.where(Delivery.channel == Channel.EMAIL, waiting)) or 0
