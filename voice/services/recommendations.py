"""Recommendations: who answers for each, its updates, and the rating that only a committee gives.

Whoever writes of a recommendation is an officer, and no officer may rate; a committee writes
nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from voice.clock import in_london
from voice.config import Settings
from voice.errors import NotAllowedError, NotFoundError
from voice.models import (
    Consultation,
    Officer,
    Progress,
    Rating,
    Recommendation,
    RecommendationEvidence,
    RecommendationRating,
    RecommendationUpdate,
    Response,
    Theme,
)
from voice.services import audit, mail, officers, outcomes
from voice.services.theme_answers import responses_set_apart

MONTHS = (6, 12)
DAYS_IN_YEAR, MONTHS_IN_YEAR = 365, 12
MAX_WORDS_CHARS = 5_000
MAX_NAME_CHARS = 200
RATINGS = {
    Rating.IMPLEMENTED: "Recommendation implemented to the satisfaction of the committee.",
    Rating.ON_TRACK: (
        "Recommendation on track to be completed to the satisfaction of the committee."
    ),
    Rating.CONCERN: (
        "Committee have concerns the recommendation may not be fully delivered to its satisfaction"
    ),
    Rating.NOT_DELIVERED: (
        "Committee consider the recommendation to have not been delivered/implemented"
    ),
}
COLOURS = {
    Rating.IMPLEMENTED: "blue",
    Rating.ON_TRACK: "green",
    Rating.CONCERN: "amber",
    Rating.NOT_DELIVERED: "red",
}
PROGRESS = {
    Progress.ACHIEVED: "Achieved",
    Progress.PARTLY: "Partly Achieved",
    Progress.NOT_ACHIEVED: "Not Achieved",
    Progress.ON_HOLD: "On hold",
}


@dataclass(frozen=True, slots=True)
class NewRecommendation:
    """What an officer writes down of a recommendation; `references` are of responses."""

    words: str
    lead_member: str
    lead_officer: str
    due_on: date
    measure: str
    response: str
    agreed_on: date
    reach: str = ""
    theme_ids: tuple[UUID, ...] = ()
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewUpdate:
    """What came of it after `months`: in words, for people ("so what"), and in one of four."""

    months: int
    words: str
    impact: str
    progress: Progress


@dataclass(frozen=True, slots=True)
class NewRating:
    """How the committee rates the progress after `months`."""

    months: int
    rating: Rating


def list_recommendations(session: Session, officer: Officer) -> list[Recommendation]:
    """Return the recommendations that an officer or a committee may read, by consultation."""
    found = select(Recommendation).join(Consultation).options(selectinload(Recommendation.updates))
    rows = session.scalars(found.order_by(Consultation.title, Recommendation.number)).all()
    return [each for each in rows if officers.may_open(session, officer, each.consultation)]


def list_of_consultation(session: Session, consultation: Consultation) -> Sequence[Recommendation]:
    """Return the recommendations after one consultation, in their order."""
    found = select(Recommendation).where(Recommendation.consultation_id == consultation.id)
    return session.scalars(found.order_by(Recommendation.number)).all()


def get_recommendation(session: Session, officer: Officer, number: UUID) -> Recommendation:
    """Return a recommendation.

    Raises:
        NotFoundError: if there is none, or it is another team's.
    """
    found = session.get(Recommendation, number)
    if found is None:
        raise NotFoundError("recommendation")
    officers.check_may_open(session, officer, found.consultation)
    return found


def make_recommendation(
    session: Session,
    consultation: Consultation,
    officer: Officer,
    new: NewRecommendation,
    *,
    press_key: str,
    now: datetime,
) -> Recommendation:
    """Write a recommendation down, with what it rests on; the same press writes one.

    Raises:
        NotAllowedError: if the officer may not write.
        ValueError: the field that is empty, too long, no address or names no response that may
            be read: one with an alert is not (SAF-8).
    """
    officers.check_may_change(officer)
    before = session.scalar(select(Recommendation).where(Recommendation.press_key == press_key))
    if before is not None:
        return before
    _check(new)
    made = _new(session, consultation, new)
    made.made_at, made.made_by, made.press_key = now, officer.id, press_key
    session.add(made)
    session.flush()
    audit.record(session, officer, "recommendation made", made.id, now=now)
    return made


def _new(session: Session, consultation: Consultation, new: NewRecommendation) -> Recommendation:
    highest = select(func.max(Recommendation.number)).where(
        Recommendation.consultation_id == consultation.id
    )
    return Recommendation(
        consultation_id=consultation.id,
        number=(session.scalar(highest) or 0) + 1,
        words=new.words.strip(),
        lead_member=new.lead_member.strip(),
        lead_officer=new.lead_officer.strip(),
        due_on=new.due_on,
        measure=new.measure.strip(),
        response=new.response.strip(),
        agreed_on=new.agreed_on,
        reach=new.reach.strip(),
        reminded=0,
        evidence=_evidence(session, consultation, new),
    )


def _check(new: NewRecommendation) -> None:
    for field in ("words", "lead_member", "lead_officer", "measure", "response"):
        typed = getattr(new, field).strip()
        longest = MAX_NAME_CHARS if field.startswith("lead") else MAX_WORDS_CHARS
        if not typed or len(typed) > longest:
            raise ValueError(field)
    if new.reach.strip() and not mail.is_address(new.reach.strip()):
        raise ValueError("reach")


def _evidence(
    session: Session, consultation: Consultation, new: NewRecommendation
) -> list[RecommendationEvidence]:
    themes = select(Theme.id).where(
        Theme.consultation_id == consultation.id, Theme.id.in_(new.theme_ids)
    )
    typed = {each.strip().upper() for each in new.references if each.strip()}
    responses = select(Response).where(
        Response.consultation_id == consultation.id,
        Response.reference.in_(typed),
        Response.submitted_at.is_not(None),
        Response.counts,
    )
    apart = responses_set_apart(session, consultation)
    found = [each for each in session.scalars(responses) if each.id not in apart]
    if len(found) < len(typed):
        raise ValueError("references")
    rows = [RecommendationEvidence(theme_id=each) for each in session.scalars(themes)]
    return [*rows, *(RecommendationEvidence(response_id=each.id) for each in found)]


def write_update(
    session: Session,
    recommendation: Recommendation,
    officer: Officer,
    new: NewUpdate,
    *,
    press_key: str,
    now: datetime,
) -> None:
    """Write what came of it; an earlier update stays behind it. The same press writes one.

    Raises:
        NotAllowedError: if the officer may not write, as no committee may.
        ValueError: "words", "impact" or "months".
    """
    officers.check_may_change(officer)
    same = select(RecommendationUpdate).where(RecommendationUpdate.press_key == press_key)
    if session.scalar(same) is not None:
        return
    for field in ("words", "impact"):
        if not 0 < len(getattr(new, field).strip()) <= MAX_WORDS_CHARS:
            raise ValueError(field)
    if new.months not in MONTHS:
        raise ValueError("months")
    recommendation.updates.append(
        RecommendationUpdate(
            months=new.months,
            words=new.words.strip(),
            impact=new.impact.strip(),
            progress=new.progress,
            written_at=now,
            written_by=officer.id,
            press_key=press_key,
        )
    )
    session.flush()
    audit.record(session, officer, "recommendation updated", recommendation.id, now=now)


def rate(
    session: Session,
    recommendation: Recommendation,
    officer: Officer,
    new: NewRating,
    *,
    press_key: str,
    now: datetime,
) -> None:
    """Rate the progress after 6 or 12 months, for the committee. The same press rates once.

    Raises:
        NotAllowedError: if it is not a committee that rates.
        ValueError: "months".
    """
    if not officer.may_rate:
        raise NotAllowedError(officer.role.value)
    if new.months not in MONTHS:
        raise ValueError("months")
    same = select(RecommendationRating).where(RecommendationRating.press_key == press_key)
    if session.scalar(same) is not None:
        return
    recommendation.ratings.append(
        RecommendationRating(
            months=new.months,
            rating=new.rating,
            rated_at=now,
            rated_by=officer.id,
            press_key=press_key,
        )
    )
    session.flush()
    audit.record(session, officer, "recommendation rated", recommendation.id, now=now)


def newest_update(recommendation: Recommendation, months: int) -> RecommendationUpdate | None:
    """Return what was last written after so many months, or None."""
    found = (each for each in reversed(recommendation.updates) if each.months == months)
    return next(found, None)


def newest_rating(recommendation: Recommendation, months: int) -> RecommendationRating | None:
    """Return how the committee last rated it after so many months, or None."""
    found = (each for each in reversed(recommendation.ratings) if each.months == months)
    return next(found, None)


def rating_now(recommendation: Recommendation) -> Rating | None:
    """Return the rating after twelve months, else that after six; None while there is none."""
    found = (newest_rating(recommendation, months) for months in reversed(MONTHS))
    return next((each.rating for each in found if each is not None), None)


def update_due(recommendation: Recommendation, months: int) -> date:
    """Return the day on which the update after so many months is due."""
    return recommendation.agreed_on + timedelta(days=DAYS_IN_YEAR * months // MONTHS_IN_YEAR)


def is_update_due(recommendation: Recommendation, months: int, *, now: datetime) -> bool:
    """Return whether that day has come and nobody has written it."""
    has_come = update_due(recommendation, months) <= in_london(now).date()
    return has_come and newest_update(recommendation, months) is None


def remind_due(session: Session, settings: Settings, *, now: datetime) -> int:
    """Write an e-mail to each lead officer whose update is due, once, and return how many.

    Outside quiet hours, and never to those who must not be written to.
    """
    made = 0
    asked = select(Recommendation).where(
        Recommendation.reminded < MONTHS[-1], Recommendation.reach != ""
    )
    locked = asked.order_by(Recommendation.id).with_for_update(skip_locked=True)
    for each in session.scalars(locked).all():
        due = [one for one in MONTHS if one > each.reminded and is_update_due(each, one, now=now)]
        if not due:
            continue
        if mail.queue_letter(
            session, settings, _letter(settings, each, due[-1]),
            reference=f"recommendation:{each.id}:{due[-1]}", now=now, can_wait=True,
        ):  # fmt: skip
            each.reminded = due[-1]
            made += 1
    session.flush()
    return made


def _letter(settings: Settings, recommendation: Recommendation, months: int) -> mail.Letter:
    text = (
        f"{recommendation.lead_officer},\n\nThe committee waits for your update after {months} "
        f"months on recommendation {recommendation.number} of "
        f"“{recommendation.consultation.title}”:\n\n{recommendation.words}\n\n"
        f"Please answer what was asked, and say what is different for people.\n\n"
        f"{settings.council.name}\n"
    )
    return mail.Letter(recommendation.reach, "An update for the committee is due", text)


def themes_without_action(session: Session, consultation: Consultation) -> list[Theme]:
    """Return the signed-off themes on which no recommendation rests and nobody promised to act."""
    linked = set(
        session.scalars(
            select(RecommendationEvidence.theme_id)
            .join(Recommendation)
            .where(Recommendation.consultation_id == consultation.id)
        )
    )
    unanswered = outcomes.list_unanswered(session, consultation)
    return [each for each in unanswered if each.id not in linked]
