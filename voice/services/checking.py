"""Checking: one answer after the other, the machine's themes ticked beforehand or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from voice.analysis.speaking import roots_in, roots_of_words
from voice.errors import NotFoundError
from voice.models import Analysis, AuditSample, Code, Consultation, Job, Officer, Theme
from voice.services import (
    audit,
    audits,
    chosen,
    codes,
    jobs,
    learnt,
    officers,
    theme_answers,
    themes,
)
from voice.services.consultations import current_survey
from voice.services.learnt import Books

KEYS = "123456789acdefghijklmopqrtuvwxyz"  # B goes back, N says that none fits, S skips
MOST_UNFOLDED = 12  # themes; of more, those that are far from an answer are folded


@dataclass(frozen=True, slots=True)
class Choice:
    """A theme that an answer may be given, the key that ticks it, and how many raise it now."""

    id: UUID
    key: str
    label: str
    note: str
    people: int
    is_ticked: bool
    is_near: bool = True  # ticked, or the answer has a word of its name or keywords


@dataclass(frozen=True, slots=True)
class Slip:
    """One answer to be coded: its place, its words without names, and the themes on offer."""

    place: int
    of: int
    done: int
    response_id: UUID
    words: str
    choices: tuple[Choice, ...]
    code_id: int | None  # what stands for it, given by this officer

    @property
    def first(self) -> tuple[Choice, ...]:
        """The themes to read first: of a long list those that are near, else all."""
        near = tuple(one for one in self.choices if one.is_near)
        return near if len(self.choices) > MOST_UNFOLDED else self.choices

    @property
    def folded(self) -> tuple[Choice, ...]:
        """The others, in the same order."""
        return tuple(one for one in self.choices if one not in self.first)

    @property
    def is_none(self) -> bool:
        """Whether the officer said that no theme fits."""
        return self.code_id is not None and not any(one.is_ticked for one in self.choices)


@dataclass(frozen=True, slots=True)
class Learning:
    """How far the machine has come: what waits to be learnt, and since when the counts stand."""

    waiting: int
    made_at: datetime | None
    is_failing: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """The answers to be checked, or an audit's: by place, and those that are coded already."""

    places: Mapping[int, UUID]
    coded: frozenset[UUID]

    @property
    def of(self) -> int:
        """How many there are."""
        return len(self.places)

    @property
    def done(self) -> int:
        """How many of them are coded."""
        return sum(one in self.coded for one in self.places.values())

    def next_after(self, place: int) -> int | None:
        """Return the next place that is not coded, from the beginning again at the end, or None."""
        left = [each for each, one in self.places.items() if one not in self.coded]
        return next((each for each in left if each > place), left[0] if left else None)

    def before(self, place: int) -> int | None:
        """Return the place before, coded or not; None at the beginning."""
        return max((each for each in self.places if each < place), default=None)


def ask_to_choose(
    session: Session, officer: Officer, consultation: Consultation, code: str, *, now: datetime
) -> Job:
    """Ask a worker to choose fifty answers to check; those not checked yet make room.

    Raises:
        NotAllowedError: if the officer may only read.
        NotFoundError: if there is no such question.
    """
    officers.check_may_change(officer)
    themes.get_question(consultation, code)
    subject = themes.subject_of(consultation, code)
    audit.record(session, officer, "answers to check asked for", subject, now=now)
    return jobs.enqueue(session, jobs.CHOOSE, subject, now=now)


def is_choosing(session: Session, consultation: Consultation, code: str) -> bool:
    """Return whether a worker is still to choose the answers to check."""
    return _is_waiting(session, jobs.CHOOSE, consultation, code)


def is_measuring(session: Session, consultation: Consultation, code: str) -> bool:
    """Return whether a worker is still to measure by what was coded or changed last."""
    return _is_waiting(session, jobs.MEASURE, consultation, code)


def queue(session: Session, consultation: Consultation, code: str) -> Queue:
    """Return the answers to be checked, whoever codes them."""
    places = chosen.places(session, consultation, code)
    return Queue(places, frozenset(codes.latest(session, consultation, code)))


def audit_queue(
    session: Session,
    officer: Officer,
    consultation: Consultation,
    code: str,
    *,
    sample: AuditSample,
) -> Queue:
    """Return the answers of an audit, and which of them this officer has coded."""
    given = audits.given_by(session, consultation, code, sample=sample)
    places = chosen.places(session, consultation, code, sample=sample)
    return Queue(places, frozenset(given.get(officer.id, {})))


def slip(session: Session, consultation: Consultation, code: str, queue: Queue, place: int) -> Slip:
    """Return an answer to be checked, with the themes ticked that it raises now.

    Raises:
        NotFoundError: if there is none in that place, or it may not be read any more (SAF-8).
    """
    books = learnt.read_books(session, consultation, code)
    response = _readable(books, queue, place)
    ticked = books.under(books.mentions.get(response, frozenset()))
    row = _latest(session, consultation, code, response)
    made = _slip(consultation, books, queue, place=place, ticked=ticked, row=row)
    said, rows = roots_in(made.words), {theme.id: theme for theme in books.themes}
    return replace(
        made,
        choices=tuple(
            replace(one, is_near=one.is_ticked or not said.isdisjoint(_roots(rows[one.id])))
            for one in made.choices
        ),
    )


def _roots(theme: Theme) -> set[str]:
    return roots_of_words([theme.label, *theme.words])


def audit_slip(
    session: Session,
    officer: Officer,
    consultation: Consultation,
    code: str,
    *,
    sample: AuditSample,
    place: int,
) -> Slip:
    """Return an answer of an audit, with what this officer gave it and nothing of the machine's.

    No theme is far from it: what is folded would be chosen less.

    Raises:
        NotFoundError: if there is none in that place, or it may not be read any more (SAF-8).
    """
    books = learnt.read_books(session, consultation, code)
    queue = audit_queue(session, officer, consultation, code, sample=sample)
    response = _readable(books, queue, place)
    given = audits.given_by(session, consultation, code, sample=sample)
    row = given.get(officer.id, {}).get(response)
    by_name = {str(theme): theme for theme in books.counted_under}
    ticked = books.under(by_name[one] for one in (row.theme_ids if row else ()) if one in by_name)
    return _slip(consultation, books, queue, place=place, ticked=ticked, row=row)


def in_order(slip: Slip, ticked: Sequence[UUID]) -> list[UUID]:
    """Return the themes that were ticked, those that were ticked beforehand first.

    Raises:
        NotFoundError: if one is not on offer.
    """
    offered = {one.id: one.is_ticked for one in slip.choices}
    if not offered.keys() >= set(ticked):
        raise NotFoundError("theme")
    return [one for one in offered if one in ticked]


def learning(session: Session, consultation: Consultation, code: str) -> Learning:
    """Return what waits to be learnt, and of when the counts are."""
    analysis = session.scalar(
        select(Analysis).where(
            Analysis.consultation_id == consultation.id, Analysis.question == code
        )
    )
    made_at = analysis.made_at if analysis is not None else None
    count = select(func.count()).select_from(Code)
    since = count.where(
        Code.consultation_id == consultation.id,
        Code.question == code,
        Code.purpose.in_(codes.LEARNT_FROM),
    )
    if made_at is not None:
        since = since.where(or_(Code.given_at > made_at, Code.taken_back_at > made_at))
    job = jobs.find_latest(session, jobs.ASSIGN, themes.subject_of(consultation, code))
    is_failing = job is not None and bool(job.problem)
    return Learning(session.scalar(since) or 0, made_at, is_failing)


def _is_waiting(session: Session, kind: str, consultation: Consultation, code: str) -> bool:
    job = jobs.find_latest(session, kind, themes.subject_of(consultation, code))
    return job is not None and job.finished_at is None


def _readable(books: Books, queue: Queue, place: int) -> UUID:
    response = queue.places.get(place)
    if response is None or response not in books.answers:
        raise NotFoundError("answer")
    return response


def _slip(
    consultation: Consultation,
    books: Books,
    queue: Queue,
    *,
    place: int,
    ticked: frozenset[UUID],
    row: Code | None,
) -> Slip:
    response = queue.places[place]
    name_as = current_survey(consultation).name_as
    counts = _counts(books)
    offered = sorted(audits.choices(books), key=lambda one: (-counts.get(one.id, 0), one.place))
    return Slip(
        place=place,
        of=queue.of,
        done=queue.done,
        response_id=response,
        words=theme_answers.masked(books.answers[response].words.strip(), name_as=name_as),
        choices=tuple(
            _choice(theme, key, counts, is_ticked=theme.id in ticked)
            for theme, key in zip(offered, KEYS.ljust(len(offered)), strict=False)
        ),
        code_id=row.id if row is not None else None,
    )


def _choice(theme: Theme, key: str, counts: Mapping[UUID, int], *, is_ticked: bool) -> Choice:
    people = counts.get(theme.id, 0)
    return Choice(theme.id, key.strip(), theme.label, theme.description, people, is_ticked)


def _counts(books: Books) -> dict[UUID, int]:
    counts: dict[UUID, int] = {}
    for response, raised in books.mentions.items():
        if response in books.answers and books.answers[response].tone:
            for theme in books.under(raised):
                counts[theme] = counts.get(theme, 0) + 1
    return counts


def _latest(session: Session, consultation: Consultation, code: str, response: UUID) -> Code | None:
    return session.scalars(
        select(Code)
        .where(
            Code.consultation_id == consultation.id,
            Code.question == code,
            Code.response_id == response,
            Code.purpose.in_(codes.LEARNT_FROM),
            Code.taken_back_at.is_(None),
        )
        .order_by(Code.id.desc())
        .limit(1)
    ).first()
