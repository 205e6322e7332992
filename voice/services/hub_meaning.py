"""What means much the same as a search, in other words: found by the worker, read by the page.

In the masked words, so that a name that somebody searches for finds nobody.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from voice.analysis.nearness import nearest
from voice.database import Database
from voice.errors import NotFoundError
from voice.models import AnswerRow, HubEntry, HubNearest, HubSearch, Officer, Response
from voice.services import answer_vectors
from voice.services.hub_asking import Asked, Scope, conditions, may_be_read
from voice.services.themes import free_text_questions

MOST_KEPT = 100
AMONG = 20_000  # the newest answers that the filters leave


def find_alike(database: Database, subject: str, _now: datetime) -> Callable[[Session], None]:
    """Find the answers that mean what the search with this id asks; what is returned keeps them.

    Among what its officer may read and its filters leave.

    Raises:
        NotFoundError: if the search was deleted meanwhile.
    """
    search_id = UUID(subject)
    with database.reading() as session:
        asked, texts = _among(session, search_id)
    found = nearest(asked.words, [words for _, words in texts], limit=MOST_KEPT)
    alike = {texts[place][0]: alikeness for place, alikeness in found}

    def keep(session: Session) -> None:
        if session.get(HubSearch, search_id) is None:
            raise NotFoundError("search")
        still = session.scalars(select(HubEntry.answer_id).where(HubEntry.answer_id.in_(alike)))
        rows = [
            {"search_id": search_id, "answer_id": one, "alikeness": alike[one]} for one in still
        ]
        session.execute(delete(HubNearest).where(HubNearest.search_id == search_id))
        if rows:
            session.execute(insert(HubNearest), rows)

    return keep


def _among(session: Session, search_id: UUID) -> tuple[Asked, list[tuple[UUID, str]]]:
    search = session.get(HubSearch, search_id)
    if search is None:
        raise NotFoundError("search")
    asked = Asked.read(search.asked)
    officer = session.get_one(Officer, search.officer_id)
    scope = Scope(session, officer, survey=asked.survey)
    filters = conditions(scope, Asked.read(asked.stored | {"words": ""}))
    for consultation in scope.consultations:  # what is kept need not be read again
        for question in free_text_questions(consultation):
            answer_vectors.recall(session, consultation, question.code)
    found = (
        select(HubEntry.answer_id, HubEntry.words)
        .join(AnswerRow, AnswerRow.id == HubEntry.answer_id)
        .join(Response, Response.id == HubEntry.response_id)
        .where(may_be_read(scope.by_id), *filters)
        .order_by(HubEntry.said_on.desc(), HubEntry.answer_id)
        .limit(AMONG)
    )
    return asked, [(one, words) for one, words in session.execute(found)]
