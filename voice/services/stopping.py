"""How many began and sent it in, month by month, and at which question the others stopped (D7)."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from surveys.engine import next_question
from voice.clock import in_london
from voice.models import Consultation, Response
from voice.reports.csv_files import csv_file
from voice.reports.figures import Figure
from voice.services import responses

AT_THE_END = "Saw every question, and did not send it in"


@dataclass(frozen=True, slots=True)
class Stopping:
    """`months` are (month, begun, sent in), the oldest first; `stopped` the commonest first."""

    months: tuple[tuple[str, int, int], ...]
    stopped: tuple[Figure, ...]


def read_stopping(session: Session, consultation: Consultation) -> Stopping:
    """Return how far people came; each that stopped is counted at the question after their last."""
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
    places = Counter(map(_stopped_at, left))
    return Stopping(
        months=tuple((month, number, sent[month]) for month, number in sorted(begun.items())),
        stopped=tuple(Figure(words, number, len(left)) for words, number in places.most_common()),
    )


def _stopped_at(response: Response) -> str:
    question = next_question(responses.survey_for(response), responses.answers_of(response))
    return question.text if question is not None else AT_THE_END


def _month(moment: datetime) -> str:
    return f"{in_london(moment):%Y-%m}"


def stopping_file(session: Session, consultation: Consultation) -> bytes:
    """Return both as a table; where 1 to 4 people stopped, the number is withheld."""
    found = read_stopping(session, consultation)
    rows: list[tuple[object, ...]] = [("month", *each, None) for each in found.months]
    rows += [
        ("stopped at", each.label, None, None, "withheld" if each.is_withheld else each.count)
        for each in found.stopped
    ]
    return csv_file(("what", "which", "begun", "sent in", "stopped"), rows)
