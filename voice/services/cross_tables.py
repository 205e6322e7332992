"""Cross-tables: any two closed questions of a consultation, one by the other."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.measures import Ranking
from surveys.questions import OneOf, Several
from voice.errors import NotFoundError
from voice.models import AnswerRow, Consultation, Response
from voice.reports.cross_table import Asked, CrossTable, cross
from voice.services.consultations import current_survey
from voice.services.results import counting_in

MOST_TABLES = 60  # of one file

Given = dict[str, Sequence[str]]


def closed_questions(consultation: Consultation) -> tuple[OneOf, ...]:
    """Return the questions that can be crossed: with options, and not about who somebody is."""
    return tuple(
        each
        for each in current_survey(consultation).questions
        if isinstance(each, OneOf) and not isinstance(each, Ranking) and not each.equality
    )


def cross_questions(
    session: Session, consultation: Consultation, rows: str, columns: str
) -> CrossTable:
    """Return one question, named by its code, by another, over all responses that count.

    Raises:
        NotFoundError: if one of them is no closed question, or both are the same.
    """
    asked = {each.code: each for each in closed_questions(consultation)}
    if rows == columns or not {rows, columns} <= set(asked):
        raise NotFoundError(f"{rows} by {columns}")
    people = _people(session, consultation, (rows, columns))
    return _cross(asked[rows], asked[columns], people)


def cross_all(session: Session, consultation: Consultation) -> Iterator[CrossTable]:
    """Give the table of every two closed questions, in the order of the survey, up to a limit."""
    asked = closed_questions(consultation)
    pairs = list(combinations(asked, 2))[:MOST_TABLES]
    people = _people(session, consultation, [each.code for each in asked]) if pairs else []
    for first, second in pairs:
        yield _cross(second, first, people)


def _people(session: Session, consultation: Consultation, codes: Sequence[str]) -> list[Given]:
    """Return what each response that counts answered to these, maybe nothing."""
    found = (
        select(AnswerRow.response_id, AnswerRow.question, AnswerRow.values)
        .join(Response, Response.id == AnswerRow.response_id)
        .where(counting_in(consultation), AnswerRow.is_on_path, AnswerRow.question.in_(codes))
    )
    given: dict[UUID, Given] = defaultdict(dict)
    for response, question, values in session.execute(found):
        given[response][question] = values
    everybody = session.scalars(select(Response.id).where(counting_in(consultation)))
    return [given[each] for each in everybody]


def _cross(rows: OneOf, columns: OneOf, people: Sequence[Given]) -> CrossTable:
    pairs = [(each.get(rows.code, ()), each.get(columns.code, ())) for each in people]
    return cross(
        _asked(rows, [given for given, _ in pairs]),
        _asked(columns, [given for _, given in pairs]),
        pairs,
    )


def _asked(question: OneOf, given: Sequence[Sequence[str]]) -> Asked:
    """Return a question with every option that anybody could choose or did."""
    options = {each.code: each.label for each in question.options}
    chosen = sorted({code for values in given for code in values} - set(options))
    options |= {code: f"{code} (no longer offered)" for code in chosen}
    return Asked(question.plain_text, options, one_each=not isinstance(question, Several))
