"""Gatherings: what was said in groups, on visits, in evidence and in letters, written down.

Their points are heard in the themes under their own name. They are in no figure: nine people in a
room are one conversation, and no nine answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.attributes import flag_modified

from voice.analysis.safeguarding import Tier
from voice.clock import in_london
from voice.errors import ChangedMeanwhileError, NotFoundError, VoiceError
from voice.models import (
    Capacity,
    Channel,
    Concern,
    Consultation,
    Gathering,
    GatheringPoint,
    Officer,
)
from voice.services import audit, concerns, officers, themes
from voice.services.belonging import get_belonging
from voice.services.concerns import Heard

RECORDED = (
    Capacity.FOCUS_GROUP,
    Capacity.EVENT,
    Capacity.VISIT_NOTE,
    Capacity.EVIDENCE,
    Capacity.LETTER,
)
LINES = ("place", "locality", "service", "who", "recorder")
MAX_LINE_CHARS = 200
MAX_WORDS_CHARS = 20_000
MAX_HEADCOUNT = 10_000
NOTES = "notes"  # what a concern in the notes calls its question


class GatheringRefusedError(VoiceError):
    """It cannot be kept like this; `faults` are the fields to mend, each with a key of why."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(", ".join(f"{field}: {why}" for field, why in faults.items()))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was said, about one question."""

    question: str
    words: str
    is_verbatim: bool


@dataclass(frozen=True, slots=True)
class Record:
    """A gathering as an officer writes it down."""

    kind: Capacity
    held_on: date
    place: str = ""
    locality: str = ""
    service: str = ""
    who: str = ""
    headcount: int | None = None
    recorder: str = ""
    notes: str = ""
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """A gathering that is written down. `has_concern`: somebody's safety is being looked at."""

    gathering: Gathering
    has_concern: bool = False


def record_gathering(
    session: Session,
    consultation: Consultation,
    officer: Officer,
    record: Record,
    *,
    press_key: str,
    now: datetime,
) -> Kept:
    """Write a gathering down, every word of it screened; the same press makes one only (REL-2).

    Raises:
        NotAllowedError: if the officer may only read.
        GatheringRefusedError: if something must be mended first.
    """
    officers.check_may_change(officer)
    _check(consultation, record, now=now)
    gathering = Gathering(consultation=consultation, press_key=press_key, recorded_at=now)
    _fill(gathering, record)
    try:
        with session.begin_nested():
            session.add(gathering)
            session.flush()
    except IntegrityError:  # the same press came before
        before = select(Gathering).where(Gathering.press_key == press_key)
        return Kept(session.scalars(before).one())
    audit.record(session, officer, "gathering recorded", gathering.id, now=now)
    return Kept(gathering, _screen(session, gathering, record, now=now))


def change_gathering(
    session: Session,
    gathering: Gathering,
    officer: Officer,
    record: Record,
    *,
    edition: int,
    now: datetime,
) -> Kept:
    """Keep `record` in place of what was written down before; points that stay keep their themes.

    Raises:
        NotAllowedError: if the officer may only read.
        ChangedMeanwhileError: if somebody else has changed it since `edition`.
        GatheringRefusedError: if something must be mended first.
    """
    officers.check_may_change(officer)
    _check(gathering.consultation, record, now=now)
    session.refresh(gathering, with_for_update=True)
    if gathering.edition != edition:
        raise ChangedMeanwhileError("gathering")
    _fill(gathering, record)
    gathering.recorded_at = now
    flag_modified(gathering, "recorded_at")  # a change of its points alone is an edition too
    session.flush()
    audit.record(session, officer, "gathering changed", gathering.id, now=now)
    return Kept(gathering, _screen(session, gathering, record, now=now))


def delete_gathering(
    session: Session, gathering: Gathering, officer: Officer, *, now: datetime
) -> None:
    """Delete a gathering and its points. A concern's record stays (SAF-7).

    Raises:
        NotAllowedError: if the officer may only read.
    """
    officers.check_may_change(officer)
    audit.record(session, officer, "gathering deleted", gathering.id, now=now)
    session.delete(gathering)
    session.flush()


def note_read(session: Session, gathering: Gathering, officer: Officer, *, now: datetime) -> None:
    """Write down that the officer read what was said there, as it was noted."""
    audit.record(session, officer, "gathering read", gathering.id, now=now)


def get_gathering(session: Session, consultation: Consultation, gathering_id: UUID) -> Gathering:
    """Return a gathering of this consultation.

    Raises:
        NotFoundError: if there is none with this id.
    """
    return get_belonging(session, Gathering, consultation, gathering_id)


def list_gatherings(session: Session, consultation: Consultation) -> Sequence[Gathering]:
    """Return the gatherings of a consultation with their points, the latest first."""
    return session.scalars(
        select(Gathering)
        .where(Gathering.consultation_id == consultation.id)
        .order_by(Gathering.held_on.desc(), Gathering.recorded_at.desc(), Gathering.id)
        .options(selectinload(Gathering.points))
    ).all()


def worrying_words(
    session: Session, consultation: Consultation, *, alerts_only: bool
) -> set[tuple[UUID, str]]:
    """Return the words of each gathering that raised a concern, or only those a person must read.

    What raised an alert is in no theme; what raised any concern is never quoted (SAF-8).
    """
    found = select(Concern.gathering_id, Concern.words).where(
        Concern.consultation_id == consultation.id, Concern.gathering_id.is_not(None)
    )
    if alerts_only:
        found = found.where(Concern.tier == Tier.ALERT.value)
    return {(gathering, words) for gathering, words in session.execute(found) if gathering}


def readable_points(
    session: Session, consultation: Consultation, code: str
) -> dict[UUID, GatheringPoint]:
    """Return the points that speak to a question, but for those that raised an alert."""
    apart = worrying_words(session, consultation, alerts_only=True)
    found = session.scalars(
        select(GatheringPoint)
        .join(Gathering, Gathering.id == GatheringPoint.gathering_id)
        .where(Gathering.consultation_id == consultation.id, GatheringPoint.question == code)
        .order_by(GatheringPoint.gathering_id, GatheringPoint.place)
    )
    return {each.id: each for each in found if (each.gathering_id, each.words) not in apart}


def _check(consultation: Consultation, record: Record, *, now: datetime) -> None:
    codes = {question.code for question in themes.free_text_questions(consultation)}
    if any(point.question not in codes for point in record.points):
        raise NotFoundError("question")
    faults = {name: "too_long" for name in LINES if len(getattr(record, name)) > MAX_LINE_CHARS}
    if record.kind not in RECORDED:
        faults["kind"] = "missing"
    if record.held_on > in_london(now).date():
        faults["held_on"] = "future"
    if not 1 <= (record.headcount or 1) <= MAX_HEADCOUNT or record.headcount == 0:
        faults["headcount"] = "out_of_range"
    faults |= _faults_in_words(record)
    if faults:
        raise GatheringRefusedError(faults)


def _faults_in_words(record: Record) -> dict[str, str]:
    """Return what is wrong with what was noted, by field; each point by its question."""
    if not record.points and not record.notes.strip():
        return {"points": "missing"}
    too_long = [point.question for point in record.points if len(point.words) > MAX_WORDS_CHARS]
    too_long += [NOTES] if len(record.notes) > MAX_WORDS_CHARS else []
    return dict.fromkeys(too_long, "too_long")


def _fill(gathering: Gathering, record: Record) -> None:
    gathering.kind = record.kind
    gathering.held_on = record.held_on
    for name in LINES:
        setattr(gathering, name, " ".join(getattr(record, name).split()))
    gathering.headcount = record.headcount
    gathering.notes = record.notes
    before = {Point(one.question, one.words, one.is_verbatim): one for one in gathering.points}
    asked = {question.code for question in themes.free_text_questions(gathering.consultation)}
    kept = [before.get(point) or _new_point(point) for point in dict.fromkeys(record.points)]
    kept += [point for point in gathering.points if point.question not in asked]  # no field for it
    for place, point in enumerate(kept):
        point.place = place
    gathering.points = kept


def _new_point(point: Point) -> GatheringPoint:
    return GatheringPoint(
        question=point.question, words=point.words, is_verbatim=point.is_verbatim, is_read=False
    )


def _screen(session: Session, gathering: Gathering, record: Record, *, now: datetime) -> bool:
    """Screen every word that was written down, and return whether any raised a concern."""
    said = [(point.question, point.words) for point in record.points]
    said += [(name, getattr(record, name)) for name in (NOTES, *LINES)]
    raised = [
        concerns.screen_words(
            session,
            Heard(
                consultation_id=gathering.consultation_id,
                channel=Channel.RECORDED,
                words=words,
                question=question,
                gathering_id=gathering.id,
                shown="Nothing: an officer wrote these words down",
            ),
            now=now,
        )
        for question, words in said
    ]
    return any(raised)
