"""The wordings of a survey that is being asked: publish the next one, and what it changed.

Whoever has begun finishes on the wording they began with; every response keeps its version.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.differences import Difference, compare_surveys
from surveys.engine import Survey
from voice.config import Council
from voice.errors import ChangedMeanwhileError, ConsultationNotReadyError
from voice.models import Consultation, Draft, Officer, SurveyVersion
from voice.services import audit, consultations
from voice.services.drafts import Checked, check_draft


def what_changes(draft: Draft, consultation: Consultation) -> tuple[Difference, ...]:
    """Return how a draft differs from the survey as it is asked now; empty while unsound."""
    survey = check_draft(draft).reading.survey
    if survey is None:
        return ()
    return compare_surveys(consultations.current_survey(consultation), survey)


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


def check_ready(checked: Checked, council: Council) -> None:
    """Make sure that a draft may be asked.

    Raises:
        ConsultationNotReadyError: if it may not; the message is `mend`, `read` or `helplines`.
    """
    if not checked.reading.is_sound or any(note.stops_opening for note in checked.notes):
        raise ConsultationNotReadyError("mend")
    if checked.unread:
        raise ConsultationNotReadyError("read")
    if checked.survey.is_for_children and not council.own_helplines:
        raise ConsultationNotReadyError("helplines")


def asked_as(consultation: Consultation, number: int) -> Survey | None:
    """Return the survey as its version of this number words it, or None."""
    found = (each for each in consultation.versions if each.number == number)
    version = next(found, None)
    return consultations.survey_of(version) if version is not None else None
