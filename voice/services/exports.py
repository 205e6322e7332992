"""Answers as lines of a file, for those who may have them."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from surveys.answers import Answer
from surveys.engine import Survey
from surveys.measures import END, START, Grid, Pair, Ranking
from surveys.questions import AnyQuestion, CardSort, MediaQuestion, OneOf, Several
from voice.errors import NotFoundError
from voice.models import Consultation, Response
from voice.services.media import describe_files
from voice.services.responses import answers_of, survey_for

_AT_ONCE = 500
ANSWERED, SKIPPED, NOT_ASKED = "answered", "skipped", "not_asked"
HIDDEN = "hidden"  # answered, and then closed by a changed answer before it: kept, not counted
Shown = str | list[str] | dict[str, str] | None


def stored_answers(session: Session, survey: str) -> Iterator[dict[str, Any]]:
    """Give every stored answer to a survey, by its code or by a consultation's slug.

    Each has `respondent` (a pseudonym), `question`, `service` (that it asks about), `value` (an
    option's code or the words, a list where several may be chosen or put in order, a map where
    there are parts, None when skipped), `channel`, `variant` and `language` (in which they were
    asked last), and what is needed to count it: `consultation`, `label` (in that language),
    `other`, `submitted`, `counted` (on the path, and of a response that counts), `entry_check`
    (checked: two officers typed the paper in; waiting: one did, so it does not count yet); in a
    class `year_group`, after a course its label as `wave` (as an import names it), and beside a
    worker `helped_by`, `hearing` (own_words, declined, not_sought), `not_sought_because` and
    `worker_note`. No moment is given, and the order is that of the random pseudonyms (PRI-2).

    Raises:
        NotFoundError: if no consultation has this slug or asks this survey.
    """
    asked = or_(Consultation.survey_code == survey, Consultation.slug == survey)
    if session.scalar(select(Consultation.id).where(asked).limit(1)) is None:
        raise NotFoundError(survey)
    found = (
        select(Response)
        .join(Response.consultation)
        .where(asked)
        .order_by(Response.respondent, Response.id)
        .options(
            joinedload(Response.consultation),
            joinedload(Response.version),
            selectinload(Response.answers),
            selectinload(Response.notes),
        )
        .execution_options(yield_per=_AT_ONCE)
    )
    files = describe_files(session, asked)
    for response in session.scalars(found):
        yield from _answers_in(response, files)


def _answers_in(response: Response, files: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    survey = survey_for(response)
    answers = answers_of(response)
    asked_in = survey.variant(response.variant)
    is_sent = response.submitted_at is not None
    for question in survey.questions:
        if not question.takes_answer or question.equality:
            continue
        status = _status(response, question.code)
        if status == NOT_ASKED and not is_sent:
            continue  # they may still come to it
        answer = answers.get(question.code, Answer(question.code))
        yield {
            "respondent": response.respondent,
            "consultation": response.consultation.slug,
            "question": question.code,
            "service": survey.service_of(question),
            "status": status,
            "value": _value(survey, answer),
            "label": _files_in_words(question, answer, files) or _label(survey, answer),
            "other": answer.other,
            "channel": response.channel.value,
            "variant": asked_in.code if asked_in is not None else "",
            "language": survey.language,
            "year_group": response.year_group,
            "wave": response.wave,
            "entry_check": response.entry_check.value,
            "helped_by": response.helped_by,
            **_note(response, question.code),
            "submitted": is_sent,
            "counted": is_sent and response.counts and status in {ANSWERED, SKIPPED},
        }


def _status(response: Response, code: str) -> str:
    """Return what became of a question: four things that are never told as one another."""
    row = response.answers.get(code)
    if row is None:
        return NOT_ASKED
    if not row.is_on_path:
        return HIDDEN
    return ANSWERED if row.values else SKIPPED


def _note(response: Response, question: str) -> dict[str, str]:
    """Return what a worker who helped says of an answer, apart from the answer itself."""
    note = response.notes.get(question) if response.helped_by else None
    if note is None:
        return {"hearing": "", "not_sought_because": "", "worker_note": ""}
    return {
        "hearing": note.hearing.value,
        "not_sought_because": note.reason,
        "worker_note": note.note,
    }


def _value(survey: Survey, answer: Answer) -> Shown:
    """Return everything that was answered in the shape of its kind."""
    if answer.is_skipped:
        return None
    question = survey.question(answer.question)
    match question:
        case Several() | Ranking() | CardSort():
            return list(answer.values)
        case MediaQuestion(most=most) if most > 1:
            return list(answer.values)
        case Pair():
            return dict(zip((START, END), answer.values, strict=True))
        case Grid():
            return question.rated(answer.values)
        case _:
            return answer.values[0]


def _files_in_words(
    question: AnyQuestion, answer: Answer, files: Mapping[str, str]
) -> str | list[str]:
    """Return the type and size of what was sent; a list where several files may be."""
    named = [files[each] for each in answer.values if each in files]
    may_be_many = isinstance(question, MediaQuestion) and question.most > 1
    return named if may_be_many else "".join(named[:1])


def _label(survey: Survey, answer: Answer) -> Shown:
    """Return the words of what was chosen; None where nothing is chosen from options."""
    question = survey.question(answer.question)
    if answer.is_skipped:
        return None
    match question:
        case CardSort():
            return question.in_words(answer.values)
        case Grid():
            return _labels_in_grid(question, answer)
        case OneOf():
            labels = _labels(question, answer)
            return labels if isinstance(question, Several | Ranking) else labels[0]
        case _:
            return None


def _labels(question: OneOf, answer: Answer) -> list[str]:
    """Return the words in the order of the answer, which is the survey's but for a ranking."""
    options = (question.option(code) for code in answer.values)
    return [option.label for option in options if option is not None]


def _labels_in_grid(question: Grid, answer: Answer) -> dict[str, str]:
    rows = {row.code: row.label for row in question.rows}
    columns = {column.code: column.label for column in question.columns}
    return {rows[row]: columns[column] for row, column in question.rated(answer.values).items()}
