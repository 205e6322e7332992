"""Usage: how many accounts and worker accounts there are, and how many statements came.

An *account* is a personal code that somebody chose to use, however often it was used, counted
with its side where a family shares one. A *worker account* is a worker who gave their reference
when they helped somebody to answer: one, however many they helped. A *statement* is a response
that was sent in, counts and says something: an answer, or why a worker who helped has none.
*People helped* are known again by their code if they have one, else by the responses that they
gave together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, distinct, func, select
from sqlalchemy.orm import Session

from voice.models import Consultation, Response
from voice.services import saying, worker_accounts


@dataclass(frozen=True, slots=True)
class Usage:
    """The counts of one consultation, or of several together."""

    title: str
    accounts: int
    worker_accounts: int
    statements: int
    people_helped: int


_ACCOUNT = Response.joined_hash + "/" + Response.side  # nothing, where no code was used
_PERSON = func.coalesce(_ACCOUNT, Response.respondent)


def usage_of(session: Session, consultations: Sequence[Consultation], title: str) -> Usage:
    """Return the usage of these together: whoever took part in several is one account."""
    helped = case((Response.helped_by != "", _PERSON))
    said = case((saying.is_said_in(session, consultations), Response.id))
    counted = select(
        func.count(distinct(_ACCOUNT)), func.count(distinct(helped)), func.count(said)
    ).where(
        Response.consultation_id.in_([each.id for each in consultations]),
        Response.submitted_at.is_not(None),
        Response.counts,
    )
    accounts, helped_people, statements = session.execute(counted).one()
    workers = worker_accounts.count_accounts(session, consultations)
    return Usage(title, accounts, workers, statements, helped_people)


def usage_by_consultation(session: Session, consultations: Sequence[Consultation]) -> list[Usage]:
    """Return the usage of each, in their order, and last of all together."""
    each_alone = [usage_of(session, [each], each.title) for each in consultations]
    return [*each_alone, usage_of(session, consultations, "All together")]
