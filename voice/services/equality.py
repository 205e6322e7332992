"""Answers about who people are: kept with the draft, and on sending it in moved into tallies.

From then on nobody, we included, can tell whose they were, so that they cannot be taken out again.
"""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.engine import Survey
from surveys.questions import OneOf
from voice.analysis.suppression import HIDDEN, publish_breakdown, publish_count
from voice.database import insert_into
from voice.models import Consultation, EqualityCount, Response
from voice.models.equality import ANSWERED, SKIPPED
from voice.services import kept_answers
from voice.services.consultations import current_survey

TOO_FEW = "too few to show"


@dataclass(frozen=True, slots=True)
class EqualityFigures:
    """What people said to one question about who they are, as it may be shown to anybody.

    `rows` are (label, how many, share or ""), rounded to 5, with small numbers withheld; none
    while too few have answered.
    """

    code: str
    text: str
    answered: str
    skipped: str
    rows: tuple[tuple[str, str, str], ...]


def set_apart(session: Session, response: Response, survey: Survey) -> None:
    """Move the answers about who somebody is out of a response that is being sent in."""
    tallies: Counter[tuple[str, str]] = Counter()
    asked = [question.code for question in survey.questions if question.equality]
    kept = kept_answers.read_kept(response) if asked else {}
    for code in asked:
        if code in kept and kept[code].is_on_path:
            given = kept[code].answer
            tallies[code, SKIPPED if given.is_skipped else ANSWERED] += 1
            tallies.update((code, value) for value in given.values)
    kept_answers.remove(session, response, asked)
    if tallies:
        _add(session, response.consultation_id, tallies)


def figures(session: Session, consultation: Consultation) -> tuple[EqualityFigures, ...]:
    """Return the figures of every question about who people are, in the survey's order."""
    counted = select(EqualityCount).where(EqualityCount.consultation_id == consultation.id)
    people = {(each.question, each.value): each.people for each in session.scalars(counted)}
    survey = current_survey(consultation)
    asked = (each for each in survey.questions if each.equality and isinstance(each, OneOf))
    return tuple(_figures_of(question, people) for question in asked)


def exported(session: Session, consultation: Consultation) -> list[dict[str, str]]:
    """Return the figures as lines of a file."""
    return [
        {"question": each.code, "answer": label, "people": _said(count)}
        for each in figures(session, consultation)
        for label, count in (
            ("(answered)", each.answered),
            ("(skipped)", each.skipped),
            *((label, count) for label, count, _ in each.rows),
        )
    ]


def _said(count: str) -> str:
    return TOO_FEW if count == HIDDEN else count


def _figures_of(question: OneOf, people: dict[tuple[str, str], int]) -> EqualityFigures:
    base = people.get((question.code, ANSWERED), 0)
    counts = {
        option.label: people.get((question.code, option.code), 0) for option in question.options
    }
    shown = publish_breakdown(counts, base=base) or {}
    return EqualityFigures(
        code=question.code,
        text=question.plain_text,
        answered=publish_count(base),
        skipped=publish_count(people.get((question.code, SKIPPED), 0)),
        rows=tuple(
            (label, each.text, each.share.words if each.share else "")
            for label, each in shown.items()
        ),
    )


def _add(session: Session, consultation_id: UUID, tallies: Counter[tuple[str, str]]) -> None:
    """Add to the tallies in one statement, in one order, so that no two wait for each other."""
    rows = [
        {"consultation_id": consultation_id, "question": code, "value": value, "people": number}
        for (code, value), number in sorted(tallies.items())
    ]
    adding = insert_into(session, EqualityCount).values(rows)
    session.execute(
        adding.on_conflict_do_update(
            index_elements=["consultation_id", "question", "value"],
            set_={"people": EqualityCount.people + adding.excluded.people},
        )
    )
