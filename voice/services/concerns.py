"""Concerns: every free text is screened as it is kept, and a person reads what is found."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, bindparam, case, delete, func, or_, select
from sqlalchemy.orm import Session, joinedload

from voice.analysis import safeguarding
from voice.analysis.safeguarding import Tier
from voice.errors import NotFoundError
from voice.models import (
    AnswerVector,
    Channel,
    Chat,
    Concern,
    Consultation,
    Enquiry,
    HubEntry,
    Officer,
    Participant,
    Response,
)
from voice.services import audit
from voice.services.straight import Straight, write_changes

logger = logging.getLogger(__name__)

ASKED_FOR_HELP = "asked_for_help"  # a safe word, or the button of that name
ASKED_FOR_ADVOCATE = "asked_for_advocate"  # "I want someone to help me say it"
SAID_WORRIED = "said_worried"  # chose an option that means somebody may need help
UNSCREENED = "unscreened"  # the detector failed: a person must read it
# In place of a question's code: what was said in a chat while none was asked.
AT_THE_END = "-end"  # after the last question
WHEN_STOPPED = "-stopped"  # while they had stopped, or were about to delete their answers
ADVOCATE_WISH = "I want someone to help me say it"
_MAX_WORDS_CHARS = 100_000


@dataclass(frozen=True, slots=True)
class Heard:
    """Words that somebody wrote, and where: in a consultation, or in an enquiry outside any."""

    consultation_id: UUID | None
    channel: Channel
    words: str
    question: str = ""
    response_id: UUID | None = None
    participant_id: UUID | None = None
    gathering_id: UUID | None = None
    enquiry_id: UUID | None = None
    shown: str = "help card"  # what the person was shown


def screen_words(session: Session, heard: Heard, *, now: datetime) -> Concern | None:
    """Raise a concern if these words may mean that somebody is at risk; None if none was seen.

    None is not "no concern": it is only that this software saw none. When the detector fails, the
    words are queued as unscreened, because missing somebody is worse than a false alarm (SAF-12).
    """
    concern = notice_words(heard, now=now)
    return queue(session, concern) if concern is not None else None


def raise_worry(session: Session, heard: Heard, *, category: str, now: datetime) -> Concern:
    """Raise a concern because the person asked for help, or chose an option that says so."""
    return queue(session, notice_worry(heard, category=category, now=now))


def ask_for_advocate(session: Session, response: Response, *, reach: str, now: datetime) -> Concern:
    """Ask that somebody helps a person to say it; `reach` is how they can safely be reached.

    It is a concern, so that the same people read it by the same clocks.
    """
    words = reach.strip() or ADVOCATE_WISH
    heard = Heard(response.consultation_id, response.channel, words, response_id=response.id)
    return raise_worry(session, heard, category=ASKED_FOR_ADVOCATE, now=now)


def notice_words(heard: Heard, *, now: datetime) -> Concern | None:
    """Return the concern that these words raise, not yet queued; None if none was seen."""
    if not heard.words.strip():
        return None
    try:
        found = safeguarding.screen(heard.words)
        is_alert = found.tier is Tier.ALERT
        is_about_staff = is_alert and safeguarding.accuses_staff(heard.words)
    except Exception:  # noqa: BLE001 - whatever breaks in the detector, the words must reach a person
        logger.error("screening failed", extra={"consultation": str(heard.consultation_id)})
        return notice_worry(heard, category=UNSCREENED, now=now)
    if found.tier is Tier.NONE:
        return None
    return _concern(
        heard,
        category=found.category.value if found.category else UNSCREENED,
        tier=found.tier.value,
        urgency=found.urgency.value,
        sentence=found.sentence,
        detector=found.version,
        is_about_staff=is_about_staff,
        now=now,
    )


def notice_worry(heard: Heard, *, category: str, now: datetime) -> Concern:
    """Return the concern of somebody who asked for help or said so, not yet queued."""
    return _concern(heard, category=category, tier=Tier.ALERT.value, now=now)


def _concern(
    heard: Heard,
    *,
    category: str,
    tier: str,
    now: datetime,
    is_about_staff: bool = False,
    **found: str,
) -> Concern:
    return Concern(
        consultation_id=heard.consultation_id,
        response_id=heard.response_id,
        participant_id=heard.participant_id,
        gathering_id=heard.gathering_id,
        enquiry_id=heard.enquiry_id,
        question=heard.question,
        channel=heard.channel,
        words=heard.words[:_MAX_WORDS_CHARS],
        sentence=found.get("sentence", ""),
        category=category,
        tier=tier,
        urgency=found.get("urgency", "none"),
        detector=found.get("detector", category),
        shown=heard.shown,
        raised_at=now,
        is_about_staff=is_about_staff,
    )


def queue(session: Session, concern: Concern) -> Concern:
    """Queue the words once: the same words from the same answer raise one concern."""
    same = select(Concern).where(
        Concern.response_id == concern.response_id,
        Concern.participant_id == concern.participant_id,
        Concern.gathering_id == concern.gathering_id,
        Concern.enquiry_id == concern.enquiry_id,
        Concern.question == concern.question,
        Concern.category == concern.category,
    )
    before = next((each for each in session.scalars(same) if each.words == concern.words), None)
    hangs_on = (concern.response_id, concern.participant_id, concern.gathering_id)
    if before is not None and any((*hangs_on, concern.enquiry_id)):
        return before
    session.add(concern)
    session.flush()
    if concern.response_id is not None:  # at once, and not when the worker comes by (SAF-8)
        of_it = HubEntry.response_id == concern.response_id
        session.execute(delete(HubEntry).where(of_it))
        if sets_apart(concern):
            of_it = AnswerVector.response_id == concern.response_id
            session.execute(delete(AnswerVector).where(of_it))
    logger.info("concern raised", extra={"concern": str(concern.id), "tier": concern.tier})
    return concern


def sets_apart(concern: Concern) -> bool:
    """Return whether its response is in no theme and no count, and so is never read for meaning.

    Only an alert does. What help was shown for is counted with the others and quoted nowhere.
    """
    return concern.tier == Tier.ALERT.value


_RAISED = Straight(
    select(Concern.id)
    .where(
        Concern.consultation_id == bindparam("about"),
        or_(
            Concern.participant_id == bindparam("person"),
            Concern.response_id == bindparam("said"),  # which is no response where there is none
        ),
        Concern.not_meant_at.is_(None),
    )
    .limit(1)
)


def has_raised(session: Session, participant: Participant, chat: Chat) -> bool:
    """Return whether something said in this chat raised a concern, and was meant so."""
    write_changes(session)
    of_this = {"about": chat.consultation_id, "person": participant.id, "said": chat.response_id}
    return bool(_RAISED.rows(session, of_this))


def list_waiting(session: Session) -> Sequence[Concern]:
    """Return the alerts that nobody has acknowledged: immediate first, then the oldest.

    Boxes that a whole class may tick stand apart (`count_ticked`), so that they hide nobody's
    words.
    """
    urgent_first = case(
        (Concern.urgency == "immediate", 0), (Concern.urgency == "high", 1), else_=2
    )
    found = _alerts().where(_WAITS, Concern.category != SAID_WORRIED)
    return session.scalars(found.order_by(urgent_first, Concern.raised_at)).all()


def list_acknowledged(session: Session, *, limit: int = 200) -> Sequence[Concern]:
    """Return the alerts that somebody has read, newest first, `limit` at most."""
    newest = Concern.acknowledged_at.desc()
    return session.scalars(_alerts().where(~_WAITS).order_by(newest).limit(limit)).all()


def count_ticked(session: Session) -> list[tuple[Consultation, int]]:
    """Return how many ticked that they are worried and wait to be read, most first."""
    found = (
        select(Consultation, func.count(Concern.id))
        .join(Concern, Concern.consultation_id == Consultation.id)
        .where(_WAITS, Concern.category == SAID_WORRIED)
        .group_by(Consultation.id)
        .order_by(func.count(Concern.id).desc(), Consultation.slug)
    )
    return [(consultation, count) for consultation, count in session.execute(found)]


def list_ticked(session: Session, slug: str) -> Sequence[Concern]:
    """Return the ticks of one consultation that wait to be read, oldest first."""
    found = _alerts().where(_WAITS, Concern.category == SAID_WORRIED)
    found = found.join(Concern.consultation).where(Consultation.slug == slug)
    return session.scalars(found.order_by(Concern.raised_at, Concern.id)).all()


_WAITS = Concern.acknowledged_at.is_(None)


def _alerts() -> Select[Concern]:
    """Return what a person is to read: alerts, and what keeps an answered question unpublished.

    A question to a committee with any concern in it is published only once somebody has read it.
    """
    answered = select(Enquiry.id).where(Enquiry.answered_at.is_not(None))
    found = select(Concern).where(
        or_(Concern.tier == Tier.ALERT.value, Concern.enquiry_id.in_(answered))
    )
    return found.options(joinedload(Concern.consultation))


def count_help_shown(session: Session) -> int:
    """Return how often help was shown for words below the alert tier."""
    count = select(func.count()).where(Concern.tier == Tier.SUPPORT.value)
    return session.scalar(count.select_from(Concern)) or 0


def get(session: Session, concern_id: UUID) -> Concern:
    """Return a concern.

    Raises:
        NotFoundError: if there is none with this id.
    """
    concern = session.get(Concern, concern_id)
    if concern is None:
        raise NotFoundError("concern")
    return concern


def acknowledge(session: Session, concern: Concern, officer: Officer, *, now: datetime) -> None:
    """Record that `officer` has read the concern; the first reader stays on record."""
    if concern.acknowledged_at is None:
        concern.acknowledged_at = now
        concern.acknowledged_by = officer.id
        audit.record(session, officer, "concern acknowledged", concern.id, now=now)


def decide(
    session: Session, concern: Concern, officer: Officer, decision: str, *, now: datetime
) -> None:
    """Record what a person decided about the concern, in their words."""
    acknowledge(session, concern, officer, now=now)
    concern.decision = decision
    concern.decided_at = now
    audit.record(session, officer, "concern decided", concern.id, now=now)


def responses_with_concerns(session: Session, consultation: Consultation) -> set[UUID]:
    """Return the responses whose words must never be quoted or counted in themes (SAF-8)."""
    found = select(Concern.response_id).where(
        Concern.consultation_id == consultation.id, Concern.response_id.is_not(None)
    )
    return {each for each in session.scalars(found) if each is not None}


def is_alerted(session: Session, response_id: UUID) -> bool:
    """Return whether this response has raised an alert, which the safeguarding role reads."""
    found = select(Concern.id).where(
        Concern.response_id == response_id, Concern.tier == Tier.ALERT.value
    )
    return session.scalar(found.limit(1)) is not None


def note_not_meant(session: Session, response_id: UUID, *, now: datetime) -> None:
    """Note that the person says "that's not what I meant"; the record stays (SAF-3)."""
    found = select(Concern).where(
        Concern.response_id == response_id, Concern.not_meant_at.is_(None)
    )
    for concern in session.scalars(found):
        concern.not_meant_at = now
