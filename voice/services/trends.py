"""Trends: one question through a consultation and those before it, beside the council's targets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.differences import Standing, compare_surveys
from surveys.questions import Faces, OneOf, Scale
from voice.errors import NotFoundError
from voice.models import Consultation, Officer, Target
from voice.reports.figures import Figure, rate_cell
from voice.services import audit
from voice.services.consultations import current_survey, find_by_slug
from voice.services.results import FEWEST_TO_JOIN, answers_given, counting_in, read_rate
from voice.services.walls import are_kept_apart

UNKNOWN = "~"  # nobody has answered: never a nought
_MOST_BEFORE = 30  # consultations looked back through


@dataclass(frozen=True, slots=True)
class Point:
    """One consultation of a trend. `figure` is None where the question was not asked."""

    consultation: Consultation
    figure: Figure | None
    target: int | None
    is_alike: bool  # asked as it is asked now, so that the two may be compared
    rate: str  # how many of those asked answered, or that nobody knows

    @property
    def words(self) -> str:
        """The share in words; "~" while nobody has answered, or too few to say."""
        if self.figure is None or self.figure.percent is None or self.figure.is_withheld:
            return UNKNOWN
        return f"{self.figure.percent}%"

    @property
    def is_reached(self) -> bool | None:
        """Whether the target is reached; None without a target or a share."""
        if self.target is None or self.words == UNKNOWN or self.figure is None:
            return None
        return (self.figure.percent or 0) >= self.target


@dataclass(frozen=True, slots=True)
class Trend:
    """The points from the oldest to the newest, and which answers are counted."""

    question: OneOf
    options: tuple[str, ...]
    points: tuple[Point, ...]

    @property
    def counted(self) -> str:
        """The labels of the answers that are counted."""
        return " or ".join(
            each.label for each in self.question.options if each.code in self.options
        )

    @property
    def changes(self) -> tuple[int | None, ...]:
        """Percentage points since the point before, for each point; None where it is unknown."""
        shares = [
            point.figure.percent if point.figure is not None and point.words != UNKNOWN else None
            for point in self.points
        ]
        alike = [point.is_alike for point in self.points]
        before = zip(shares, alike, shares[1:], alike[1:], strict=False)
        return (
            None,
            *(
                new - old if old is not None and new is not None and was and now else None
                for old, was, new, now in before
            ),
        )


def followed_codes(consultation: Consultation) -> frozenset[str]:
    """Return the codes of the questions that can be followed through the years: with options."""
    survey = current_survey(consultation)
    return frozenset(each.code for each in survey.questions if isinstance(each, OneOf))


def read_trend(session: Session, consultation: Consultation, code: str) -> Trend:
    """Return how the answers to a question went, through every consultation named as previous.

    Raises:
        NotFoundError: if the consultation asks no question with options by this code.
    """
    question = current_survey(consultation).question(code)
    if not isinstance(question, OneOf):
        raise NotFoundError("question")
    chain = [*reversed(_before(session, consultation)), consultation]
    options = _counted(session, consultation, question)
    points = tuple(_point(session, each, consultation, question, options) for each in chain)
    return Trend(question, options, points)


@dataclass(frozen=True, slots=True)
class Aim:
    """What is to be reached: `percent` of those who answer choose one of `options`."""

    question: OneOf
    options: Sequence[str]
    percent: int


def set_target(
    session: Session, consultation: Consultation, officer: Officer, aim: Aim, *, now: datetime
) -> None:
    """Set what the answers to a question are to reach, in place of any target before."""
    target = _find_target(session, consultation, aim.question.code)
    if target is None:
        target = Target(consultation_id=consultation.id, question=aim.question.code)
        session.add(target)
    target.options = [each.code for each in aim.question.options if each.code in aim.options]
    target.percent = aim.percent
    target.set_by = officer.id
    target.set_at = now
    session.flush()
    audit.record(session, officer, "target set", consultation.id, now=now)


def _before(session: Session, consultation: Consultation) -> list[Consultation]:
    """Return those before, newest first: of the same team and side, and restricted to nobody."""
    found: list[Consultation] = []
    seen = {consultation.slug}
    slug = consultation.previous
    while slug and slug not in seen and len(found) < _MOST_BEFORE:
        seen.add(slug)
        each = find_by_slug(session, slug)
        if each is None or each.team != consultation.team or each.is_restricted:
            break
        if are_kept_apart([consultation, each]):
            break
        found.append(each)
        slug = each.previous
    return found


def _counted(session: Session, consultation: Consultation, question: OneOf) -> tuple[str, ...]:
    """Return the answers that the target counts; without one, those that a report says first."""
    target = _find_target(session, consultation, question.code)
    if target is not None:
        return tuple(target.options)
    is_long_scale = isinstance(question, Scale | Faces) and len(question.options) >= FEWEST_TO_JOIN
    return tuple(each.code for each in question.options[: 2 if is_long_scale else 1])


def _point(
    session: Session,
    consultation: Consultation,
    leading: Consultation,
    question: OneOf,
    options: Sequence[str],
) -> Point:
    target = _find_target(session, consultation, question.code)
    twins = compare_surveys(current_survey(consultation), current_survey(leading))
    twin = next(each for each in twins if each.code == question.code)
    figure = None
    if twin.before is not None:
        given = answers_given(session, counting_in(consultation))[twin.before.code]
        answered = [values for values in given if values]
        count = sum(any(each in options for each in values) for values in answered)
        figure = Figure(consultation.title, count, len(answered))
    is_alike = twin.standing is Standing.COMPARABLE
    rate = rate_cell(read_rate(session, consultation))
    return Point(consultation, figure, target.percent if target else None, is_alike, rate)


def _find_target(session: Session, consultation: Consultation, code: str) -> Target | None:
    found = select(Target).where(Target.consultation_id == consultation.id, Target.question == code)
    return session.scalars(found).one_or_none()
