"""Outcomes: "You said, we did", published once, in public and to those who asked to hear."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from surveys.turns import Message
from voice.analysis.identity import find_spans
from voice.analysis.suppression import PUBLIC_SMALLEST_COUNT
from voice.errors import ChangedMeanwhileError, NotFoundError, VoiceError
from voice.models import (
    Channel,
    Consultation,
    Delivery,
    DeliveryStatus,
    Officer,
    Outcome,
    OutcomeKind,
    Theme,
    ThemeStatus,
)
from voice.reports import percentages
from voice.services import audit, deliveries, officers, teams, theme_answers, theme_views
from voice.services.quiet_hours import DAYTIME

MAX_SAYING_CHARS = 1_000
ANSWERS = {
    OutcomeKind.DID: "We did",
    OutcomeKind.WILL: "We will",
    OutcomeKind.CANNOT: "We cannot",
    OutcomeKind.THINKING: "We are still thinking",
}


class OutcomeRefusedError(VoiceError):
    """The outcome cannot be published like this; the message says what to mend."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What is to be said in public, and the address where it can be read."""

    kind: OutcomeKind
    you_said: str
    we_did: str
    address: str = ""
    hours: tuple[int, int] = DAYTIME  # of the council: when we may write first
    may_name: bool = False  # an officer says that names and the like in it may be public

    @property
    def mark(self) -> str:
        """Return what only these words have: a press that brings it has shown them before."""
        return mark_of(self.kind, self.you_said, self.we_did)

    @property
    def personal(self) -> tuple[str, ...]:
        """Return what looks like a name, an address, a number or the like, each once, in order."""
        return personal_in(self.you_said, self.we_did)


def mark_of(*texts: str) -> str:
    """Return what only these texts have, whatever a browser makes of their lines."""
    said = "\0".join(each.strip() for each in texts)
    return sha256(said.replace("\r\n", "\n").encode()).hexdigest()


def personal_in(*texts: str) -> tuple[str, ...]:
    """Return what looks like a name, an address, a number or the like, each once, in order."""
    found = (text[span.start : span.end] for text in texts for span in find_spans(text))
    return tuple(dict.fromkeys(found))


def list_published(session: Session) -> Sequence[Outcome]:
    """Return every outcome that the public may read, newest first."""
    return session.scalars(
        select(Outcome)
        .where(Outcome.published_at.is_not(None), Outcome.withdrawn_at.is_(None))
        .options(joinedload(Outcome.consultation))
        .order_by(Outcome.published_at.desc(), Outcome.id)
    ).all()


def list_for_team(session: Session, officer: Officer) -> Sequence[Outcome]:
    """Return the outcomes of the officer's team, those withdrawn too, newest first."""
    found = select(Outcome).options(joinedload(Outcome.consultation))
    rows = session.scalars(found.order_by(Outcome.published_at.desc(), Outcome.id))
    return [each for each in rows if officers.may_open(session, officer, each.consultation)]


def list_of_consultation(session: Session, consultation: Consultation) -> Sequence[Outcome]:
    """Return what the public may read of one consultation, the oldest first."""
    rows = reversed(list_published(session))
    return [each for each in rows if each.consultation_id == consultation.id]


def find_live(session: Session, theme: Theme) -> Outcome | None:
    """Return the outcome of a theme that the public may read now, or None."""
    return session.scalars(
        select(Outcome).where(
            Outcome.theme_id == theme.id,
            Outcome.published_at.is_not(None),
            Outcome.withdrawn_at.is_(None),
        )
    ).first()


def themes_without_outcome(session: Session, officer: Officer) -> list[tuple[Consultation, Theme]]:
    """Return the themes signed off by the officer's team that nobody has answered yet."""
    waiting: list[tuple[Consultation, Theme]] = []
    for consultation in teams.list_consultations(session, officer):
        signed_off = session.scalars(
            select(Theme)
            .where(
                Theme.consultation_id == consultation.id,
                Theme.status == ThemeStatus.SIGNED_OFF,
                Theme.merged_into_id.is_(None),
            )
            .order_by(Theme.question, Theme.place)
        )
        waiting += [(consultation, each) for each in signed_off if not find_live(session, each)]
    return waiting


def get_outcome(session: Session, officer: Officer, outcome_id: UUID) -> Outcome:
    """Return an outcome.

    Raises:
        NotFoundError: if there is none, or it is another team's.
    """
    outcome = session.get(Outcome, outcome_id)
    if outcome is None:
        raise NotFoundError("outcome")
    officers.check_may_open(session, officer, outcome.consultation)
    return outcome


def check_saying(session: Session, theme: Theme, saying: Saying, *, officer: Officer) -> None:
    """Make sure that all but names and the like allows these words to be published.

    Raises:
        NotAllowedError, OutcomeRefusedError, ChangedMeanwhileError: as `publish_outcome`.
    """
    officers.check_may_change(officer)
    if find_live(session, theme) is not None:
        raise ChangedMeanwhileError("outcome")
    _checked(session, theme, saying)


def publish_outcome(
    session: Session,
    theme: Theme,
    saying: Saying,
    *,
    officer: Officer,
    press_key: str,
    now: datetime,
) -> Outcome:
    """Say in public what became of a theme, and queue a message to everybody who asked to hear.

    The same press of the button publishes once. All of it is one transaction.

    Raises:
        NotAllowedError: if the officer may only read.
        OutcomeRefusedError: as `_checked`; "personal" if it names somebody, which is not allowed.
        ChangedMeanwhileError: if somebody else has answered this theme.
    """
    officers.check_may_change(officer)
    session.refresh(theme, with_for_update=True)
    before = session.scalar(select(Outcome).where(Outcome.press_key == press_key))
    if before is not None and before.theme_id == theme.id:
        return before
    if before is not None or find_live(session, theme) is not None:
        raise ChangedMeanwhileError("outcome")
    consultation = _checked(session, theme, saying)
    _check_named(saying)
    outcome = _new_outcome(theme, saying, officer, press_key=press_key, now=now)
    outcome.consultation = consultation
    try:
        with session.begin_nested():
            session.add(outcome)
    except IntegrityError as error:  # the same press arrived twice at the very same moment
        raise ChangedMeanwhileError("outcome") from error
    message = Message(message_words(consultation, outcome, saying.address))
    deliveries.queue_broadcast(
        session, consultation, message, cause=_cause(outcome), now=now, hours=saying.hours
    )
    audit.record(session, officer, "outcome published", outcome.id, now=now)
    return outcome


def _new_outcome(
    theme: Theme, saying: Saying, officer: Officer, *, press_key: str, now: datetime
) -> Outcome:
    return Outcome(
        theme_id=theme.id,
        kind=saying.kind,
        you_said=saying.you_said.strip(),
        we_did=saying.we_did.strip(),
        press_key=press_key,
        published_at=now,
        published_by=officer.id,
    )


def message_words(consultation: Consultation, outcome: Outcome, address: str) -> str:
    """Return what those who asked to hear are told."""
    where = f"\n\nRead more: {address}" if address else ""
    return (
        f"You answered “{consultation.title}”. Thank you. Here is what happened next."
        f"\n\nYou said: {outcome.you_said}"
        f"\n\n{ANSWERS[outcome.kind]}: {outcome.we_did}{where}"
    )


def withdraw(session: Session, outcome: Outcome, officer: Officer, *, now: datetime) -> None:
    """Take an outcome back from the public page, and messages about it that are not sent yet.

    Raises:
        NotAllowedError: if the officer may only read.
    """
    officers.check_may_change(officer)
    if outcome.withdrawn_at is not None:
        return
    outcome.withdrawn_at = now
    session.execute(
        delete(Delivery).where(
            Delivery.reference.startswith(f"{_cause(outcome)}:", autoescape=True),
            # What is sent cannot be called back, but the page of a web chat is ours.
            or_(Delivery.status == DeliveryStatus.WAITING, Delivery.channel == Channel.WEB_CHAT),
        )
    )
    session.flush()
    audit.record(session, officer, "outcome withdrawn", outcome.id, now=now)


def _cause(outcome: Outcome) -> str:
    return f"outcome:{outcome.id}"


def _checked(session: Session, theme: Theme, saying: Saying) -> Consultation:
    """Hold the words to what may be public, and return the theme's consultation.

    Raises:
        OutcomeRefusedError: "not_signed_off"; "empty"; "too_long"; "quote", when they hold what
            somebody wrote (PRI-10); "bare" or "unrated" and the box, such as "bare we_did", when
            a percentage has no number of people beside it, or the response rate is not said
            (E15); "number", when fewer than 8 people stand behind it (CON-7).
    """
    consultation = session.get_one(Consultation, theme.consultation_id)
    view = theme_views.get_view(session, consultation, theme)
    if view is None or theme.status is not ThemeStatus.SIGNED_OFF:
        raise OutcomeRefusedError("not_signed_off")
    texts = (saying.you_said.strip(), saying.we_did.strip())
    if not all(texts):
        raise OutcomeRefusedError("empty")
    if max(map(len, texts)) > MAX_SAYING_CHARS:
        raise OutcomeRefusedError("too_long")
    written = theme_answers.every_words(session, consultation, theme.question)
    if theme_answers.holds_a_quote(texts, written):
        raise OutcomeRefusedError("quote")
    if fault := percentages.fault_in(*texts):
        raise OutcomeRefusedError(f"{fault[1]} {('you_said', 'we_did')[fault[0]]}")
    if view.people.count < PUBLIC_SMALLEST_COUNT and re.search(r"\d", saying.you_said):
        raise OutcomeRefusedError("number")
    return consultation


def _check_named(saying: Saying) -> None:
    if saying.personal and not saying.may_name:
        raise OutcomeRefusedError("personal")
