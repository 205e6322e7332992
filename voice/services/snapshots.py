"""Public results: made once after the close, kept as they were made, and shown to everybody."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice.analysis.suppression import publish_count
from voice.clock import day_in_words, moment_in_words
from voice.errors import NotFoundError, StageRefusedError
from voice.models import Consultation, Snapshot
from voice.reports.public_results import (
    PublicResults,
    PublicTheme,
    publish_question,
    read_public_results,
)
from voice.services import audit, results, theme_views, themes


def publish_results(
    session: Session, consultation: Consultation, *, council: str, now: datetime
) -> PublicResults:
    """Publish the results as they stand at `now`, and keep what was published before as well.

    Raises:
        StageRefusedError: "open" before the close; "archived".
    """
    if consultation.archived_at is not None:
        raise StageRefusedError("archived")
    if consultation.launched_at is None or now <= consultation.closes_at:
        raise StageRefusedError("open")
    made = _public_results(session, consultation, council=council, now=now)
    kept = Snapshot(consultation_id=consultation.id, made_at=now, results=made.to_json())
    session.add(kept)
    consultation.results_at = now
    session.flush()
    audit.record(session, None, "results published", consultation.id, now=now)
    return made


def get_published(session: Session, consultation: Consultation) -> PublicResults:
    """Return the results that were published last, exactly as they were.

    Raises:
        NotFoundError: if none were.
    """
    found = select(Snapshot).where(Snapshot.consultation_id == consultation.id)
    newest = session.scalars(found.order_by(Snapshot.made_at.desc(), Snapshot.id)).first()
    if newest is None:
        raise NotFoundError("results")
    return read_public_results(newest.results)


def _public_results(
    session: Session, consultation: Consultation, *, council: str, now: datetime
) -> PublicResults:
    figures = results.question_figures(session, consultation)
    counting = results.count_arrivals(session, consultation).counting
    return PublicResults(
        title=consultation.title,
        council=council,
        opened=day_in_words(consultation.opens_at),
        closed=day_in_words(consultation.closes_at),
        made=moment_in_words(now),
        responses=publish_count(counting),
        questions=tuple(publish_question(each) for each in figures),
        themes=_public_themes(session, consultation),
        demonstration=consultation.demonstration,
    )


def _public_themes(session: Session, consultation: Consultation) -> tuple[PublicTheme, ...]:
    return tuple(
        PublicTheme(
            section=question.section,
            question=question.plain_text,
            label=view.label,
            people="" if view.is_too_small_to_publish else publish_count(view.people.count),
        )
        for question in themes.free_text_questions(consultation)
        for view in theme_views.read_themes(session, consultation, question.code).signed_off
    )
