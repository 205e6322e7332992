"""Change over time: how a person's first answers to a measure compare with their last."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.measures import Grid
from voice.models import AnswerRow, Consultation, Officer, Response
from voice.services import audit
from voice.services.consultations import current_survey
from voice.services.results import counting_in
from voice.services.theme_answers import responses_set_apart

SIGNIFICANT_CHANGE = 2  # Source: "Wellbeing score improves by two points or more"
SIGNIFICANT_PROGRESS, FALLEN_BACK = "significant progress", "fallen back"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that one person scored twice."""

    label: str
    first: int
    last: int

    @property
    def points(self) -> int:
        """How much it went up; below zero if it went down."""
        return self.last - self.first

    @property
    def flag(self) -> str:
        """What a change of two points or more is called; empty for a smaller one."""
        if abs(self.points) < SIGNIFICANT_CHANGE:
            return ""
        return SIGNIFICANT_PROGRESS if self.points > 0 else FALLEN_BACK


@dataclass(frozen=True, slots=True)
class Person:
    """What one respondent scored at first and at last. Known by the references alone.

    Answers are one person's if their personal code says so, each side of a family's code by
    itself; without a code, if they came from one browser.

    Nobody's scores are added to anybody else's, so two parents of one child stay two.
    """

    first_reference: str
    last_reference: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class MeasuredTwice:
    """A scored grid and everybody who answered it more than once.

    `progressed` of `changes` are things that improved by two points or more.
    """

    code: str
    text: str
    people: tuple[Person, ...]
    once_only: int  # people who answered it one time, and so have no change

    @property
    def changes(self) -> int:
        """How many scores were given twice."""
        return sum(len(person.changes) for person in self.people)

    @property
    def progressed(self) -> int:
        """How many of them improved by two points or more."""
        flags = [change.flag for person in self.people for change in person.changes]
        return flags.count(SIGNIFICANT_PROGRESS)


@dataclass(frozen=True, slots=True)
class _Given:
    reference: str
    values: tuple[str, ...]


def read_changes(
    session: Session, consultation: Consultation, officer: Officer, *, now: datetime
) -> tuple[MeasuredTwice, ...]:
    """Return each scored grid with everybody's change, and write down that `officer` read it.

    Responses that raised a concern are left out, as wherever single responses are read (SAF-8).
    """
    grids = [
        question
        for question in current_survey(consultation).questions
        if isinstance(question, Grid) and question.scores
    ]
    apart = responses_set_apart(session, consultation)
    rows = session.execute(
        select(Response, AnswerRow)
        .join(AnswerRow, AnswerRow.response_id == Response.id)
        .where(
            counting_in(consultation),
            AnswerRow.is_on_path,
            AnswerRow.question.in_([grid.code for grid in grids]),
        )
        .order_by(Response.submitted_at, Response.started_at, Response.id)
    )
    given: dict[str, dict[str, list[_Given]]] = defaultdict(lambda: defaultdict(list))
    for response, row in rows:
        if row.values and response.id not in apart:
            answered = _Given(response.reference, tuple(row.values))
            given[row.question][_person_behind(response)].append(answered)
    audit.record(session, officer, "changes over time read", consultation.id, now=now)
    return tuple(_measured(grid, given[grid.code]) for grid in grids)


def _person_behind(response: Response) -> str:
    if response.joined_hash is None:
        return response.respondent
    return f"{response.joined_hash} {response.side}"


def changes_between(grid: Grid, first: Sequence[str], last: Sequence[str]) -> tuple[Change, ...]:
    """Return what was scored in both answers to a grid, in the order of its rows."""
    before, after, scores = grid.rated(first), grid.rated(last), grid.scores
    return tuple(
        Change(row.label, scores[before[row.code]], scores[after[row.code]])
        for row in grid.rows
        if before.get(row.code) in scores and after.get(row.code) in scores
    )


def _measured(grid: Grid, given: dict[str, list[_Given]]) -> MeasuredTwice:
    people = [_person(grid, each[0], each[-1]) for each in given.values() if len(each) > 1]
    return MeasuredTwice(
        code=grid.code,
        text=grid.text,
        people=tuple(sorted(people, key=lambda person: person.first_reference)),
        once_only=sum(len(each) == 1 for each in given.values()),
    )


def _person(grid: Grid, first: _Given, last: _Given) -> Person:
    changes = changes_between(grid, first.values, last.values)
    return Person(first.reference, last.reference, changes)
