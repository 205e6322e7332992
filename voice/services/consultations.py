"""Consultations: open them, find them, and read the survey that each asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload, object_session, selectinload

from surveys.engine import Survey
from surveys.fitting import Setting, fit
from voice.config import Council
from voice.errors import ConsultationClosedError, ConsultationNotReadyError, NotFoundError
from voice.models import Consultation, SurveyVersion
from voice.services.opened import version_of
from voice.services.rows import RowsOf
from voice.services.straight import Straight, write_changes

_BY_SLUG = (  # most pages for the public begin with it
    select(Consultation)
    .where(Consultation.slug == bindparam("slug"))
    .options(joinedload(Consultation.versions))
)
_BEGUN = (
    select(Consultation)
    .where(Consultation.launched_at.is_not(None), Consultation.opens_at <= bindparam("now"))
    .order_by(Consultation.closes_at, Consultation.slug)
)
_BEGUN_WITH_VERSIONS = _BEGUN.options(selectinload(Consultation.versions))
_ROWS = RowsOf(Consultation)
_BEGUN_ALONE = Straight(_BEGUN.with_only_columns(*_ROWS.columns))
_NEWEST = Straight(
    select(SurveyVersion.id)
    .where(SurveyVersion.consultation_id == bindparam("consultation"))
    .order_by(SurveyVersion.number.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Opening:
    """What must be said to open a consultation, beside its survey."""

    slug: str
    team: str
    opens_at: datetime
    closes_at: datetime
    invited: int | None = None
    demonstration: str = ""


def open_consultation(
    session: Session, survey: Survey, opening: Opening, *, council: Council, now: datetime
) -> Consultation:
    """Make a consultation that asks `survey` between the two moments of `opening`.

    Raises:
        ConsultationNotReadyError: if it would close before it opens, or is for children while
            First Response, its line out of hours or the safeguarding lead is not named (SAF-2).
    """
    if opening.closes_at <= opening.opens_at:
        raise ConsultationNotReadyError("closes_at is not after opens_at")
    if survey.is_for_children and council.lacks_for_children:
        raise ConsultationNotReadyError(
            "a survey for children cannot open while council.yaml names no helplines for it; "
            f"fill in {', '.join(council.lacks_for_children)}"
        )
    consultation = new_consultation(survey, opening, now=now)
    consultation.launched_at = now
    session.add(consultation)
    session.flush()
    return consultation


def new_consultation(survey: Survey, opening: Opening, *, now: datetime) -> Consultation:
    """Return a consultation that asks `survey`, neither stored nor let out yet."""
    consultation = Consultation(
        slug=opening.slug,
        title=survey.title,
        survey_code=survey.code,
        team=opening.team,
        opens_at=opening.opens_at,
        closes_at=opening.closes_at,
        created_at=now,
        invited=opening.invited,
        demonstration=opening.demonstration,
    )
    consultation.versions.append(
        SurveyVersion(number=1, definition=survey.model_dump_json(by_alias=True), created_at=now)
    )
    return consultation


def check_help_is_there(consultation: Consultation, council: Council) -> None:
    """Make sure that nobody young is asked while the council's helplines are empty (SAF-2).

    Raises:
        ConsultationClosedError: if the helplines have been emptied since it opened.
    """
    if current_survey(consultation).is_for_children and not council.own_helplines:
        raise ConsultationClosedError(consultation.slug)


def list_public(session: Session, *, now: datetime) -> Sequence[Consultation]:
    """Return every consultation that has opened, those that close soonest first."""
    return session.scalars(_BEGUN_WITH_VERSIONS, {"now": now}).all()


def list_open(session: Session, *, now: datetime) -> list[Consultation]:
    """Return the consultations that take answers now, those that close soonest first."""
    return [each for each in list_public(session, now=now) if each.is_open(now)]


def list_open_to_choose(session: Session, *, now: datetime) -> list[Consultation]:
    """Return what `list_open` does, without the versions: of one at most they are needed."""
    write_changes(session)
    found = (_ROWS.known(session, row) for row in _BEGUN_ALONE.rows(session, {"now": now}))
    return [each for each in found if each.is_open(now)]


def list_all(session: Session, *, team: str | None = None) -> Sequence[Consultation]:
    """Return every consultation of `team` (None: of all), newest first."""
    found = select(Consultation).order_by(Consultation.opens_at.desc(), Consultation.slug)
    return session.scalars(found if team is None else found.where(Consultation.team == team)).all()


def get_public(session: Session, slug: str, *, now: datetime) -> Consultation:
    """Return the consultation with this slug that has opened.

    Raises:
        NotFoundError: if there is none, or it has not opened yet.
    """
    consultation = find_by_slug(session, slug)
    if consultation is None or not consultation.has_begun(now):
        raise NotFoundError("consultation")
    return consultation


def find_by_slug(session: Session, slug: str) -> Consultation | None:
    """Return the consultation with this slug, or None."""
    return session.scalars(_BY_SLUG, {"slug": slug}).unique().one_or_none()


def survey_of(version: SurveyVersion) -> Survey:
    """Return the survey as this version words it."""
    return _read_definition(version.definition)


def fitted(version: SurveyVersion, setting: Setting) -> Survey:
    """Return the survey of this version as somebody in `setting` is asked it."""
    return _fit_definition(version.definition, setting)


def current_version(consultation: Consultation) -> SurveyVersion:
    """Return the version that people who begin now are asked."""
    session = object_session(consultation)
    if session is None or "versions" in consultation.__dict__:
        return consultation.versions[-1]
    write_changes(session)
    [(newest,)] = _NEWEST.rows(session, {"consultation": consultation.id})
    return version_of(session, newest)


def current_survey(consultation: Consultation) -> Survey:
    """Return the survey as it is worded now."""
    return survey_of(current_version(consultation))


def begun_now(consultation: Consultation, setting: Setting) -> Survey:
    """Return the survey as somebody in `setting` who begins now is asked it."""
    return fitted(current_version(consultation), setting)


@lru_cache(maxsize=64)
def _read_definition(definition: str) -> Survey:
    return Survey.model_validate_json(definition)


@lru_cache(maxsize=512)
def _fit_definition(definition: str, setting: Setting) -> Survey:
    return fit(_read_definition(definition), setting)
