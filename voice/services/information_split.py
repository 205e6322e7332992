"""The responses to one consultation, parted by the information that was there when they began."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from voice.analysis.suppression import PUBLIC_SMALLEST_COUNT, kept_back
from voice.models import Consultation, Response
from voice.services.results import counting_in


class Part(StrEnum):
    """Begun before a version of the information was published, or after."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Split:
    """How many responses that count were begun before and after a version was published.

    `across` of those before were sent in after it. `unknown` came on paper or by phone, where
    nobody knows what the person had read.
    """

    number: int
    before: int
    after: int
    across: int
    unknown: int


def in_part(number: int, part: Part) -> ColumnElement[bool]:
    """Return the condition on a response for being begun before, or after, version `number`."""
    start = Response.information_at_start
    return start < number if part is Part.BEFORE else start >= number


def may_be_parted(session: Session, consultation: Consultation) -> bool:
    """Return whether each part may be read alone: nobody stands out, whatever is subtracted.

    Between any two versions there are nobody or many, and so of those of whom nobody knows.
    """
    start = Response.information_at_start
    found = select(start, func.count()).where(counting_in(consultation)).group_by(start)
    counts = {str(number): count for number, count in session.execute(found)}
    return not kept_back(counts, smallest=PUBLIC_SMALLEST_COUNT)


def count_split(session: Session, consultation: Consultation, number: int) -> Split:
    """Return how the responses that count are parted by version `number`."""
    counting, start = counting_in(consultation), Response.information_at_start

    def how_many(condition: ColumnElement[bool]) -> int:
        found = select(func.count()).select_from(Response).where(counting, condition)
        return session.scalar(found) or 0

    before = in_part(number, Part.BEFORE)
    return Split(
        number=number,
        before=how_many(before),
        after=how_many(in_part(number, Part.AFTER)),
        across=how_many(and_(before, Response.information_at_end >= number)),
        unknown=how_many(start.is_(None)),
    )
