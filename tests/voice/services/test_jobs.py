"""Jobs: claimed for a while, done once, never lost."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOON
from tests.stores import new_postgres, postgres_server
from voice.errors import NotFoundError, SealedError, SettingsError
from voice.models import AuditEntry, Job
from voice.services import audit, jobs

ALL = ["analyse"]
LATER = NOON + jobs.LEASE


class TestAskingForWork:
    def test_writes_it_once_while_it_waits(self, session):
        first = jobs.enqueue(session, "analyse", "early-help/important", now=NOON)

        assert jobs.enqueue(session, "analyse", "early-help/important", now=LATER) is first

    def test_writes_it_again_when_the_first_is_done(self, session):
        first = jobs.enqueue(session, "analyse", "early-help/important", now=NOON)
        jobs.finish(session, jobs.claim(session, ALL, now=NOON), now=NOON)

        assert jobs.enqueue(session, "analyse", "early-help/important", now=LATER) is not first


class TestAClaim:
    def test_is_nobody_elses_until_the_lease_runs_out(self, session, job):
        jobs.claim(session, ALL, now=NOON)

        assert jobs.claim(session, ALL, now=LATER - timedelta(seconds=1)) is None

    def test_goes_to_another_worker_at_the_end_of_the_lease(self, session, job):
        jobs.claim(session, ALL, now=NOON)

        assert jobs.claim(session, ALL, now=LATER).id == job.id

    def test_is_of_a_kind_that_was_asked_for(self, session, job):
        assert jobs.claim(session, ["print"], now=NOON) is None

    def test_lasts_longer_when_extended(self, session, job):
        claimed = jobs.claim(session, ALL, now=NOON)

        jobs.extend(session, claimed, now=LATER)

        assert jobs.claim(session, ALL, now=LATER) is None

    def test_that_was_taken_over_can_no_longer_be_finished(self, session, job):
        lost = jobs.claim(session, ALL, now=NOON)
        jobs.claim(session, ALL, now=LATER)

        assert jobs.finish(session, lost, now=LATER) is False

    @pytest.mark.postgres
    def test_of_two_workers_at_once_is_of_two_jobs(self, postgres):
        with postgres.writing() as session:
            for subject in ("a/b", "a/c"):
                jobs.enqueue(session, "analyse", subject, now=NOON)

        with postgres.writing() as one, postgres.writing() as other:
            claims = [jobs.claim(each, ALL, now=NOON).subject for each in (one, other)]

        assert claims == ["a/b", "a/c"]

    @pytest.fixture
    def postgres(self, tmp_path):
        with postgres_server(tmp_path) as address:
            store = new_postgres(address)
            yield store
            store.close()


class TestAFailure:
    def test_is_tried_again_later_each_time_later(self, session, job):
        waits = []
        now = NOON
        for _ in range(3):
            jobs.fail(session, jobs.claim(session, ALL, now=now), "OSError", now=now)
            session.refresh(job)
            waits.append((job.due_at - now).total_seconds())
            now = job.due_at

        assert waits == [5, 10, 20]

    def test_is_given_up_after_five_tries(self, session, job):
        now = NOON
        for _ in range(jobs.MAX_TRIES):
            jobs.fail(session, jobs.claim(session, ALL, now=now), "OSError", now=now)
            now += timedelta(hours=1)

        session.refresh(job)
        assert (job.problem, jobs.claim(session, ALL, now=now)) == ("OSError", None)


class TestAWorker:
    def test_finishes_the_job_with_its_effect(self, database, waiting):
        jobs.work_once(database, {"analyse": _keep_a_mark}, now=lambda: NOON)

        assert _what_is_left(database) == (["marked"], True, "")

    def test_keeps_nothing_of_a_job_that_breaks_half_way(self, database, waiting):
        jobs.work_once(database, {"analyse": _break_half_way}, now=lambda: NOON)

        assert _what_is_left(database) == ([], False, "ZeroDivisionError")

    def test_keeps_nothing_when_another_worker_has_taken_over(self, database, waiting):
        def work(store, subject, now):
            with store.writing() as session:
                jobs.claim(session, ALL, now=LATER)
            return _keep_a_mark(store, subject, now)

        jobs.work_once(database, {"analyse": work}, now=lambda: NOON)

        assert _what_is_left(database) == ([], False, "")

    def test_gives_up_at_once_what_we_refuse_on_purpose(self, database, waiting):
        def work(store, subject, now):
            raise NotFoundError(subject)

        jobs.work_once(database, {"analyse": work}, now=lambda: NOON)

        assert _what_is_left(database) == ([], True, "NotFoundError")

    @pytest.mark.parametrize("error", [SealedError, SettingsError])
    def test_tries_again_what_the_keys_were_missing_for(self, database, waiting, error):
        def work(store, subject, now):
            raise error(subject)

        jobs.work_once(database, {"analyse": work}, now=lambda: NOON)

        assert _what_is_left(database) == ([], False, error.__name__)

    def test_says_when_there_is_nothing_to_be_done(self, database):
        assert jobs.work_once(database, {"analyse": _keep_a_mark}, now=lambda: NOON) is False

    def test_extends_the_lease_of_work_that_takes_long(self, database, waiting):
        clock = iter(NOON + timedelta(seconds=second) for second in range(1000))
        short = timedelta(seconds=0.03)

        def work(store, subject, now):
            return _keep_when(lambda: _lease(store) > NOON + timedelta(seconds=3))

        jobs.work_once(database, {"analyse": work}, now=lambda: next(clock), lease=short)

        assert _what_is_left(database)[1] is True

    @pytest.fixture
    def waiting(self, database):
        with database.writing() as session:
            return jobs.enqueue(session, "analyse", "early-help/important", now=NOON)


@pytest.fixture
def job(session):
    return jobs.enqueue(session, "analyse", "early-help/important", now=NOON)


def _keep_a_mark(_store, subject, now):
    return lambda session: audit.record(session, None, "marked", subject, now=now)


def _break_half_way(_store, subject, now):
    def keep(session):
        audit.record(session, None, "marked", subject, now=now)
        session.flush()
        raise ZeroDivisionError

    return keep


def _keep_when(is_time):
    while not is_time():
        pass
    return lambda session: None


def _lease(store):
    with store.reading() as session:
        return session.scalar(select(Job.leased_until))


def _what_is_left(database):
    """Return what was done, whether the job is over, and its problem."""
    with database.reading() as session:
        job = session.scalars(select(Job)).one()
        marks = list(session.scalars(select(AuditEntry.action)))
        return marks, job.finished_at is not None, job.problem
