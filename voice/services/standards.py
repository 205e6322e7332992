"""Evidence by standard: under each heading of a survey, what each said and the files beside it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from surveys.engine import Survey
from surveys.media import MediaQuestion
from surveys.questions import AnyQuestion, ShortText
from voice.models import Consultation, Officer, Response
from voice.services import audit, media_reading, raw_responses, responses
from voice.services.consultations import current_survey
from voice.services.media_reading import Filed
from voice.services.results import counting_in
from voice.services.theme_answers import responses_set_apart


@dataclass(frozen=True, slots=True)
class Assessed:
    """What one respondent says under a heading. `lines` are (question, answer in words)."""

    who: str
    lines: tuple[tuple[str, str], ...]
    files: tuple[Filed, ...]


@dataclass(frozen=True, slots=True)
class Standard:
    """A heading of the survey under which files are asked for, with what each respondent says."""

    heading: str
    assessed: tuple[Assessed, ...]

    @property
    def without_evidence(self) -> int:
        """How many of them sent no file."""
        return sum(not each.files for each in self.assessed)


def has_standards(survey: Survey) -> bool:
    """Return whether a heading of the survey asks for a file."""
    return bool(_headings(survey))


def read_standards(
    session: Session, consultation: Consultation, officer: Officer, *, now: datetime
) -> list[Standard]:
    """Return every heading that asks for a file, and write down that `officer` read it.

    Responses that raised an alert are left out, with their files (SAF-8).
    """
    apart = responses_set_apart(session, consultation)
    found = session.scalars(
        select(Response)
        .where(counting_in(consultation))
        .order_by(Response.reference)
        .options(joinedload(Response.version), selectinload(Response.answers))
    )
    readable = [each for each in found if each.id not in apart]
    files: defaultdict[UUID, list[Filed]] = defaultdict(list)
    for each in media_reading.list_files(session, consultation):
        files[each.response].append(each)
    audit.record(session, officer, "responses read", consultation.id, now=now)
    return [
        Standard(heading, tuple(_assessed(each, heading, files[each.id]) for each in readable))
        for heading in _headings(current_survey(consultation))
    ]


def _headings(survey: Survey) -> tuple[str, ...]:
    asks = [each for each in survey.questions if isinstance(each, MediaQuestion) and each.section]
    return tuple(dict.fromkeys(each.section for each in asks))


def _assessed(response: Response, heading: str, files: list[Filed]) -> Assessed:
    survey, answers = responses.survey_for(response), responses.counted_answers_of(response)
    asked = [each for each in survey.questions if each.section == heading and each.code in answers]
    codes = {each.code for each in asked}
    return Assessed(
        who=_who(response, survey),
        lines=tuple(
            (each.plain_text, raw_responses.in_words(each, answers[each.code]))
            for each in asked
            if not isinstance(each, MediaQuestion)
        ),
        files=tuple(each for each in files if each.question in codes),
    )


def _who(response: Response, survey: Survey) -> str:
    """Return what an organisation calls itself; a reference where no name is asked for."""
    row = _name_row(response, next(filter(_asks_for_a_name, survey.questions), None))
    return row or f"Response {response.reference}"


def _asks_for_a_name(question: AnyQuestion) -> bool:
    return isinstance(question, ShortText) and not question.section


def _name_row(response: Response, question: AnyQuestion | None) -> str:
    row = response.answers.get(question.code) if question is not None else None
    return row.values[0].strip() if row is not None and row.values else ""
