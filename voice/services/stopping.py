"""How many began and sent it in, month by month, and at which question the others stopped (D7)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from surveys.engine import next_question
from voice.analysis.suppression import OFFICERS_SMALLEST_COUNT, kept_back
from voice.clock import in_london
from voice.models import Consultation, Response
from voice.reports.csv_files import csv_file
from voice.reports.figures import Figure
from voice.services import responses
from voice.services.forgetting import UNSENT_KEPT

WITHHELD = "withheld"
NO_LONGER_KEPT = "No longer known: what was not sent in is deleted after the close"
AT_THE_END = "Saw every question, and did not send it in"


@dataclass(frozen=True, slots=True)
class Stopping:
    """`months` are (month, begun, sent in), the oldest first; `stopped` the commonest first."""

    months: tuple[tuple[str, int, int], ...]
    stopped: tuple[Figure, ...]


def read_stopping(session: Session, consultation: Consultation, *, now: datetime) -> Stopping:
    """Return how far people came; each that stopped is counted at the question after their last.

    Where they stopped is known until what they had answered is deleted, `UNSENT_KEPT` after the
    close.
    """
    moments = session.execute(
        select(Response.started_at, Response.submitted_at).where(
            Response.consultation_id == consultation.id
        )
    ).all()
    begun = Counter(_month(started) for started, _ in moments)
    sent = Counter(_month(started) for started, submitted in moments if submitted is not None)
    left = session.scalars(
        select(Response)
        .where(Response.consultation_id == consultation.id, Response.submitted_at.is_(None))
        .options(joinedload(Response.version), selectinload(Response.answers))
    ).all()
    is_known = now < consultation.closes_at + UNSENT_KEPT
    places = Counter(_stopped_at(each) if is_known else NO_LONGER_KEPT for each in left)
    return Stopping(
        months=tuple((month, number, sent[month]) for month, number in sorted(begun.items())),
        stopped=tuple(Figure(words, number, len(left)) for words, number in places.most_common()),
    )


def _stopped_at(response: Response) -> str:
    question = next_question(responses.survey_for(response), responses.answers_of(response))
    return question.text if question is not None else AT_THE_END


def _month(moment: datetime) -> str:
    return f"{in_london(moment):%Y-%m}"


def stopping_file(session: Session, consultation: Consultation, *, now: datetime) -> bytes:
    """Return both as a table, without small numbers and without what would give them away."""
    found = read_stopping(session, consultation, now=now)
    begun = _told({month: number for month, number, _ in found.months})
    # Who sent it in is of those who began: beside their number, who did not could be worked out.
    left = _told({month: number - sent for month, number, sent in found.months})
    sent = _told({month: number for month, _, number in found.months})
    rows: list[tuple[object, ...]] = [
        ("month", month, begun[month], WITHHELD if left[month] == WITHHELD else sent[month], None)
        for month, *_ in found.months
    ]
    stopped = _told({each.label: each.count for each in found.stopped})
    rows += [("stopped at", label, None, None, told) for label, told in stopped.items()]
    return csv_file(("what", "which", "begun", "sent in", "stopped"), rows)


def _told(counts: Mapping[str, int]) -> dict[str, int | str]:
    """Return each count, or that it is withheld: where it is small, or gives a small one away."""
    hidden = kept_back(counts, smallest=OFFICERS_SMALLEST_COUNT)
    return {name: WITHHELD if name in hidden else count for name, count in counts.items()}
