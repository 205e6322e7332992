"""The wordings of a survey that is being asked: publish the next one, and what it changed.

Whoever has begun finishes on the wording they began with; every response keeps its version.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.differences import Difference, compare_surveys
from voice.config import Council
from voice.errors import ChangedMeanwhileError, ConsultationNotReadyError
from voice.models import Consultation, Draft, Officer, Response, SurveyVersion
from voice.services import audit, consultations
from voice.services.consultations import Opening
from voice.services.drafts import Checked, check_draft

_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"


@dataclass(frozen=True, slots=True)
class Worded:
    """One wording of a survey: how many began with it, and how it differs from the one before."""

    number: int
    since: datetime
    begun: int
    differences: tuple[Difference, ...]


def what_changes(draft: Draft, consultation: Consultation) -> tuple[Difference, ...]:
    """Return how a draft differs from the survey as it is asked now; empty while unsound."""
    checked = check_draft(draft)
    if not checked.reading.is_sound:
        return ()
    return compare_surveys(consultations.current_survey(consultation), checked.survey)


def publish_wording(
    session: Session,
    draft: Draft,
    consultation: Consultation,
    *,
    officer: Officer,
    council: Council,
    now: datetime,
) -> SurveyVersion:
    """Let everybody who begins from now on be asked the draft's wording.

    Raises:
        ConsultationNotReadyError: if something has to be mended or read first, or it is for
            children while the council's own helplines are empty (SAF-2).
        ChangedMeanwhileError: if another wording was published since the draft began.
    """
    checked = check_draft(draft)
    check_ready(checked, council)
    session.execute(
        select(Consultation.id).where(Consultation.id == consultation.id).with_for_update()
    )
    session.refresh(consultation, ["versions"])
    current = consultations.current_version(consultation)
    if draft.published_at is not None or current.number != draft.from_version:
        raise ChangedMeanwhileError("consultation")
    version = SurveyVersion(
        number=current.number + 1,
        definition=checked.survey.model_dump_json(by_alias=True),
        created_at=now,
    )
    consultation.versions.append(version)
    consultation.title = checked.survey.title
    draft.published_at = now
    session.flush()
    subject = f"{consultation.id} {version.number}"
    audit.record(session, officer, "survey reworded", subject, now=now)
    return version


def open_draft(
    session: Session,
    draft: Draft,
    opening: Opening,
    *,
    officer: Officer,
    council: Council,
    now: datetime,
) -> Consultation:
    """Open a consultation that asks the draft.

    Raises:
        ConsultationNotReadyError: as `check_ready`, or if it would close before it opens.
        ChangedMeanwhileError: if the draft was published before.
    """
    checked = check_draft(draft)
    check_ready(checked, council)
    if draft.published_at is not None:
        raise ChangedMeanwhileError("draft")
    consultation = consultations.open_consultation(
        session, checked.survey, opening, council=council, now=now
    )
    draft.published_at = now
    draft.for_consultation_id = consultation.id
    draft.from_version = consultations.current_version(consultation).number
    audit.record(session, officer, "consultation opened", consultation.id, now=now)
    return consultation


def find_consultation(session: Session, draft: Draft) -> Consultation | None:
    """Return the consultation whose next wording this draft is, or that was opened with it."""
    if draft.for_consultation_id is None:
        return None
    return session.get(Consultation, draft.for_consultation_id)


def is_free_slug(session: Session, slug: str) -> bool:
    """Return whether a consultation may have this address."""
    is_one = re.fullmatch(_SLUG, slug) is not None
    return is_one and consultations.find_by_slug(session, slug) is None


def check_ready(checked: Checked, council: Council) -> None:
    """Make sure that a draft may be asked.

    Raises:
        ConsultationNotReadyError: if it may not; the message is `mend`, `read` or `helplines`.
    """
    if not checked.reading.is_sound or any(note.stops_opening for note in checked.notes):
        raise ConsultationNotReadyError("mend")
    if checked.unread:
        raise ConsultationNotReadyError("read")
    if checked.survey.is_for_children and council.lacks_for_children:
        raise ConsultationNotReadyError("helplines")


def list_wordings(session: Session, consultation: Consultation) -> list[Worded]:
    """Return every wording of a consultation's survey, newest first."""
    counted = select(Response.survey_version_id, func.count()).group_by(Response.survey_version_id)
    found = session.execute(counted.where(Response.consultation_id == consultation.id))
    begun = {version_id: number for version_id, number in found}
    versions = [None, *consultation.versions]
    worded = [
        Worded(
            number=after.number,
            since=max(after.created_at, consultation.opens_at),
            begun=begun.get(after.id, 0),
            differences=_between(before, after) if before is not None else (),
        )
        for before, after in pairwise(versions)
        if after is not None
    ]
    return worded[::-1]


def _between(before: SurveyVersion, after: SurveyVersion) -> tuple[Difference, ...]:
    return compare_surveys(consultations.survey_of(before), consultations.survey_of(after))
