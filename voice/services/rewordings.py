"""Rewordings: whose figures rest on more than one wording of a question, said beside them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.differences import Standing, compare_surveys
from voice.models import Consultation, Response
from voice.services.consultations import current_version, survey_of
from voice.services.results import counting_in


@dataclass(frozen=True, slots=True)
class Rewording:
    """A question that `people` were asked before it changed. `changes` are plain words."""

    code: str
    text: str  # as it was worded then
    people: int
    changes: tuple[str, ...]
    is_gone: bool  # nobody is asked it any more


def list_rewordings(session: Session, consultation: Consultation) -> Sequence[Rewording]:
    """Return what changed since each earlier version by which anybody answered, oldest first."""
    versions = consultation.versions[:-1]
    if not versions:
        return []
    now = survey_of(current_version(consultation))
    people = _count_by_version(session, consultation)
    found = []
    for version in versions:
        asked = people[version.id]
        for each in compare_surveys(survey_of(version), now) if asked else ():
            is_gone = each.standing is Standing.REMOVED
            if (is_gone or each.standing is Standing.CHANGED) and each.before is not None:
                found.append(Rewording(each.code, each.before.text, asked, each.changes, is_gone))
    return found


def _count_by_version(session: Session, consultation: Consultation) -> Counter[object]:
    found = (
        select(Response.survey_version_id, func.count())
        .where(counting_in(consultation))
        .group_by(Response.survey_version_id)
    )
    return Counter({version: count for version, count in session.execute(found)})
