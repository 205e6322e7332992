"""Jobs: work that nobody should wait for is a row, claimed by a worker for a while and then done.

A worker that dies keeps its job only until the lease runs out; another one then does it again, so
whatever a job does must be safe to do twice.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from voice.clock import current_time
from voice.database import Database
from voice.errors import NotSavedError, SealedError, SettingsError, VoiceError
from voice.models import Job

logger = logging.getLogger(__name__)

IMPORT = "import"  # subject: the import's id
ANALYSE = "analyse"  # subject: the consultation's slug / the question's code
# The same subjects:
ASSIGN = "assign"  # read every answer again, after corrections
JOIN = "join"  # the same, with the answers that came in since
CHOOSE = "choose"  # fifty answers to check
MEASURE = "measure"  # what an audit says
LEASE = timedelta(seconds=60)
MAX_TRIES = 5
_FIRST_WAIT = timedelta(seconds=5)
_PASSING = (NotSavedError, SealedError, SettingsError)  # the keys may come a little later

Keep = Callable[[Session], None]
Work = Callable[[Database, str, datetime], Keep]


class LeaseLostError(VoiceError):
    """Another worker has taken the job over, so nothing of ours is kept."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A job that is ours until the lease runs out; `tries` tells it from a later claim."""

    id: int
    kind: str
    subject: str
    tries: int


def enqueue(
    session: Session, kind: str, subject: str, *, now: datetime, after_running: bool = False
) -> Job:
    """Write down that something must be done; what waits already is not written twice.

    With `after_running` a job that a worker holds does not count as waiting: it began before what
    is to be done now.
    """
    ours = (Job.kind == kind, Job.subject == subject, Job.finished_at.is_(None))
    free = (Job.leased_until.is_(None),) if after_running else ()
    waiting = session.scalars(select(Job).where(*ours, *free).limit(1)).first()
    if waiting is not None:
        return waiting
    job = Job(kind=kind, subject=subject, due_at=now)
    session.add(job)
    session.flush()
    return job


def of_question(slug: str, code: str) -> str:
    """Return how a job names a question of a consultation."""
    return f"{slug}/{code}"


def find_latest(session: Session, kind: str, subject: str) -> Job | None:
    """Return the newest job of this kind about this subject, finished or not, or None."""
    return session.scalars(
        select(Job).where(Job.kind == kind, Job.subject == subject).order_by(Job.id.desc()).limit(1)
    ).first()


def claim(
    session: Session, kinds: list[str], *, now: datetime, lease: timedelta = LEASE
) -> Claim | None:
    """Return the next job that is due and that nobody holds, leased to the caller, or None."""
    job = session.scalar(
        select(Job)
        .where(
            Job.kind.in_(kinds),
            Job.finished_at.is_(None),
            Job.due_at <= now,
            or_(Job.leased_until.is_(None), Job.leased_until <= now),
        )
        .order_by(Job.due_at, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if job is None:
        return None
    job.leased_until = now + lease
    job.tries += 1
    session.flush()
    return Claim(job.id, job.kind, job.subject, job.tries)


def extend(session: Session, claimed: Claim, *, now: datetime, lease: timedelta = LEASE) -> None:
    """Keep a job for longer, if it is still ours."""
    _change(session, claimed, leased_until=now + lease)


def finish(session: Session, claimed: Claim, *, now: datetime, problem: str = "") -> bool:
    """Record that a job is done, or (with a problem) that it never will be.

    False means that it is no longer ours, and nothing was recorded.
    """
    return _change(session, claimed, finished_at=now, leased_until=None, problem=problem)


def fail(session: Session, claimed: Claim, problem: str, *, now: datetime) -> None:
    """Put a job back to be tried again later, each time later; after `MAX_TRIES` give it up."""
    if claimed.tries >= MAX_TRIES:
        finish(session, claimed, now=now, problem=problem)
        return
    wait = _FIRST_WAIT * 2 ** (claimed.tries - 1)
    _change(session, claimed, due_at=now + wait, leased_until=None, problem=problem)


def _change(session: Session, claimed: Claim, **columns: object) -> bool:
    ours = (Job.id == claimed.id, Job.tries == claimed.tries, Job.finished_at.is_(None))
    changed = session.execute(update(Job).where(*ours).values(**columns).returning(Job.id))
    return changed.first() is not None


def work_once(
    database: Database,
    works: Mapping[str, Work],
    *,
    now: Callable[[], datetime] = current_time,
    lease: timedelta = LEASE,
) -> bool:
    """Do the next job that is due, and return whether there was one.

    A work reads and thinks while no lock is held, and returns what is to be kept; that is kept
    in the transaction that finishes the job, so a job is done with its effect or not at all.
    What we refuse on purpose is given up at once; anything else is tried again later.
    """
    with database.writing() as session:
        claimed = claim(session, list(works), now=now(), lease=lease)
    if claimed is None:
        return False
    try:
        with _kept(database, claimed, now=now, lease=lease):
            keep = works[claimed.kind](database, claimed.subject, now())
        with database.writing() as session:
            keep(session)
            if not finish(session, claimed, now=now()):
                raise LeaseLostError(str(claimed.id))
    except Exception as error:  # noqa: BLE001 - the edge of a job; its name is kept, its words not
        logger.warning("job failed", extra={"job": claimed.id, "error": type(error).__name__})
        with database.writing() as session:
            _give_back(session, claimed, error, now=now())
    return True


def _give_back(session: Session, claimed: Claim, error: Exception, *, now: datetime) -> None:
    problem = type(error).__name__
    if isinstance(error, VoiceError) and not isinstance(error, _PASSING):
        finish(session, claimed, now=now, problem=problem)
    else:
        fail(session, claimed, problem, now=now)


@contextmanager
def _kept(
    database: Database, claimed: Claim, *, now: Callable[[], datetime], lease: timedelta
) -> Iterator[None]:
    """Extend the lease for as long as the block runs, three times in each lease."""
    done = threading.Event()

    def extend_often() -> None:
        while not done.wait(lease.total_seconds() / 3):
            try:
                with database.writing() as session:
                    extend(session, claimed, now=now(), lease=lease)
            except DBAPIError as error:  # the next try may work; if none does, another takes over
                logger.warning("lease not extended", extra={"error": type(error).__name__})

    keeper = threading.Thread(target=extend_often, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        done.set()
        keeper.join()
