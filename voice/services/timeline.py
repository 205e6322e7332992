"""Every dated step of a consultation, from the plan to the archive."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice.clock import date_in_words, moment_in_words
from voice.models import Analysis, Consultation, Snapshot
from voice.services import considering, dates, information, outcomes

Step = tuple[datetime, str]


def list_steps(session: Session, consultation: Consultation, *, now: datetime) -> list[Step]:
    """Return what has happened by `now`, in the order of time."""
    steps = [
        *_own_steps(consultation),
        *_told(session, consultation),
        *_read(session, consultation),
        *_answered(session, consultation),
    ]
    return sorted((at, words) for at, words in steps if at <= now)


def _own_steps(consultation: Consultation) -> Iterator[Step]:
    yield consultation.created_at, "Made"
    if consultation.launched_at is not None:
        yield consultation.launched_at, "Let out"
        yield consultation.opens_at, "Opened"
        yield consultation.closes_at, "Closed"
    if consultation.archived_at is not None:
        yield consultation.archived_at, "Put into the archive"


def _told(session: Session, consultation: Consultation) -> Iterator[Step]:
    for change in dates.list_changes(session, consultation):
        before, after = (moment_in_words(at) for at in (change.closed_at_before, change.closes_at))
        words = f"Closing date changed from {before} to {after}, because: {change.reason}"
        yield change.changed_at, words
    for version in information.list_versions(session, consultation):
        words = f"Information version {version.number} published: {version.title}"
        yield version.published_at, words
    for notice in information.list_notices(session, consultation):
        yield notice.published_at, f"Notice published: {notice.you_said}"
        if notice.withdrawn_at is not None:
            yield notice.withdrawn_at, f"Notice withdrawn: {notice.you_said}"


def _read(session: Session, consultation: Consultation) -> Iterator[Step]:
    found = select(Analysis).where(Analysis.consultation_id == consultation.id)
    for analysis in session.scalars(found):
        yield analysis.made_at, f"Themes found in the answers to {analysis.question}"
    for each in considering.weighed_themes(session, consultation):
        if each.theme.signed_off_at is not None:
            yield each.theme.signed_off_at, f"Theme signed off: {each.theme.label}"
        for one in each.considerations:
            yield one.recorded_at, f"Theme considered: {each.theme.label}"


def _answered(session: Session, consultation: Consultation) -> Iterator[Step]:
    snapshots = select(Snapshot.made_at).where(Snapshot.consultation_id == consultation.id)
    for made_at in session.scalars(snapshots):
        yield made_at, "Results published"
    for decision in considering.list_decisions(session, consultation):
        on = date_in_words(decision.decided_on)
        yield decision.recorded_at, f"Decision of {decision.decided_by} on {on} recorded"
    for outcome in outcomes.list_of_consultation(session, consultation):
        if outcome.published_at is not None:
            yield outcome.published_at, f"“You said, we did” published: {outcome.you_said}"
