"""Worker accounts: how many workers help people to answer, and nothing of whom they helped (B1)."""

from collections.abc import Sequence

from sqlalchemy import distinct, exists, func, select
from sqlalchemy.orm import Session

from voice.models import Consultation, WorkerAccount
from voice.services import keys, suppressions

MAX_REFERENCE_CHARS = 40


def note(session: Session, consultation: Consultation, reference: str, *, secret: str) -> None:
    """Note that the worker with this reference helps here, once, however often they do.

    Without a reference nothing is noted. Two ways of typing it are one: spaces and capitals.
    """
    plain = suppressions.plain(reference)
    if not plain:
        return
    mark = keys.keyed_hash(secret, "worker", plain)
    known = exists().where(
        WorkerAccount.consultation_id == consultation.id, WorkerAccount.worker_hash == mark
    )
    if not session.scalar(select(known)):
        session.add(WorkerAccount(consultation_id=consultation.id, worker_hash=mark))
        session.flush()


def count_accounts(session: Session, consultations: Sequence[Consultation]) -> int:
    """Return how many workers helped in these together; whoever did in several is one."""
    found = select(func.count(distinct(WorkerAccount.worker_hash)))
    within = WorkerAccount.consultation_id.in_([each.id for each in consultations])
    return session.scalar(found.where(within)) or 0
