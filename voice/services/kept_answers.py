"""The answers of one response in the store: read at once, kept at once, no object for each.

Every page of somebody who answers reads all their answers, so this goes to the table directly.
The rows as objects (`Response.answers`) are for whoever exports or changes them one by one.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import Executable, Text, bindparam, cast, delete, event, insert, select, update
from sqlalchemy.orm import Session, SessionTransaction, object_session

from surveys.answers import Answer
from voice.models import AnswerRow, Response
from voice.sealed import unseal_lists
from voice.services.straight import Straight

Row = dict[str, Any]

_READ = "answers that were read"  # in a session's notes: what the table holds, by response
_TABLE = AnswerRow.metadata.tables[AnswerRow.__tablename__]
_OF_ONE = select(
    _TABLE.c["question"],
    cast(_TABLE.c["values"], Text),  # decoded together below: one by one, each takes longer
    _TABLE.c["other"],
    _TABLE.c["is_on_path"],
).where(_TABLE.c["response_id"] == bindparam("response"))
_READ_ONE = Straight(_OF_ONE)
_ONE = (_TABLE.c["response_id"] == bindparam("response")) & (
    _TABLE.c["question"] == bindparam("code")
)
_CHANGE = update(_TABLE).where(_ONE).values(
    values=bindparam("given"), other=bindparam("words"), answered_at=bindparam("moment"), tone=None
)  # fmt: skip
_NEW = ("id", "response_id", "question", "values", "other", "answered_at", "is_on_path")
_ADD = Straight(insert(_TABLE).values({name: bindparam(f"new_{name}") for name in _NEW}))
_MARK = update(_TABLE).where(_ONE).values(is_on_path=bindparam("counts"))
_REMOVE = delete(_TABLE).where(_ONE)


class Kept(NamedTuple):
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
    if response not in read:
        found = _READ_ONE.rows(session, {"response": response.id})
        every_values = unseal_lists(row[1] for row in found)
        read[response] = {
            code: Kept(Answer(code, tuple(values), other), is_on_path)
            for (code, _, other, is_on_path), values in zip(found, every_values, strict=True)
        }
    return read[response]


def note_new(session: Session, response: Response) -> None:
    """Note that a response was begun just now, so that nobody asks the store for its answers."""
    _read_in(session)[response] = {}


def keep(session: Session, response: Response, answers: Sequence[Answer], *, now: datetime) -> None:
    """Keep each answer in place of any before it to the same question."""
    before = read_kept(response)
    given = {each.question: each for each in answers}
    known = [each for code, each in given.items() if code in before]
    new = [each for code, each in given.items() if code not in before]
    _execute(session, _CHANGE, [_changed(response, each, now=now) for each in known])
    if new:
        session.flush()  # as in `_execute`
        _ADD.carry_out(session, *(_added(response, each, now=now) for each in new))
    after = {
        code: Kept(one, before[code].is_on_path if code in before else True)
        for code, one in given.items()
    }
    _note(session, response, {**before, **after})


def mark(session: Session, response: Response, counted: Collection[str]) -> None:
    """Set apart the answers whose questions are not among those that count, and back again."""
    before = read_kept(response)
    wrong = [code for code, each in before.items() if each.is_on_path != (code in counted)]
    rows = [{"response": response.id, "code": code, "counts": code in counted} for code in wrong]
    if rows:
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


def _changed(response: Response, answer: Answer, *, now: datetime) -> Row:
    """Return what `_CHANGE` needs."""
    one = {"response": response.id, "code": answer.question}
    return {**one, "given": list(answer.values), "words": answer.other, "moment": now}


def _added(response: Response, answer: Answer, *, now: datetime) -> Row:
    """Return what `_ADD` needs."""
    row = (uuid4(), response.id, answer.question, list(answer.values), answer.other, now, True)
    return {f"new_{name}": value for name, value in zip(_NEW, row, strict=True)}


def _execute(session: Session, statement: Executable, rows: Sequence[Row]) -> None:
    if rows:
        session.flush()  # the response itself, and rows that somebody changed as objects
        session.connection().execute(statement, rows)


def _note(session: Session, response: Response, kept: Mapping[str, Kept]) -> None:
    """Note what the table holds now, and let go of the rows as objects: they know nothing of it."""
    if "answers" in response.__dict__:
        for row in response.answers.values():
            session.expire(row)
        session.expire(response, ["answers"])
    _read_in(session)[response] = kept


def _read_in(session: Session) -> dict[Response, Mapping[str, Kept]]:
    read: dict[Response, Mapping[str, Kept]] = session.info.setdefault(_READ, {})
    return read


def let_go(session: Session) -> None:
    """Forget what was read, so that it is read anew: somebody may have changed it."""
    session.info.pop(_READ, None)


@event.listens_for(Session, "after_soft_rollback")
def _forget_what_was_read(session: Session, _previous: SessionTransaction) -> None:
    let_go(session)
