"""Worries: how many chose what means that somebody may need help, and what they said next.

Counts alone: who they are is not known. Each of them was shown help at once, and is in the queue
of the safeguarding role.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.cards import CardSort, placed
from surveys.conditions import mentioned
from surveys.engine import Survey
from surveys.questions import AnyQuestion, OneOf, Several
from voice.analysis.suppression import ShownCount, show_officers, show_parts
from voice.models import AnswerRow, Consultation, Response
from voice.services.consultations import current_survey
from voice.services.results import counting_in

NOT_ANSWERED = "Did not answer"
Given = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Worry:
    """What was chosen that says somebody may need help, by how many, and what they said next.

    `option` is an option's words, or a card's with the pile in which it lies.
    """

    question: str
    option: str
    count: ShownCount
    next_answers: tuple[tuple[str, tuple[tuple[str, ShownCount], ...]], ...]


def worries_in(session: Session, consultation: Consultation) -> tuple[Worry, ...]:
    """Return every such option or card in a pile, in the survey's order, chosen or not."""
    survey = current_survey(consultation)
    given = _given(session, consultation)
    return tuple(
        _read(survey, question, worry, given)
        for question in survey.questions
        for worry in _worries_of(question)
    )


def _worries_of(question: AnyQuestion) -> Iterator[tuple[str, str]]:
    """Give each value of an answer that says somebody may need help, with its words."""
    if isinstance(question, OneOf):
        yield from ((each.code, each.label) for each in question.options if each.worry)
    elif isinstance(question, CardSort):
        values = (placed(each.code, pile) for each in question.cards for pile in each.worry_in)
        yield from ((value, words) for value in values for words in question.worries([value]))


def _given(session: Session, consultation: Consultation) -> list[Given]:
    """Return the answers of every response that counts."""
    rows = session.execute(
        select(AnswerRow.response_id, AnswerRow.question, AnswerRow.values)
        .join(Response, Response.id == AnswerRow.response_id)
        .where(counting_in(consultation), AnswerRow.is_on_path)
    )
    responses: dict[object, Given] = {}
    for response_id, question, values in rows:
        responses.setdefault(response_id, {})[question] = tuple(values)
    return list(responses.values())


def _read(
    survey: Survey, question: AnyQuestion, worry: tuple[str, str], given: list[Given]
) -> Worry:
    value, words = worry
    worried = [each for each in given if value in each.get(question.code, ())]
    answered = sum(bool(each.get(question.code)) for each in given)
    next_answers = tuple(
        (asked.text, _breakdown(asked, worried))
        for asked in survey.questions
        if isinstance(asked, OneOf) and _depends_on(asked, question)
    )
    shown = show_officers(len(worried), answered)
    return Worry(question.plain_text, words, shown, next_answers)


def _depends_on(asked: AnyQuestion, question: AnyQuestion) -> bool:
    return any(code == question.code for code, _ in mentioned(asked.ask_if))


def _breakdown(asked: OneOf, worried: list[Given]) -> tuple[tuple[str, ShownCount], ...]:
    counts = Counter(code for each in worried for code in each.get(asked.code, ()))
    silent = sum(not each.get(asked.code) for each in worried)
    rows = [(option.label, counts[option.code]) for option in asked.options]
    told = dict((*rows, (NOT_ANSWERED, silent)))
    return tuple(show_parts(told, len(worried), one_each=not isinstance(asked, Several)).items())
