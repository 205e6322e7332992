"""The demonstration consultation with many comments: patient feedback of two English NHS trusts.

The comments are real and public. They stand in the service's own resources with their licence, and
go in as anybody's answers do: every word is screened, and what may be a concern is in the queue.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from surveys.answers import Answer, read_answer
from surveys.definition import read_survey_file
from surveys.engine import Survey
from surveys.questions import OneOf
from voice.clock import LONDON, in_london
from voice.config import Council
from voice.models import Channel, Consultation
from voice.resources import patient_feedback_folder
from voice.services import consultations, jobs, responses
from voice.services.consultations import Opening, current_survey
from voice.services.demonstration import TEAM

SLUG = "patient-feedback"
QUESTION = "comment"
OPEN_DAYS = 42
CLOSED_DAYS_AGO = 3
STATEMENT = (
    "These are real comments of patients of two English NHS trusts, given in the Friends and "
    "Family Test and published, with names taken out, by The Strategy Unit: "
    "The-Strategy-Unit/pxtextmining on GitHub, MIT licence, copyright 2021 NHS England. No council "
    "asked them. The days on which they came in are ours."
)


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment as it was published; `service` and `asked` may be no option of the survey."""

    words: str
    asked: str
    service: str


def read_comments() -> tuple[Comment, ...]:
    """Return every comment, in the order of its file."""
    with answers_file().open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        return tuple(Comment(row["comment"], row["asked"], row["service"]) for row in rows)


def answers_file() -> Path:
    """Return the file of the comments: id, comment, asked, service."""
    return patient_feedback_folder() / "answers.csv"


def frame_file() -> Path:
    """Return the coding frame that goes with them, as an officer brings one in."""
    return patient_feedback_folder() / "frame.csv"


def load_comments(
    session: Session,
    *,
    council: Council,
    now: datetime,
    comments: Sequence[Comment] | None = None,
    on_response: Callable[[], None] = lambda: None,
) -> Consultation | None:
    """Open the consultation with every comment, and have its themes found; None if it is here.

    `comments` are others to load in their place, such as a few of them.
    """
    if consultations.find_by_slug(session, SLUG) is not None:
        return None
    survey = read_survey_file(patient_feedback_folder() / "survey.yaml")
    today = in_london(now).date()
    last = today - timedelta(days=CLOSED_DAYS_AGO)
    first = last - timedelta(days=OPEN_DAYS)
    opening = Opening(
        slug=SLUG,
        team=TEAM,
        opens_at=datetime.combine(first, time.min, LONDON),
        closes_at=datetime.combine(last, time(23, 59), LONDON),
        demonstration=STATEMENT,
    )
    made = consultations.open_consultation(session, survey, opening, council=council, now=now)
    given = read_comments() if comments is None else comments
    for place, comment in enumerate(given):
        moment = made.opens_at + timedelta(days=place * OPEN_DAYS // len(given), hours=12)
        keep_comment(session, made, comment, now=moment)
        on_response()
    jobs.enqueue(session, "analyse", f"{SLUG}/{QUESTION}", now=now)
    return made


def keep_comment(
    session: Session, consultation: Consultation, comment: Comment, *, now: datetime
) -> None:
    """Send one comment in as a response that was collected elsewhere."""
    begun = responses.start_response(session, consultation, Channel.IMPORT, now=now)
    for answer in _answers(current_survey(consultation), comment):
        responses.record_answer(session, begun.response, answer, now=now)
    responses.submit_response(session, begun.response, now=now)


def _answers(survey: Survey, comment: Comment) -> Iterator[Answer]:
    """Give the answer to each question; a service or a wording that is no option is skipped."""
    chosen = {"service": comment.service, "asked": comment.asked}
    for question in survey.questions:
        if isinstance(question, OneOf):
            options = (
                each.code for each in question.options if each.label == chosen[question.code]
            )
            yield read_answer(question, list(options))
        else:
            yield read_answer(question, [comment.words])
