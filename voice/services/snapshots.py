"""Public results: made once after the close, kept as they were made, and shown to everybody."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice.analysis.suppression import publish_count
from voice.clock import day_in_words, moment_in_words
from voice.errors import ChangedMeanwhileError, NotFoundError, StageRefusedError
from voice.models import Consultation, Officer, Snapshot
from voice.reports.public_results import (
    ROUNDING,
    PublicResults,
    PublicTheme,
    publish_question,
    publish_rate,
    read_public_results,
)
from voice.services import audit, officers, results, theme_views, themes


def publish_results(
    session: Session,
    consultation: Consultation,
    *,
    council: str,
    now: datetime,
    officer: Officer | None = None,
) -> PublicResults:
    """Publish the results as they stand at `now`, and keep what was published before as well.

    `officer` is who did it; None for a command.

    Raises:
        StageRefusedError: as `check_may_publish`.
    """
    check_may_publish(consultation, now=now)
    made = preview_results(session, consultation, council=council, now=now)
    kept = Snapshot(consultation_id=consultation.id, made_at=now, results=made.to_json())
    session.add(kept)
    consultation.results_at = now
    session.flush()
    audit.record(session, officer, "results published", consultation.id, now=now)
    return made


def publish_seen(
    session: Session,
    consultation: Consultation,
    officer: Officer,
    seen: str,
    *,
    council: str,
    now: datetime,
) -> None:
    """Publish what `officer` has read, by its `mark`; what is public already is left as it is.

    Raises:
        NotAllowedError: if the officer may only read.
        StageRefusedError: as `check_may_publish`.
        ChangedMeanwhileError: if the results are no longer those that were read.
    """
    officers.check_may_publish(officer)
    session.refresh(consultation, with_for_update=True)
    check_may_publish(consultation, now=now)
    mark = preview_results(session, consultation, council=council, now=now).mark
    published = find_published(session, consultation)
    if published is not None and published.mark == mark:
        return
    if seen != mark:
        raise ChangedMeanwhileError("results")
    publish_results(session, consultation, council=council, now=now, officer=officer)


def check_may_publish(consultation: Consultation, *, now: datetime) -> None:
    """Make sure that the results may be published.

    Raises:
        StageRefusedError: "open" before the close; "archived".
    """
    if consultation.archived_at is not None:
        raise StageRefusedError("archived")
    if consultation.launched_at is None or now <= consultation.closes_at:
        raise StageRefusedError("open")


def get_published(session: Session, consultation: Consultation) -> PublicResults:
    """Return the results that were published last, exactly as they were.

    Raises:
        NotFoundError: if none were.
    """
    found = find_published(session, consultation)
    if found is None:
        raise NotFoundError("results")
    return found


def find_published(session: Session, consultation: Consultation) -> PublicResults | None:
    """Return the results that were published last, exactly as they were; None if none were."""
    found = select(Snapshot).where(Snapshot.consultation_id == consultation.id)
    newest = session.scalars(found.order_by(Snapshot.made_at.desc(), Snapshot.id)).first()
    return None if newest is None else read_public_results(newest.results)


def preview_results(
    session: Session, consultation: Consultation, *, council: str, now: datetime
) -> PublicResults:
    """Return what the public would read if the results were published at `now`."""
    figures = results.question_figures(session, consultation)
    counting = results.count_arrivals(session, consultation).counting
    invited, rate = publish_rate(counting, consultation.invited)
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
        invited=invited,
        rate=rate,
        rounding=ROUNDING,
    )


def _public_themes(session: Session, consultation: Consultation) -> tuple[PublicTheme, ...]:
    return tuple(
        PublicTheme(
            section=question.section,
            question=question.plain_text,
            label=view.label,
            people="" if view.is_too_small_to_publish else publish_count(view.people.count),
            is_indicative=view.is_indicative,
        )
        for question in themes.free_text_questions(consultation)
        for view in theme_views.read_themes(session, consultation, question.code).signed_off
    )
