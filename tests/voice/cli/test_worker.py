"""`voice worker`: as it is started on a server."""

import os
import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from tests.voice.themed import QUESTION
from voice.cli.worker import worker
from voice.services import jobs, theme_views

WORDS = ("More buses please", "The buses are late", "Buses in the evening", "Late buses again")


class TestTheWorker:
    def test_finds_the_themes_that_were_asked_for_and_stops(self, database, asked, environment):
        result = CliRunner(env=environment).invoke(worker, ["--once"])

        assert result.exit_code == 0
        with database.reading() as session:
            found = theme_views.read_themes(session, session.merge(asked), QUESTION)
        assert (found.base, found.job) == (len(WORDS), "")

    def test_goes_on_to_the_next_job_when_one_names_no_question(self, database, asked, environment):
        with database.writing() as session:
            jobs.enqueue(session, jobs.ANALYSE, "gone/important", now=NOON)

        CliRunner(env=environment).invoke(worker, ["--once"])

        with database.reading() as session:
            problems = [
                jobs.find_latest(session, jobs.ANALYSE, subject).problem
                for subject in ("gone/important", f"early-help/{QUESTION}")
            ]
        assert problems == ["NotFoundError", ""]

    def test_stops_cleanly_when_asked_to(self, database, asked, environment):
        command = [sys.executable, "-m", "voice", "worker"]
        with subprocess.Popen(command, env=os.environ | environment) as started:
            _wait_until_it_has_worked(database)
            started.send_signal(signal.SIGTERM)

            assert started.wait(timeout=10) == 0

    @pytest.fixture
    def environment(self, tmp_path):
        return {"VOICE_HOME": str(tmp_path), "VOICE_DATABASE_URL": f"sqlite:///{tmp_path}/voice.db"}

    @pytest.fixture
    def asked(self, database):
        with database.writing() as session:
            consultation = make_consultation(session)
            for words in WORDS:
                make_response(session, consultation, **{QUESTION: words})
            jobs.enqueue(session, jobs.ANALYSE, f"early-help/{QUESTION}", now=NOON)
            return consultation


def _wait_until_it_has_worked(database):
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with database.reading() as session:
            job = jobs.find_latest(session, jobs.ANALYSE, f"early-help/{QUESTION}")
            if job.finished_at is not None:
                return
        time.sleep(0.1)
    pytest.fail("the worker did nothing for a minute")
