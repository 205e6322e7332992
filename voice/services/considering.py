"""Weighing what people said: each theme considered, each other response read, then a decision."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice.clock import in_london
from voice.errors import ChangedMeanwhileError, PlanRefusedError, StageRefusedError
from voice.models import (
    Consideration,
    Consultation,
    ConsultationKind,
    Decision,
    Mention,
    Officer,
    Outcome,
    Reading,
    Response,
    Theme,
    ThemeStatus,
)
from voice.reports import percentages
from voice.services import audit, officers
from voice.services.results import counting_in
from voice.services.theme_answers import responses_set_apart

MAX_CONSIDERATION_CHARS = 5_000
MAX_DECISION_CHARS = 5_000
MAX_BODY_CHARS = 150


@dataclass(frozen=True, slots=True)
class Weighed:
    """A theme that stands alone, with how it was considered, the first record first."""

    theme: Theme
    considerations: tuple[Consideration, ...]


@dataclass(frozen=True, slots=True)
class Deciding:
    """What was decided, on which day and by whom, such as "Cabinet"."""

    words: str
    decided_on: date
    decided_by: str
    press_key: str


@dataclass(frozen=True, slots=True)
class Remaining:
    """What CON-4 still asks for; nothing of it remains when a decision may be recorded."""

    not_signed_off: int
    not_considered: int
    not_read: int

    @property
    def total(self) -> int:
        """How much of it there is."""
        return self.not_signed_off + self.not_considered + self.not_read


def weighed_themes(session: Session, consultation: Consultation) -> list[Weighed]:
    """Return the themes that stand alone, hidden ones left out, in the order of the questions."""
    themes = session.scalars(
        select(Theme)
        .where(
            Theme.consultation_id == consultation.id,
            Theme.merged_into_id.is_(None),
            Theme.status != ThemeStatus.HIDDEN,
        )
        .order_by(Theme.question, Theme.place, Theme.key)
    ).all()
    recorded: dict[UUID, list[Consideration]] = defaultdict(list)
    found = select(Consideration).where(Consideration.theme_id.in_([one.id for one in themes]))
    for each in session.scalars(found.order_by(Consideration.recorded_at)):
        recorded[each.theme_id].append(each)
    return [Weighed(theme, tuple(recorded[theme.id])) for theme in themes]


def remaining(session: Session, consultation: Consultation) -> Remaining:
    """Return what has to be weighed before a decision may be recorded (CON-4)."""
    weighed = weighed_themes(session, consultation)
    signed_off = [each for each in weighed if each.theme.status is ThemeStatus.SIGNED_OFF]
    return Remaining(
        not_signed_off=len(weighed) - len(signed_off),
        not_considered=sum(not each.considerations for each in signed_off),
        not_read=len(unread_responses(session, consultation)),
    )


def record_consideration(
    session: Session, theme: Theme, officer: Officer, words: str, *, press_key: str, now: datetime
) -> Consideration:
    """Keep how a theme was weighed, beside what was kept before. The same press keeps one.

    Raises:
        NotAllowedError: if the officer may only read.
        StageRefusedError: "open" before the close, "archived", or "not signed off".
        PlanRefusedError: "words missing", "words long", or "words bare" for a percentage with no
            number of people (E15).
        ChangedMeanwhileError: if the press belongs to another theme.
    """
    officers.check_may_change(officer)
    pressed = Consideration.press_key == press_key
    before = session.scalar(select(Consideration).where(pressed))
    if before is not None:
        if before.theme_id != theme.id:
            raise ChangedMeanwhileError("consideration")
        return before
    _check_closed(session.get_one(Consultation, theme.consultation_id), now=now)
    if theme.status is not ThemeStatus.SIGNED_OFF or theme.merged_into_id is not None:
        raise StageRefusedError("not signed off")
    _check_length("words", words, MAX_CONSIDERATION_CHARS)
    kept = Consideration(
        theme_id=theme.id,
        words=words.strip(),
        recorded_at=now,
        recorded_by=officer.id,
        press_key=press_key,
    )
    session.add(kept)
    session.flush()
    audit.record(session, officer, "consideration recorded", theme.id, now=now)
    return kept


def unread_responses(session: Session, consultation: Consultation) -> list[UUID]:
    """Return the responses that count, that no signed-off theme reaches and nobody has read.

    Those that raised an alert are left out: the safeguarding lead reads each of them, and no
    officer may. The oldest come first.
    """
    apart = responses_set_apart(session, consultation)
    read = set(
        session.scalars(
            select(Reading.response_id)
            .join(Response, Response.id == Reading.response_id)
            .where(Response.consultation_id == consultation.id)
        )
    )
    sent = select(Response.id).where(counting_in(consultation))
    in_order = session.scalars(sent.order_by(Response.submitted_at, Response.id))
    away = apart | read | _reached(session, consultation)
    return [one for one in in_order if one not in away]


def mark_read(
    session: Session,
    consultation: Consultation,
    officer: Officer,
    read: Collection[UUID],
    *,
    now: datetime,
) -> int:
    """Keep that an officer has read these responses, and return how many that adds.

    Any that is not waiting to be read is passed over, so doing so again changes nothing.

    Raises:
        NotAllowedError: if the officer may not read answers.
        StageRefusedError: "open" before the close, or "archived".
    """
    officers.check_may_change(officer)
    _check_closed(consultation, now=now)
    session.refresh(consultation, with_for_update=True)
    waiting = [one for one in unread_responses(session, consultation) if one in read]
    session.add_all(Reading(response_id=one, read_at=now, read_by=officer.id) for one in waiting)
    session.flush()
    audit.record(session, officer, "responses marked read", consultation.id, now=now)
    return len(waiting)


def record_decision(
    session: Session, consultation: Consultation, officer: Officer, made: Deciding, *, now: datetime
) -> Decision:
    """Keep and publish what was decided. A second decision stands beside the first.

    Raises:
        NotAllowedError: if the officer may not publish.
        StageRefusedError: "open" before the close, "archived", or "not weighed" while a theme has
            no consideration or a response is neither reached nor read (CON-4).
        PlanRefusedError: "words missing", "words long", "words bare" for a percentage with no
            number of people (E15), "decided_by missing", "decided_by long",
            "decided_on future" or "decided_on early" (before people had been heard).
        ChangedMeanwhileError: if the press belongs to another consultation.
    """
    officers.check_may_publish(officer)
    session.refresh(consultation, with_for_update=True)
    before = session.scalar(select(Decision).where(Decision.press_key == made.press_key))
    if before is not None:
        if before.consultation_id != consultation.id:
            raise ChangedMeanwhileError("decision")
        return before
    _check_closed(consultation, now=now)
    _check_decision(consultation, made, now=now)
    if remaining(session, consultation).total:
        raise StageRefusedError("not weighed")
    decision = Decision(
        consultation_id=consultation.id,
        words=made.words.strip(),
        decided_on=made.decided_on,
        decided_by=made.decided_by.strip(),
        recorded_at=now,
        recorded_by=officer.id,
        press_key=made.press_key,
    )
    session.add(decision)
    session.flush()
    audit.record(session, officer, "decision recorded", consultation.id, now=now)
    return decision


def list_decisions(session: Session, consultation: Consultation) -> Sequence[Decision]:
    """Return what was decided, the first decision first."""
    found = select(Decision).where(Decision.consultation_id == consultation.id)
    return session.scalars(found.order_by(Decision.recorded_at, Decision.id)).all()


def is_decided(session: Session, consultation: Consultation) -> bool:
    """Return whether a decision has been recorded."""
    found = select(Decision.id).where(Decision.consultation_id == consultation.id)
    return session.scalar(found.limit(1)) is not None


def archive(
    session: Session, consultation: Consultation, officer: Officer, *, now: datetime
) -> None:
    """Put a consultation away: everything of it stays to be read, and nothing changes any more.

    Raises:
        NotAllowedError: if the officer may only read.
        StageRefusedError: "open" before the close; "not decided", for a public consultation;
            "not signed off" while a theme is neither that nor hidden;
            "not answered" while a signed-off theme has no published answer (CON-7).
    """
    officers.check_may_change(officer)
    session.refresh(consultation, with_for_update=True)
    if consultation.archived_at is not None:
        return
    _check_closed(consultation, now=now)
    is_public = consultation.kind is ConsultationKind.PUBLIC
    if is_public and not is_decided(session, consultation):
        raise StageRefusedError("not decided")
    if remaining(session, consultation).not_signed_off:
        raise StageRefusedError("not signed off")
    if not_answered(session, consultation):
        raise StageRefusedError("not answered")
    consultation.archived_at = now
    session.flush()
    audit.record(session, officer, "consultation archived", consultation.id, now=now)


def not_answered(session: Session, consultation: Consultation) -> int:
    """Return how many signed-off themes have no "You said, we did" in public (CON-7)."""
    answered = select(Outcome.theme_id).where(
        Outcome.consultation_id == consultation.id,
        Outcome.published_at.is_not(None),
        Outcome.withdrawn_at.is_(None),
    )
    published = set(session.scalars(answered))
    return sum(
        each.theme.status is ThemeStatus.SIGNED_OFF and each.theme.id not in published
        for each in weighed_themes(session, consultation)
    )


def _reached(session: Session, consultation: Consultation) -> set[UUID]:
    """Return the responses that speak of a theme which a person stands by, merged or not."""
    themes = session.scalars(select(Theme).where(Theme.consultation_id == consultation.id)).all()
    by_id = {theme.id: theme for theme in themes}

    def root(theme: Theme) -> Theme:
        while theme.merged_into_id is not None:
            theme = by_id[theme.merged_into_id]
        return theme

    standing = [one.id for one in themes if root(one).status is ThemeStatus.SIGNED_OFF]
    mentions = select(Mention.response_id).where(Mention.theme_id.in_(standing))
    return set(session.scalars(mentions))


def _check_closed(consultation: Consultation, *, now: datetime) -> None:
    if consultation.archived_at is not None:
        raise StageRefusedError("archived")
    if consultation.launched_at is None or now <= consultation.closes_at:
        raise StageRefusedError("open")


def _check_decision(consultation: Consultation, made: Deciding, *, now: datetime) -> None:
    _check_length("words", made.words, MAX_DECISION_CHARS)
    _check_length("decided_by", made.decided_by, MAX_BODY_CHARS)
    if made.decided_on > in_london(now).date():
        raise PlanRefusedError("decided_on future")
    if made.decided_on < in_london(consultation.closes_at).date():
        raise PlanRefusedError("decided_on early")


def _check_length(name: str, words: str, most: int) -> None:
    if not words.strip():
        raise PlanRefusedError(f"{name} missing")
    if len(words.strip()) > most:
        raise PlanRefusedError(f"{name} long")
    if fault := percentages.fault_in(words):
        raise PlanRefusedError(f"{name} {fault[1]}")
