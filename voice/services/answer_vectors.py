"""Answers read as they arrive: what they mean is kept, so that an analysis need not read them all.

Loads the encoder, so only the worker and the commands may import this. Without the encoder's files
nothing is kept, and the analysis goes by words alone.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from uuid import UUID

import numpy as np
from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from voice.analysis.content import has_content
from voice.analysis.encoder import DIMENSIONS, Encoder, Vectors, find_encoder
from voice.analysis.words import split_units
from voice.database import Database
from voice.models import AnswerRow, AnswerVector, Consultation, Response
from voice.services import theme_answers, themes
from voice.services.results import counting_in

MOST_AT_ONCE = 200

Encode = Callable[[Sequence[str]], Vectors]


def read_new(database: Database, *, most: int = MOST_AT_ONCE, encode: Encode | None = None) -> int:
    """Read answers that nobody has read yet, some at once; return how many.

    No lock is held while they are read. A response that raised an alert has none kept, before or
    since (SAF-8, `concerns.sets_apart`); one for which help was shown is counted, and so read.
    `encode` reads in the encoder's stead, such as a cluster of the same encoders; whatever stops
    half-way goes on where it stopped, since what is kept is not read again.
    """
    encoder = find_encoder()
    if encoder is None:
        return 0
    with database.reading() as session:
        waiting = tuple(islice(_waiting(session, most), most))
    if encode is not None:
        parts = list(dict.fromkeys(part for *_, text in waiting for part in _parts(text)))
        encoder.remember(parts, list(encode(parts).astype(np.float16)))
    made = [_read(encoder, one, code, text) for one, code, text in waiting]
    with database.writing() as session:
        still = _still_read(session, [row[0] for row in waiting])
        for row in made:
            if row.response_id in still:
                session.merge(row)
    return len(made)


def recall(session: Session, consultation: Consultation, code: str) -> int:
    """Let the encoder remember what is kept of the answers to a question; return how many."""
    encoder = find_encoder()
    if encoder is None:
        return 0
    words = theme_answers.readable_words(session, consultation, code)
    kept = session.scalars(
        select(AnswerVector)
        .join(Response, Response.id == AnswerVector.response_id)
        .where(Response.consultation_id == consultation.id, AnswerVector.question == code)
    )
    recalled = 0
    for vector in kept:
        parts = _parts(words.get(vector.response_id, ""))
        if vector.fingerprint == _fingerprint(encoder, parts):
            rows = np.frombuffer(vector.rows, dtype=np.float16).reshape(-1, DIMENSIONS)
            encoder.remember(parts, list(rows))
            recalled += 1
    return recalled


def count_waiting(session: Session) -> int:
    """Return how many answers nobody has read yet."""
    return sum(1 for _ in _waiting(session, None))


def _waiting(session: Session, most: int | None) -> Iterator[tuple[UUID, str, str]]:
    for consultation in session.scalars(select(Consultation).order_by(Consultation.id)):
        codes = [question.code for question in themes.free_text_questions(consultation)]
        apart = theme_answers.responses_set_apart(session, consultation)
        mine = and_(
            AnswerVector.response_id == AnswerRow.response_id,
            AnswerVector.question == AnswerRow.question,
        )
        found = session.execute(
            select(AnswerRow.response_id, AnswerRow.question, AnswerRow.values)
            .join(Response, Response.id == AnswerRow.response_id)
            .outerjoin(AnswerVector, mine)
            .where(
                counting_in(consultation),
                AnswerRow.question.in_(codes),
                AnswerRow.is_on_path,
                AnswerVector.response_id.is_(None),
            )
            .order_by(AnswerRow.response_id, AnswerRow.question)
            .limit(None if most is None else most + len(apart) * len(codes))
        )
        for one, code, values in found:
            if values and one not in apart:
                yield one, code, values[0]


def _still_read(session: Session, responses: Sequence[UUID]) -> set[UUID]:
    """Return which of these nobody deleted, and none raised an alert in, while they were read."""
    found = session.scalars(select(Response).where(Response.id.in_(responses)))
    here = {response.id: response.consultation for response in found}
    return set(here) - set().union(
        *(theme_answers.responses_set_apart(session, each) for each in set(here.values()))
    )


def _read(encoder: Encoder, response: UUID, code: str, text: str) -> AnswerVector:
    parts = _parts(text)
    rows = encoder.encode(parts).astype(np.float16)
    fingerprint = _fingerprint(encoder, parts)
    return AnswerVector(
        response_id=response, question=code, fingerprint=fingerprint, rows=rows.tobytes()
    )


def _parts(text: str) -> list[str]:
    """Return an answer and its sentences; nothing of one that says nothing."""
    return list(dict.fromkeys((text, *split_units(text)))) if has_content(text) else []


def _fingerprint(encoder: Encoder, parts: Sequence[str]) -> str:
    told = "\0".join((encoder.name, *parts))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
