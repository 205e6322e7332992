"""What answers mean, as it was kept when they came in: for pages, which read nothing themselves."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import LargeBinary, func, select
from sqlalchemy.orm import Session

from voice.models import AnswerVector

BYTES_A_VECTOR = 768  # the whole answer's stands first, then those of its parts


def read_meanings(session: Session, question: str, people: Collection[UUID]) -> dict[UUID, bytes]:
    """Return the vector of each of these people's answers to a question, of those that were read.

    Pass only people whose answers may be read: nothing is left out here.
    """
    first = func.substr(AnswerVector.rows, 1, BYTES_A_VECTOR, type_=LargeBinary)
    rows = session.execute(
        select(AnswerVector.response_id, first).where(
            AnswerVector.question == question, AnswerVector.response_id.in_(people)
        )
    )
    return {one: bytes(row) for one, row in rows if row}
