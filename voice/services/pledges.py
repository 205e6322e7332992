"""Pledges: keep what was promised, say which to ask after, and count what was delivered (E6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice.clock import in_london
from voice.config import Settings
from voice.models import Consultation, Officer, Pledge, PledgeStatus
from voice.services import audit, mail
from voice.services.belonging import get_belonging

MAX_WORDS_CHARS = 1_000
MAX_OWNER_CHARS = 200


@dataclass(frozen=True, slots=True)
class NewPledge:
    """What an officer writes down of a pledge."""

    words: str
    owner: str
    follow_up_on: date
    reach: str = ""  # the owner's e-mail address, where there is one


def make_pledge(
    session: Session,
    consultation: Consultation,
    officer: Officer,
    new: NewPledge,
    *,
    press_key: str,
    now: datetime,
) -> Pledge:
    """Write a pledge down; the same press writes one.

    Raises:
        ValueError: if its words or its owner are empty or too long, or the address is none; the
            message says which.
    """
    before = session.scalar(select(Pledge).where(Pledge.press_key == press_key))
    if before is not None:
        return before
    words, owner = new.words.strip(), new.owner.strip()
    if not words or len(words) > MAX_WORDS_CHARS:
        raise ValueError("words")
    if not owner or len(owner) > MAX_OWNER_CHARS:
        raise ValueError("owner")
    if new.reach.strip() and not mail.is_address(new.reach.strip()):
        raise ValueError("reach")
    pledge = Pledge(
        consultation_id=consultation.id,
        words=words,
        owner=owner,
        follow_up_on=new.follow_up_on,
        made_at=now,
        press_key=press_key,
        made_by=officer.id,
        reach=new.reach.strip(),
    )
    session.add(pledge)
    session.flush()
    audit.record(session, officer, "pledge made", pledge.id, now=now)
    return pledge


def list_pledges(session: Session, consultation: Consultation) -> Sequence[Pledge]:
    """Return the pledges of a consultation, those to be asked after first before the others."""
    found = select(Pledge).where(Pledge.consultation_id == consultation.id)
    return session.scalars(found.order_by(Pledge.follow_up_on, Pledge.owner, Pledge.id)).all()


def is_due(pledge: Pledge, *, now: datetime) -> bool:
    """Return whether its day has come, and nobody knows yet what became of it."""
    has_come = pledge.follow_up_on <= in_london(now).date()
    return has_come and pledge.status is PledgeStatus.UNKNOWN


def remind_due(session: Session, settings: Settings, *, now: datetime) -> int:
    """Write an e-mail for each pledge whose day has come, once, and return how many there are.

    It goes to whoever promised, or to the officer who wrote the pledge down where no address is
    known; outside quiet hours, and never to those who must not be written to.
    """
    today = in_london(now).date()
    waiting = select(Pledge).where(
        Pledge.follow_up_on <= today,
        Pledge.status == PledgeStatus.UNKNOWN,
        Pledge.reminded_at.is_(None),
    )
    locked = waiting.order_by(Pledge.id).with_for_update(skip_locked=True)
    made = 0
    for pledge in session.scalars(locked).all():
        letter = _letter(session, settings, pledge)
        pledge.reminded_at = now
        if letter is not None:
            reference = f"pledge:{pledge.id}"
            made += mail.queue_letter(
                session, settings, letter, reference=reference, now=now, can_wait=True
            )
    session.flush()
    return made


def _letter(session: Session, settings: Settings, pledge: Pledge) -> mail.Letter | None:
    """Return the reminder of a pledge, or None where nobody can be reminded."""
    officer = session.get(Officer, pledge.made_by) if pledge.made_by else None
    works_here = officer is not None and officer.left_at is None
    if pledge.reach:
        to = pledge.reach
        asked = "Please tell us whether it was done. You can reply to this e-mail."
    elif officer is not None and works_here:
        to, asked = officer.email, "Please ask whether it was done, and write down the answer."
    else:
        return None
    text = f"{pledge.owner} promised:\n\n{pledge.words}\n\n{asked}\n\n{settings.council.name}\n"
    return mail.Letter(to, "A pledge to follow up", text)


def count_by_status(pledges: Sequence[Pledge]) -> dict[PledgeStatus, int]:
    """Return how many have each status, in the order of the statuses; none is left out."""
    return {status: sum(each.status is status for each in pledges) for status in PledgeStatus}


def settle(
    session: Session,
    consultation: Consultation,
    officer: Officer,
    pledge_id: UUID,
    *,
    status: PledgeStatus,
    now: datetime,
) -> None:
    """Write down what became of a pledge.

    Raises:
        NotFoundError: if there is none with this id in the consultation.
    """
    pledge = get_belonging(session, Pledge, consultation, pledge_id)
    pledge.status = status
    audit.record(session, officer, "pledge settled", pledge.id, now=now)
