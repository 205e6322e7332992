"""The answers of one response in the store: read at once, kept at once, no object for each.

Every page of somebody who answers reads all their answers, so this goes to the table directly.
The rows as objects (`Response.answers`) are for whoever exports or changes them one by one.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, event, insert, select, update
from sqlalchemy.orm import Session, SessionTransaction, object_session

from surveys.answers import Answer
from voice.models import AnswerRow, Response

_READ = "answers that were read"  # in a session's notes: what the table holds, by response
_TABLE = AnswerRow.metadata.tables[AnswerRow.__tablename__]
_OF_ONE = select(*(_TABLE.c[name] for name in ("question", "values", "other", "is_on_path"))).where(
    _TABLE.c["response_id"] == bindparam("response")
)
_ONE = (_TABLE.c["response_id"] == bindparam("response")) & (
    _TABLE.c["question"] == bindparam("code")
)
_CHANGE = update(_TABLE).where(_ONE).values(
    values=bindparam("given"), other=bindparam("words"), answered_at=bindparam("moment"), tone=None
)  # fmt: skip
_MARK = update(_TABLE).where(_ONE).values(is_on_path=bindparam("counts"))
_REMOVE = delete(_TABLE).where(_ONE)


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it stands in the store. Off the path it is kept, and does not count."""

    answer: Answer
    is_on_path: bool = True


def read_row(row: AnswerRow) -> Answer:
    """Return a stored answer as a value."""
    return Answer(row.question, tuple(row.values), row.other)


def read_kept(response: Response) -> Mapping[str, Kept]:
    """Return every answer of a response by its question's code, read from the store once."""
    session = object_session(response)
    if session is None or "answers" in response.__dict__:
        rows = response.answers.items()
        return {code: Kept(read_row(row), row.is_on_path) for code, row in rows}
    read = _read_in(session)
    if response.id not in read:
        found = session.connection().execute(_OF_ONE, {"response": response.id})
        read[response.id] = {
            code: Kept(Answer(code, tuple(values), other), is_on_path)
            for code, values, other, is_on_path in found
        }
    kept: Mapping[str, Kept] = read[response.id]
    return kept


def note_new(session: Session, response: Response) -> None:
    """Note that a response was begun just now, so that nobody asks the store for its answers."""
    _read_in(session)[response.id] = {}


def keep(session: Session, response: Response, answers: Sequence[Answer], *, now: datetime) -> None:
    """Keep each answer in place of any before it to the same question."""
    before = dict(read_kept(response))
    given = {each.question: each for each in answers}
    rows = [_row_of(response, each, now=now) for each in given.values()]
    changes = [row for row in rows if row["code"] in before]
    if changes:
        _execute(session, _CHANGE, changes)
    if len(changes) < len(rows):
        _execute(session, insert(_TABLE), [_new(row) for row in rows if row["code"] not in before])
    after = {code: Kept(each, _counted(before, code)) for code, each in given.items()}
    _note(session, response, before | after)


def mark(session: Session, response: Response, counted: Collection[str]) -> None:
    """Set apart the answers whose questions are not among those that count, and back again."""
    before = read_kept(response)
    wrong = [code for code, each in before.items() if each.is_on_path != (code in counted)]
    if not wrong:
        return
    rows = [{"response": response.id, "code": code, "counts": code in counted} for code in wrong]
    _execute(session, _MARK, rows)
    after = {code: Kept(each.answer, code in counted) for code, each in before.items()}
    _note(session, response, after)


def remove(session: Session, response: Response, codes: Collection[str]) -> None:
    """Take the answers to these questions out of the store."""
    before = read_kept(response)
    rows = [{"response": response.id, "code": code} for code in codes if code in before]
    if rows:
        _execute(session, _REMOVE, rows)
        _note(session, response, {k: each for k, each in before.items() if k not in codes})


def _row_of(response: Response, answer: Answer, *, now: datetime) -> dict[str, Any]:
    return {
        "response": response.id,
        "code": answer.question,
        "given": list(answer.values),
        "words": answer.other,
        "moment": now,
    }


def _new(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a row that stands for an answer to a question without one."""
    return {
        "response_id": row["response"],
        "question": row["code"],
        "values": row["given"],
        "other": row["words"],
        "answered_at": row["moment"],
    }


def _counted(before: Mapping[str, Kept], code: str) -> bool:
    return before[code].is_on_path if code in before else True


def _execute(session: Session, statement: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    session.flush()  # the response itself, and rows that somebody changed as objects
    session.connection().execute(statement, rows)


def _note(session: Session, response: Response, kept: Mapping[str, Kept]) -> None:
    """Note what the table holds now, and let go of the rows as objects: they know nothing of it."""
    if "answers" in response.__dict__:
        for row in response.answers.values():
            session.expire(row)
        session.expire(response, ["answers"])
    _read_in(session)[response.id] = kept


def _read_in(session: Session) -> dict[Any, Any]:
    read: dict[Any, Any] = session.info.setdefault(_READ, {})
    return read


@event.listens_for(Session, "after_soft_rollback")
def _forget_what_was_read(session: Session, _previous: SessionTransaction) -> None:
    session.info.pop(_READ, None)
