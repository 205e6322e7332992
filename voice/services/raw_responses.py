"""Responses in people's own words, a page at a time, for those whose work it is to read them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from surveys.answers import Answer
from surveys.engine import Survey
from surveys.measures import MEASURES
from surveys.questions import AnyQuestion, CardSort, OneOf
from surveys.readback import lines_of
from voice.models import Consultation, EntryCheck, Hearing, Officer, Response
from voice.services import audit, responses
from voice.services.assisting import WORKERS
from voice.services.results import CHANNELS
from voice.services.theme_answers import removed_in_words, responses_set_apart

PAGE_RESPONSES = 50
SKIPPED = "Skipped"
DECLINED = "Chose not to say"
NOT_SOUGHT = "Not asked by the worker"
ENTRY_CHECKS = {
    EntryCheck.WAITING: "waits to be typed in a second time",
    EntryCheck.CHECKED: "typed in twice and checked",
}
WORKERS_NOTE = "The worker’s own note, not the person’s words"


@dataclass(frozen=True, slots=True)
class ReadResponse:
    """One response as officers read it: each question with what was answered."""

    id: UUID
    channel: str
    is_typed_once: bool  # a paper that waits to be typed a second time, and counts after that
    sent_at: datetime  # shown as a day: a minute could tell who it was
    counts: bool
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PageOfResponses:
    """Some responses, newest first. `number` counts pages from 1.

    `removed` says in words how many are kept apart because they raised a concern (SAF-8).
    """

    number: int
    shown: tuple[ReadResponse, ...]
    has_more: bool
    removed: str


def read_page(
    session: Session, consultation: Consultation, officer: Officer, *, number: int, now: datetime
) -> PageOfResponses:
    """Return a page of what was sent in, and write down that `officer` read it."""
    apart = responses_set_apart(session, consultation)
    sent = session.execute(
        select(Response.id)
        .where(Response.consultation_id == consultation.id, Response.submitted_at.is_not(None))
        .order_by(Response.submitted_at.desc(), Response.id)
    )
    in_order = list(sent.scalars())
    readable = [each for each in in_order if each not in apart]
    start = (number - 1) * PAGE_RESPONSES
    wanted = readable[start : start + PAGE_RESPONSES]
    audit.record(session, officer, "responses read", consultation.id, now=now)
    return PageOfResponses(
        number=number,
        shown=read_some(session, wanted),
        has_more=len(readable) > start + PAGE_RESPONSES,
        removed=removed_in_words(len(in_order) - len(readable)),
    )


def read_some(session: Session, wanted: list[UUID]) -> tuple[ReadResponse, ...]:
    """Return these responses in people's own words, in this order."""
    found = session.scalars(
        select(Response)
        .where(Response.id.in_(wanted))
        .options(
            joinedload(Response.version),
            selectinload(Response.answers),
            selectinload(Response.notes),
        )
    )
    by_id = {response.id: response for response in found}
    return tuple(_readable(by_id[each]) for each in wanted)


def _readable(response: Response) -> ReadResponse:
    survey: Survey = responses.survey_for(response)
    given = responses.counted_answers_of(response)
    asked = (
        question
        for question in survey.questions
        if question.code in given and question.takes_answer
    )
    assert response.submitted_at is not None  # noqa: S101 - only what was sent in is read
    return ReadResponse(
        id=response.id,
        channel=_channel(response),
        is_typed_once=response.entry_check is EntryCheck.WAITING,
        sent_at=response.submitted_at,
        counts=response.counts,
        rows=tuple(row for each in asked for row in _rows(response, each, given[each.code])),
    )


def _channel(response: Response) -> str:
    note = WORKERS.get(response.helped_by) or ENTRY_CHECKS.get(response.entry_check)
    return f"{CHANNELS[response.channel]} ({note})" if note else CHANNELS[response.channel]


def _rows(response: Response, question: AnyQuestion, answer: Answer) -> list[tuple[str, str]]:
    """Return the answer in words; a worker's own note in a row of its own."""
    note = response.notes.get(question.code) if response.helped_by else None
    rows = [(question.plain_text, said_in(response, question, answer))]
    return [*rows, (WORKERS_NOTE, note.note)] if note is not None and note.note else rows


def said_in(response: Response, question: AnyQuestion, answer: Answer) -> str:
    """Return the answer in words, or why there is none where a worker helped."""
    note = response.notes.get(question.code) if response.helped_by else None
    if note is None:
        return in_words(question, answer)
    why = {Hearing.DECLINED: DECLINED, Hearing.NOT_SOUGHT: f"{NOT_SOUGHT}: {note.reason}"}
    return why.get(note.hearing) or in_words(question, answer)


def in_words(question: AnyQuestion, answer: Answer) -> str:
    """Return an answer as people read it: labels instead of codes, words as they were typed."""
    if not answer.values:
        return SKIPPED
    if isinstance(question, CardSort):
        return "\n".join(question.in_words(answer.values))
    if isinstance(question, MEASURES):
        return "; ".join(lines_of(question, answer))
    if not isinstance(question, OneOf):
        return "\n".join(answer.values)
    options = ((code, question.option(code)) for code in answer.values)
    said = "; ".join(option.label if option is not None else code for code, option in options)
    return f"{said}: {answer.other}" if answer.other else said
