"""Worker accounts: how many workers help people to answer, and nothing of whom they helped (B1)."""

from collections.abc import Sequence
from uuid import uuid4

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from voice.database import insert_into
from voice.models import Consultation, WorkerAccount
from voice.services import keys, suppressions

MAX_REFERENCE_CHARS = 40


def note(session: Session, consultation: Consultation, reference: str, *, secret: str) -> None:
    """Note that the worker with this reference helps here, once, however often they do.

    Two requests at the same moment note one, too. Without a reference nothing is noted. Two ways
    of typing it are one: spaces and capitals.
    """
    plain = suppressions.plain(reference)
    if not plain:
        return
    mark = keys.keyed_hash(secret, "worker", plain)
    noted = insert_into(session, WorkerAccount).on_conflict_do_nothing()
    session.execute(noted.values(id=uuid4(), consultation_id=consultation.id, worker_hash=mark))


def count_accounts(session: Session, consultations: Sequence[Consultation]) -> int:
    """Return how many workers helped in these together; whoever did in several is one."""
    found = select(func.count(distinct(WorkerAccount.worker_hash)))
    within = WorkerAccount.consultation_id.in_([each.id for each in consultations])
    return session.scalar(found.where(within)) or 0
