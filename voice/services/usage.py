"""Usage: how many accounts there are, how many people workers helped, how many statements came.

An *account* is a personal code that somebody chose to use, however often it was used, counted
with its side where a family shares one. A *worker account* is a person whom a worker helped to
answer: known again by their code if they have one, else by the responses that they gave together.
A *statement* is a response that was sent in and counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, distinct, func, select
from sqlalchemy.orm import Session

from voice.models import Consultation, Response


@dataclass(frozen=True, slots=True)
class Usage:
    """The three counts of one consultation, or of several together."""

    title: str
    accounts: int
    worker_accounts: int
    statements: int


_ACCOUNT = Response.joined_hash + "/" + Response.side  # nothing, where no code was used
_PERSON = func.coalesce(_ACCOUNT, Response.respondent)


def usage_of(session: Session, consultations: Sequence[Consultation], title: str) -> Usage:
    """Return the usage of these together: whoever took part in several is one account."""
    helped = case((Response.helped_by != "", _PERSON))
    counted = select(
        func.count(distinct(_ACCOUNT)), func.count(distinct(helped)), func.count(Response.id)
    ).where(
        Response.consultation_id.in_([each.id for each in consultations]),
        Response.submitted_at.is_not(None),
        Response.counts,
    )
    accounts, worker_accounts, statements = session.execute(counted).one()
    return Usage(title, accounts, worker_accounts, statements)


def usage_by_consultation(session: Session, consultations: Sequence[Consultation]) -> list[Usage]:
    """Return the usage of each, in their order, and last of all together."""
    each_alone = [usage_of(session, [each], each.title) for each in consultations]
    return [*each_alone, usage_of(session, consultations, "All together")]
