"""Outcomes: "You said, we did", published once, in public and to those who asked to hear."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased, joinedload

from surveys.checking.reading_age import MAX_READING_AGE, text_age
from surveys.variants import Audience
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
from voice.services import audit, officers, teams, telling, theme_answers, theme_views
from voice.services.consultations import current_survey
from voice.services.quiet_hours import DAYTIME

MAX_SAYING_CHARS = 1_000
MAX_OWNER_CHARS = 200
BOXES = ("you_said", "we_did", "young_you_said", "young_we_did")


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
    owner: str = ""  # who will do it: a team or a role
    due_on: date | None = None  # by when, of what is still to come
    young_you_said: str = ""  # the same two for young people
    young_we_did: str = ""
    follows: UUID | None = None  # the interim answer that this one takes further

    @property
    def mark(self) -> str:
        """Return what only these words have: a press that brings it has shown them before."""
        return mark_of(self.kind, *self.texts, self.owner, str(self.due_on))

    @property
    def texts(self) -> tuple[str, str, str, str]:
        """The words that people read, without the space around them; see `BOXES`."""
        said = (self.you_said, self.we_did, self.young_you_said, self.young_we_did)
        you_said, we_did, young_you_said, young_we_did = (each.strip() for each in said)
        return you_said, we_did, young_you_said, young_we_did

    @property
    def young_age(self) -> int:
        """How old a child must be to read the young people's words; 0 if they are too short."""
        return text_age("\n".join(self.texts[2:]))

    @property
    def personal(self) -> tuple[str, ...]:
        """Return what looks like a name, an address, a number or the like, each once, in order."""
        return personal_in(*self.texts, self.owner)


def mark_of(*texts: str) -> str:
    """Return what only these texts have, whatever a browser makes of their lines."""
    said = "\0".join(each.strip() for each in texts)
    return sha256(said.replace("\r\n", "\n").encode()).hexdigest()


def personal_in(*texts: str) -> tuple[str, ...]:
    """Return what looks like a name, an address, a number or the like, each once, in order."""
    found = (text[span.start : span.end] for text in texts for span in find_spans(text))
    return tuple(dict.fromkeys(found))


def list_published(session: Session) -> Sequence[Outcome]:
    """Return the outcomes that the public may read, newest first: of each theme the last word."""
    later = aliased(Outcome)
    taken_further = exists().where(
        later.theme_id == Outcome.theme_id,
        later.published_at > Outcome.published_at,
        later.withdrawn_at.is_(None),
    )
    return session.scalars(
        select(Outcome)
        .where(_is_live(), ~taken_further)
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
    """Return the last word on a theme that the public may read now, or None."""
    return next(iter(reversed(list_of_theme(session, theme.id))), None)


def list_of_theme(session: Session, theme_id: UUID | None) -> Sequence[Outcome]:
    """Return what the public may read of a theme, interim answers first."""
    found = select(Outcome).where(Outcome.theme_id == theme_id, _is_live())
    return session.scalars(found.order_by(Outcome.published_at, Outcome.id)).all()


def list_promised(session: Session, consultation: Consultation) -> Sequence[Outcome]:
    """Return every "we will" of a consultation, the oldest first, whatever came of it."""
    found = select(Outcome).where(
        Outcome.consultation_id == consultation.id, Outcome.kind == OutcomeKind.WILL, _is_live()
    )
    return session.scalars(found.order_by(Outcome.published_at, Outcome.id)).all()


def said_before(session: Session, listed: Sequence[Outcome]) -> dict[UUID, tuple[Outcome, ...]]:
    """Return what was said to the same theme before each of these, the oldest first."""
    themes = {each.theme_id for each in listed if each.theme_id is not None}
    found = select(Outcome).where(Outcome.theme_id.in_(themes), _is_live())
    rows = session.scalars(found.order_by(Outcome.published_at, Outcome.id)).all()
    return {
        each.id: tuple(
            row
            for row in rows
            if row.theme_id == each.theme_id and row.published_at < each.published_at  # type: ignore[operator] # both are published
        )
        for each in listed
    }


def _is_live() -> ColumnElement[bool]:
    return Outcome.published_at.is_not(None) & Outcome.withdrawn_at.is_(None)


def themes_without_outcome(session: Session, officer: Officer) -> list[tuple[Consultation, Theme]]:
    """Return the themes signed off by the officer's team that nobody has answered yet."""
    return [
        (consultation, each)
        for consultation in teams.list_consultations(session, officer)
        for each in list_unanswered(session, consultation)
    ]


def list_unanswered(session: Session, consultation: Consultation) -> Sequence[Theme]:
    """Return the themes of a consultation that were signed off and have no answer in public."""
    return session.scalars(
        select(Theme)
        .where(
            Theme.consultation_id == consultation.id,
            Theme.status == ThemeStatus.SIGNED_OFF,
            Theme.merged_into_id.is_(None),
            ~exists().where(Outcome.theme_id == Theme.id, _is_live()),
        )
        .order_by(Theme.question, Theme.place)
    ).all()


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
    officers.check_may_publish(officer)
    _check_follows(session, theme, saying)
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
    officers.check_may_publish(officer)
    session.refresh(theme, with_for_update=True)
    before = session.scalar(select(Outcome).where(Outcome.press_key == press_key))
    if before is not None and before.theme_id == theme.id:
        return before
    if before is not None:
        raise ChangedMeanwhileError("outcome")
    _check_follows(session, theme, saying)
    consultation = _checked(session, theme, saying)
    _check_named(saying)
    outcome = _new_outcome(theme, saying, officer, press_key=press_key, now=now)
    outcome.consultation = consultation
    try:
        with session.begin_nested():
            session.add(outcome)
    except IntegrityError as error:  # the same press arrived twice at the very same moment
        raise ChangedMeanwhileError("outcome") from error
    telling.tell_everybody(session, outcome, saying.address, now=now, hours=saying.hours)
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
        young_you_said=saying.young_you_said.strip(),
        young_we_did=saying.young_we_did.strip(),
        owner=saying.owner.strip(),
        due_on=saying.due_on,
        press_key=press_key,
        published_at=now,
        published_by=officer.id,
    )


def withdraw(session: Session, outcome: Outcome, officer: Officer, *, now: datetime) -> None:
    """Take an outcome back from the public page, and messages about it that are not sent yet.

    Raises:
        NotAllowedError: if the officer may only read.
    """
    officers.check_may_publish(officer)
    if outcome.withdrawn_at is not None:
        return
    outcome.withdrawn_at = now
    session.execute(
        delete(Delivery).where(
            Delivery.reference.startswith(f"{telling.cause_of(outcome)}:", autoescape=True),
            # What is sent cannot be called back, but the page of a web chat is ours.
            or_(Delivery.status == DeliveryStatus.WAITING, Delivery.channel == Channel.WEB_CHAT),
        )
    )
    session.flush()
    audit.record(session, officer, "outcome withdrawn", outcome.id, now=now)


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
    texts = saying.texts
    if not all(texts[:2]):
        raise OutcomeRefusedError("empty")
    if max(map(len, texts)) > MAX_SAYING_CHARS or len(saying.owner.strip()) > MAX_OWNER_CHARS:
        raise OutcomeRefusedError("too_long")
    _check_to_come(saying)
    _check_young(consultation, saying)
    written = theme_answers.every_words(session, consultation, theme.question)
    if theme_answers.holds_a_quote(texts, written):
        raise OutcomeRefusedError("quote")
    if fault := percentages.fault_in(*texts):
        raise OutcomeRefusedError(f"{fault[1]} {BOXES[fault[0]]}")
    said = f"{saying.you_said} {saying.young_you_said}"
    if view.people.count < PUBLIC_SMALLEST_COUNT and re.search(r"\d", said):
        raise OutcomeRefusedError("number")
    return consultation


def _check_to_come(saying: Saying) -> None:
    """Hold a promise to who and when, and what is still open to when.

    Raises:
        OutcomeRefusedError: "owner" or "due_on", for what is missing.
    """
    if saying.kind is OutcomeKind.WILL and not saying.owner.strip():
        raise OutcomeRefusedError("owner")
    if saying.kind in {OutcomeKind.WILL, OutcomeKind.THINKING} and saying.due_on is None:
        raise OutcomeRefusedError("due_on")


def asks_young(consultation: Consultation) -> bool:
    """Return whether it is asked of young people, so that its answers must be in their words."""
    return current_survey(consultation).audience is Audience.YOUNG


def _check_young(consultation: Consultation, saying: Saying) -> None:
    """Hold the young people's words to what they can read.

    Raises:
        OutcomeRefusedError: "young", if one of the two is missing, or both of a survey that is
            asked of young people; "hard", if they read like a text for somebody over 11.
    """
    *_, said, did = saying.texts
    if bool(said) != bool(did) or (asks_young(consultation) and not said):
        raise OutcomeRefusedError("young")
    if saying.young_age > MAX_READING_AGE:
        raise OutcomeRefusedError("hard")


def _check_follows(session: Session, theme: Theme, saying: Saying) -> None:
    """Make sure that nobody else has answered: an interim answer is taken further by its id.

    Raises:
        ChangedMeanwhileError: if what stands is not what the officer saw, or it is the last word.
    """
    live = find_live(session, theme)
    if live is not None and not live.is_interim:
        raise ChangedMeanwhileError("outcome")
    if (live.id if live else None) != saying.follows:
        raise ChangedMeanwhileError("outcome")


def _check_named(saying: Saying) -> None:
    if saying.personal and not saying.may_name:
        raise OutcomeRefusedError("personal")
