"""Tell everybody who asked to hear what became of it, and ask whether they had meant it so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.catalogue import say
from surveys.dates import date_in_words
from surveys.turns import Message
from surveys.variants import Audience
from voice.analysis.suppression import OFFICERS_SMALLEST_COUNT, kept_back
from voice.errors import NotFoundError
from voice.models import (
    Consultation,
    Delivery,
    DeliveryStatus,
    Meant,
    Outcome,
    OutcomeKind,
    OutcomeTold,
)
from voice.services import deliveries, keys
from voice.services.consultations import current_survey
from voice.services.quiet_hours import DAYTIME

KEY_CHARS = 22  # 132 bits: nobody finds a link by trying
ANSWERED = "You answered “{title}”. Thank you. Here is what happened next."
READ_MORE = "Read more: {address}"
WAS_IT_MEANT = "Was this what you meant? Tell us here: {address}"
BY = "By {day}."
ANSWERS = {
    OutcomeKind.DID: "We did",
    OutcomeKind.WILL: "We will",
    OutcomeKind.CANNOT: "We can’t",
    OutcomeKind.THINKING: "We are still thinking",
}


@dataclass(frozen=True, slots=True)
class Heard:
    """To how many an outcome was sent, and how many of them had meant it so."""

    sent: int
    meant: dict[Meant, int]

    @property
    def replies(self) -> int:
        """How many answered."""
        return sum(self.meant.values())

    @property
    def withheld(self) -> frozenset[str]:
        """What so few said that they could be known by it, with what would give it away."""
        counts = {meant.value: number for meant, number in self.meant.items()}
        return kept_back(counts, smallest=OFFICERS_SMALLEST_COUNT)


def cause_of(outcome: Outcome) -> str:
    """Return what the messages about an outcome begin their references with."""
    return f"outcome:{outcome.id}"


def tell_everybody(
    session: Session,
    outcome: Outcome,
    address: str,
    *,
    now: datetime,
    hours: tuple[int, int] = DAYTIME,
) -> int:
    """Write one message for each person who asked to hear, in their language; return how many.

    However often this is called, each is written to once. With an `address` of the outcomes'
    page each message has a link of its own, at which its reader says whether they meant it so.
    """

    def write(language: str) -> Message:
        where = f"{address}/meant/{_new_link(session, outcome)}" if address else ""
        return Message(message_words(outcome, address, where, language=language), language=language)

    cause = cause_of(outcome)
    return deliveries.queue_broadcast(
        session, outcome.consultation, write, cause=cause, now=now, hours=hours
    )


def _new_link(session: Session, outcome: Outcome) -> str:
    key = keys.new_key()[:KEY_CHARS]
    session.add(OutcomeTold(key_hash=keys.hash_key(key), outcome_id=outcome.id))
    return key


def message_words(outcome: Outcome, address: str, where: str = "", *, language: str = "en") -> str:
    """Return what somebody is told; to those who answered as young people, in their words."""
    consultation = outcome.consultation
    you_said, we_did = words_for(outcome, is_young=_is_young(consultation))
    due_on = date_in_words(outcome.due_on.isoformat(), language) if outcome.due_on else ""
    by = say(language, BY, day=due_on) if due_on else ""
    parts = (
        say(language, ANSWERED, title=consultation.title),
        f"{say(language, 'You said')}: {you_said}",
        f"{say(language, ANSWERS[outcome.kind])}: {we_did} {by}".strip(),
        say(language, READ_MORE, address=address) if address else "",
        say(language, WAS_IT_MEANT, address=where) if where else "",
    )
    return "\n\n".join(part for part in parts if part)


def words_for(outcome: Outcome, *, is_young: bool) -> tuple[str, str]:
    """Return what was said and done, in the words for young people where there are any."""
    if is_young and outcome.young_we_did:
        return outcome.young_you_said, outcome.young_we_did
    return outcome.you_said, outcome.we_did


def _is_young(consultation: Consultation) -> bool:
    return current_survey(consultation).audience is Audience.YOUNG


def get_told(session: Session, key: str) -> tuple[OutcomeTold, Outcome]:
    """Return what a link in a message is about.

    Raises:
        NotFoundError: if there is no such link, or the outcome was withdrawn.
    """
    told = session.get(OutcomeTold, keys.hash_key(key))
    if told is None:
        raise NotFoundError("link")
    outcome = session.get_one(Outcome, told.outcome_id)
    if outcome.withdrawn_at is not None:
        raise NotFoundError("outcome")
    return told, outcome


def keep_meant(session: Session, key: str, meant: Meant, *, now: datetime) -> None:
    """Write down whether it was what somebody meant; a later answer takes the earlier's place.

    Raises:
        NotFoundError: as `get_told`.
    """
    told, _ = get_told(session, key)
    told.meant, told.meant_at = meant, now
    session.flush()


def count_heard(session: Session, listed: Sequence[Outcome]) -> dict[UUID, Heard]:
    """Return to how many each outcome was sent, and what they said to it."""
    found = (
        select(OutcomeTold.outcome_id, OutcomeTold.meant, func.count())
        .where(OutcomeTold.outcome_id.in_([each.id for each in listed]))
        .where(OutcomeTold.meant.is_not(None))
        .group_by(OutcomeTold.outcome_id, OutcomeTold.meant)
    )
    counts = {(outcome, meant): count for outcome, meant, count in session.execute(found)}
    return {
        each.id: Heard(
            _count_sent(session, each),
            {meant: counts.get((each.id, meant), 0) for meant in Meant},
        )
        for each in listed
    }


def _count_sent(session: Session, outcome: Outcome) -> int:
    about = Delivery.reference.startswith(f"{cause_of(outcome)}:", autoescape=True)
    sent = Delivery.status == DeliveryStatus.SENT
    return session.scalar(select(func.count()).select_from(Delivery).where(about, sent)) or 0
