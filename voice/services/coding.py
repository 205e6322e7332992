"""Coding sheets: the responses to a consultation as cases, with labels that somebody ticked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.engine import Survey
from surveys.measures import Grid
from surveys.questions import AnyQuestion, Choice, OneOf, Ranking, Scale, Several
from voice.errors import NotFoundError
from voice.models import AnswerRow, Consultation, Response
from voice.reports.coding import Case, CodingSheet
from voice.services.consultations import current_survey
from voice.services.results import counting_in

Answered = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Columns:
    """Which questions, by their codes, hold the labels, the main label and the group."""

    labels: str
    primary: str = ""
    group: str = ""


def label_questions(survey: Survey) -> tuple[AnyQuestion, ...]:
    """Return the questions that may give a case its labels."""
    return tuple(each for each in survey.questions if isinstance(each, Several | Choice | Grid))


def one_answer_questions(survey: Survey) -> tuple[AnyQuestion, ...]:
    """Return the questions that may give a case its main label, or its group."""
    return tuple(each for each in survey.questions if isinstance(each, Choice | Scale))


def read_sheet(session: Session, consultation: Consultation, columns: Columns) -> CodingSheet:
    """Return every response that counts as a case, those without a label among them.

    Raises:
        NotFoundError: if the survey has no such questions, or not of the kinds that are needed.
    """
    survey = current_survey(consultation)
    labels = _among(label_questions(survey), columns.labels)
    primary = _among(one_answer_questions(survey), columns.primary)
    group = _among(one_answer_questions(survey), columns.group)
    if labels is None:
        raise NotFoundError(columns.labels)
    wanted = [each.code for each in (labels, primary, group) if each is not None]
    answered = _answers(session, consultation, wanted)
    return CodingSheet(
        tuple(
            Case(
                labels=_words(labels, answers),
                primary=_main(labels, primary, answers),
                group=next(iter(_words(group, answers)), ""),
            )
            for answers in answered
        )
    )


def _among(questions: Iterable[AnyQuestion], code: str) -> AnyQuestion | None:
    """Return the question with this code; None for none.

    Raises:
        NotFoundError: if it is not one of these.
    """
    if not code:
        return None
    found = next((each for each in questions if each.code == code), None)
    if found is None:
        raise NotFoundError(code)
    return found


def _answers(session: Session, consultation: Consultation, codes: list[str]) -> list[Answered]:
    """Return what each response that counts answered to these questions, maybe nothing."""
    counting = session.scalars(select(Response.id).where(counting_in(consultation))).all()
    answers: dict[UUID, dict[str, Sequence[str]]] = defaultdict(dict)
    rows = session.execute(
        select(AnswerRow.response_id, AnswerRow.question, AnswerRow.values)
        .join(Response, Response.id == AnswerRow.response_id)
        .where(counting_in(consultation), AnswerRow.is_on_path, AnswerRow.question.in_(codes))
    )
    for response, code, values in rows:
        answers[response][code] = values
    return [answers[each] for each in counting]


def _main(labels: AnyQuestion, primary: AnyQuestion | None, answers: Answered) -> str:
    """Return the main label in the words of the labels, if both questions share its code."""
    own = next(iter(_words(primary, answers)), "")
    given = answers.get(primary.code, ()) if primary is not None else ()
    if given and isinstance(labels, OneOf):
        shared = labels.option(given[0])
        return shared.label if shared is not None else own
    return own


def _words(question: AnyQuestion | None, answers: Answered) -> tuple[str, ...]:
    """Return the labels in words: what was ticked, or what each row of a grid was rated."""
    values = answers.get(question.code, ()) if question is not None else ()
    match question:
        case Grid():
            return tuple(question.in_lines(values))
        case OneOf() if not isinstance(question, Ranking):
            options = (question.option(value) for value in values)
            return tuple(
                option.label for option in options if option is not None and not option.exclusive
            )
        case _:
            return ()
