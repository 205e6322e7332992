"""For and against: what a linked closed question, or the question itself, says of a theme."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.conditions import mentioned
from surveys.engine import Survey
from surveys.questions import AnyQuestion, OneOf
from voice.analysis.stance import Stance, asked_for, refers_back, stance_of
from voice.models import AnswerRow, Consultation, Response
from voice.reports.figures import Figure
from voice.services.consultations import current_survey
from voice.services.results import counting_in

NOT_KNOWN = "Whether people are for or against is not known: no closed question asks it."
ASKED = {
    Stance.FOR: "The question asks what is good, so everything here is said in favour.",
    Stance.AGAINST: "The question asks what should change, so everything here asks for a change.",
}


@dataclass(frozen=True, slots=True)
class Stances:
    """Where a stance comes from, in words, and that of each person who gave one."""

    words: str
    of_people: Mapping[UUID, Stance]

    def count(self, people: Iterable[UUID]) -> tuple[Figure, ...]:
        """Return how many of these people are on each side, none where nobody said so."""
        given = [self.of_people[one] for one in people if one in self.of_people]
        sides = (Figure(each.value, given.count(each), len(given)) for each in Stance)
        return tuple(side for side in sides if side.count)


def read_stances(session: Session, consultation: Consultation, question: AnyQuestion) -> Stances:
    """Return everybody's stance as far as a question gives it; nothing is guessed from words."""
    linked = linked_to(current_survey(consultation), question)
    if linked is None:
        asked = asked_for(question.plain_text)
        return Stances(ASKED[asked] if asked else NOT_KNOWN, {})
    sides = {option.code: stance_of(option.label) for option in linked.options}
    rows = session.execute(
        select(AnswerRow.response_id, AnswerRow.values)
        .join(Response, Response.id == AnswerRow.response_id)
        .where(counting_in(consultation), AnswerRow.question == linked.code, AnswerRow.is_on_path)
    )
    given = {response: sides.get(values[0]) for response, values in rows if values}
    return Stances(
        f"For or against: as they answered “{linked.plain_text}”.",
        {response: side for response, side in given.items() if side},
    )


def linked_to(survey: Survey, question: AnyQuestion) -> OneOf | None:
    """Return the closed question that `question` goes with, if its options take sides.

    That on which it depends whether it is asked, or else the one before it where it asks why.
    """
    before: AnyQuestion | None = None
    for each in survey.questions:
        if each.code == question.code:
            break
        before = each if each.takes_answer else before
    depends = [survey.question(code) for code, _ in mentioned(question.ask_if)]
    asked = [*depends, before if refers_back(question.plain_text) else None]
    return next((each for each in asked if isinstance(each, OneOf) and _takes_sides(each)), None)


def _takes_sides(question: OneOf) -> bool:
    sides = {stance_of(option.label) for option in question.options}
    return {Stance.FOR, Stance.AGAINST} <= sides
