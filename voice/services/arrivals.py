"""What came in to each of many consultations, for the list that an officer begins at."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voice.models import Channel, Consultation, Response
from voice.services.results import CHANNELS


@dataclass(frozen=True, slots=True)
class Summary:
    """How much came in to one consultation, and through which channels, most used first."""

    submitted: int = 0
    begun: int = 0  # begun and not sent in
    channels: tuple[str, ...] = ()


def summarise(session: Session, consultations: Sequence[Consultation]) -> dict[UUID, Summary]:
    """Return what came in to each of these consultations."""
    counts = session.execute(
        select(
            Response.consultation_id,
            Response.channel,
            func.count(Response.submitted_at),
            func.count(),
        )
        .where(Response.consultation_id.in_([each.id for each in consultations]))
        .group_by(Response.consultation_id, Response.channel)
    )
    rows: dict[UUID, list[tuple[Channel, int, int]]] = {each.id: [] for each in consultations}
    for consultation_id, channel, sent, begun in counts:
        rows[consultation_id].append((channel, sent, begun))
    return {each: _summary(found) for each, found in rows.items()}


def _summary(rows: list[tuple[Channel, int, int]]) -> Summary:
    most_used = sorted(rows, key=lambda row: (-row[1], row[0]))
    submitted = sum(sent for _, sent, _ in rows)
    return Summary(
        submitted=submitted,
        begun=sum(begun for _, _, begun in rows) - submitted,
        channels=tuple(CHANNELS[channel] for channel, sent, _ in most_used if sent),
    )
