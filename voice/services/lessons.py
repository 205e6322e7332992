"""Lessons: a class that answers together, thirty phones at once, by one code on the board."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from voice.errors import ConsultationClosedError, NotFoundError
from voice.models import Channel, Consultation, Lesson, Link, LinkKind, Response
from voice.models.consultation import GRACE
from voice.services import keys, links, new_answers, responses
from voice.services.responses import Begun

YEAR_GROUPS = ("Reception", *(f"Year {number}" for number in range(1, 14)))
LONGEST = timedelta(hours=8)  # a lesson that nobody ended is over then
_TEACHER_KEY_CHARS = 32  # 128 bits


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many pupils have begun and how many have sent their answers in."""

    begun: int
    sent: int


@dataclass(frozen=True, slots=True)
class Pupil:
    """Who begins: their year group, and their browser's press and key."""

    year_group: str
    press_key: str
    key: str


def teacher_key(secret: str, link: Link) -> str:
    """Return what stands in the teacher's address of a school; nobody can make it from the code."""
    return keys.keyed_hash(secret, "teacher", str(link.id))[:_TEACHER_KEY_CHARS]


def get_school(session: Session, code: str, key: str, *, secret: str) -> Link:
    """Return the school whose teacher's address holds this code and key.

    Raises:
        NotFoundError: if there is none, or it is closed.
    """
    link = links.get_link(session, code)
    is_open = link.kind is LinkKind.CLASS and link.closed_at is None
    if not is_open or not keys.are_equal(teacher_key(secret, link), key):
        raise NotFoundError("school")
    return link


def begin_lesson(
    session: Session, school: Link, year_groups: Sequence[str], *, now: datetime
) -> Lesson:
    """Begin a lesson; one that is still open goes on. Without year groups, all may be chosen.

    Raises:
        ConsultationClosedError: if the consultation takes no answers now.
    """
    if not school.consultation.is_open(now):
        raise ConsultationClosedError(school.consultation.slug)
    going_on = find_open(school, now=now)
    if going_on is not None:
        return going_on
    chosen = [each for each in YEAR_GROUPS if each in year_groups] or list(YEAR_GROUPS)
    lesson = Lesson(
        link=school, code=keys.new_typed_code(), year_groups=chosen, began_at=now, ended_at=None
    )
    session.add(lesson)
    session.flush()
    return lesson


def end_lesson(session: Session, lesson: Lesson, *, now: datetime) -> None:
    """Let nobody else in. Whoever has begun may finish.

    What the pupils wrote is read now, so that the teacher sees its themes while the class is there.
    """
    lesson.ended_at = lesson.ended_at or now
    new_answers.ask_at_once(session, lesson.link.consultation, now=now)


def is_open(lesson: Lesson, *, now: datetime) -> bool:
    """Return whether pupils may still begin."""
    in_time = lesson.ended_at is None and now < lesson.began_at + LONGEST
    return in_time and lesson.link.closed_at is None and lesson.link.consultation.is_open(now)


def end_of(lesson: Lesson) -> datetime:
    """Return when a lesson ended, or ends at the latest."""
    ends = (lesson.ended_at, lesson.began_at + LONGEST, lesson.link.closed_at)
    return min(each for each in (*ends, lesson.link.consultation.closes_at) if each is not None)


def find_open(school: Link, *, now: datetime) -> Lesson | None:
    """Return the lesson that is going on at this school, or None."""
    return next((each for each in reversed(school.lessons) if is_open(each, now=now)), None)


def get_lesson(session: Session, code: str) -> Lesson:
    """Return the lesson with this code, however it was typed.

    Raises:
        NotFoundError: if there is none.
    """
    found = (
        select(Lesson)
        .where(Lesson.code == keys.read_typed_code(code))
        .options(joinedload(Lesson.link).joinedload(Link.consultation))
    )
    lesson = session.scalar(found)
    if lesson is None:
        raise NotFoundError("lesson")
    return lesson


def join(session: Session, lesson: Lesson, pupil: Pupil, *, now: datetime) -> Begun:
    """Begin a pupil's response; the same press begins one only.

    Raises:
        ConsultationClosedError: if the lesson is over.
        NotFoundError: if the year group is none of this lesson's.
    """
    if not is_open(lesson, now=now):
        raise ConsultationClosedError(lesson.link.consultation.slug)
    if pupil.year_group not in lesson.year_groups:
        raise NotFoundError("year group")
    begun = responses.start_once(
        session,
        lesson.link.consultation,
        Channel.CLASSROOM,
        now=now,
        press_key=pupil.press_key,
        key=pupil.key,
    )
    links.enter(begun.response, lesson.link)
    begun.response.lesson_id = lesson.id
    begun.response.year_group = pupil.year_group
    return begun


def rejoin(response: Response, lesson: Lesson, year_group: str, *, now: datetime) -> None:
    """Count a response in a lesson again that a pupil's browser lost its place in.

    Whoever has begun may finish, so that is possible for an hour after the lesson.
    """
    if year_group not in lesson.year_groups or now > end_of(lesson) + GRACE:
        return
    links.enter(response, lesson.link)
    response.channel = Channel.CLASSROOM
    response.lesson_id = lesson.id
    response.year_group = year_group


def code_of(session: Session, response: Response) -> str:
    """Return the code of the lesson in which a response was begun; empty if it was in none."""
    lesson = session.get(Lesson, response.lesson_id) if response.lesson_id is not None else None
    return lesson.code if lesson is not None else ""


def count_heads(session: Session, lesson: Lesson) -> Headcount:
    """Return how many have begun and sent; nothing of what they said."""
    counted = select(func.count(), func.count(Response.submitted_at))
    begun, sent = session.execute(counted.where(Response.lesson_id == lesson.id)).one()
    return Headcount(begun, sent)


def list_schools(session: Session, consultation: Consultation) -> Sequence[Link]:
    """Return the schools of a consultation that are not closed, oldest first."""
    found = (
        select(Link)
        .where(
            Link.consultation_id == consultation.id,
            Link.kind == LinkKind.CLASS,
            Link.closed_at.is_(None),
        )
        .order_by(Link.made_at, Link.id)
    )
    return session.scalars(found).all()
