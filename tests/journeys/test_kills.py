"""kill -9 in the middle of everything: what was acknowledged is there, once (REL-1, REL-2)."""

import json
import os
import random
import re
import threading
import time
from datetime import timedelta
from functools import partial
from http.client import HTTPException
from urllib.error import URLError

import pytest
from sqlalchemy import func, select

from surveys.definition import read_from_library
from tests.conftest import COUNCIL
from tests.factories import make_consultation, make_response
from tests.journeys.service import running, started_worker
from tests.journeys.walker import Walker
from tests.stores import new_sqlite
from voice.clock import current_time
from voice.models import Analysis, Job, Theme
from voice.services import jobs
from voice.services.consultations import Opening, open_consultation
from voice.services.demonstration import write_council

KILLS = int(os.environ.get("VOICE_KILLS", "12"))
PEOPLE_AT_ONCE = 4
PATIENCE_S = 180
SLUG = "viewpoint"


class TestKillingThePages:
    def test_loses_nothing_acknowledged_and_doubles_nothing(self, home):
        receipts, failures, pages, over = [], [], [], threading.Event()
        with running(home) as service:
            crowd = [
                threading.Thread(
                    target=_answer_again_and_again,
                    args=(service.root, number, receipts, failures, pages, over),
                )
                for number in range(PEOPLE_AT_ONCE)
            ]
            for person in crowd:
                person.start()
            killed = _kill_at_random(service, "web", KILLS, pages)
            over.set()
            for person in crowd:
                person.join()
            stored = _stored(service)

        assert failures == []
        assert killed == KILLS
        assert len(receipts) >= PEOPLE_AT_ONCE
        assert sorted(stored["submitted"]) == sorted(words for _, words in receipts)
        assert len({reference for reference, _ in receipts}) == len(receipts)

    def test_of_the_whole_service_leaves_a_store_that_starts_clean(self, home):
        with running(home) as service:
            acknowledged = _answer(Walker(service.root), "kept through a crash")
            service.kill_everything()
            service.start()

            assert _stored(service)["submitted"] == ["kept through a crash"]
            assert acknowledged
            assert _integrity(home) == "ok"

    def test_of_the_keeper_alone_leaves_nothing_running(self, home):
        with running(home) as service:
            parts = [service.part(name) for name in ("web", "worker")]
            service.kill_keeper()

            _wait_for(lambda: not any(part.is_running() for part in parts))


class TestKillingTheWorker:
    def test_in_the_middle_of_an_analysis_leaves_it_to_be_done_once(self, tmp_path):
        database = new_sqlite(tmp_path)
        _ask_for_themes(database)

        for time_claimed in (1, 2):
            with started_worker(tmp_path) as worker:
                _wait_for(partial(_was_claimed, database, time_claimed))
                worker.kill()
        interrupted = not _is_finished(database)
        with started_worker(tmp_path):
            _wait_for(partial(_is_finished, database))

        assert interrupted
        with database.reading() as session:
            assert session.scalar(select(func.count()).select_from(Analysis)) == 1
            keys = session.scalars(select(Theme.key)).all()
        assert keys
        assert len(keys) == len(set(keys))
        database.close()


def _ask_for_themes(database):
    with database.writing() as session:
        consultation = make_consultation(session)
        for number in range(60):
            words = f"More youth clubs in the evening please, near bus stop {number}"
            make_response(session, consultation, capacity="individual", important=words)
        jobs.enqueue(session, jobs.ANALYSE, "early-help/important", now=current_time())


def _was_claimed(database, times):
    with database.reading() as session:
        return session.scalar(select(Job.tries)) >= times


def _is_finished(database):
    with database.reading() as session:
        return session.scalar(select(Job.finished_at)) is not None


def _answer_again_and_again(root, number, receipts, failures, pages, over):
    """One person after another answers, each trying again whenever the service does not reply."""
    turn = 0
    while not over.is_set():
        turn += 1
        words = f"person {number} of round {turn}: ünï ✓"
        reference = _answer(Walker(root), words, pages)
        if reference is None:
            failures.append(words)
        else:
            receipts.append((reference, words))


def _answer(walker, words, pages=None):
    """Answer the whole questionnaire; return the reference on the receipt, None without one."""
    walker.open = _patient(walker.open, [] if pages is None else pages)
    page = walker.open(f"/consultations/{SLUG}")
    page = walker.press(page.forms[0])
    for _ in range(20):
        if "/sent" in page.address:
            found = re.search(r"Your reference<br><strong>([^<]+)", page.body)
            return found[1] if found else None
        if "/thank-you" in page.address:
            page = walker.open(f"/consultations/{SLUG}/questions")
        elif "/check" in page.address:
            page = walker.press(page.forms[0])
        else:
            page = walker.answer(page, words)
    return None


def _patient(open_page, pages):
    """Send the same thing again for as long as nobody answers, as a person would press again.

    Each page that was given is noted in `pages`.
    """

    def again(*asked):
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            try:
                page = open_page(*asked)
            except (URLError, HTTPException, OSError):
                time.sleep(0.1)
                continue
            if page.status < 500:
                pages.append(page.status)
                return page
            time.sleep(0.1)
        raise AssertionError(f"the service did not come back in {PATIENCE_S} s")

    return again


def _kill_at_random(service, part, times, pages):
    """Kill a part at a random moment after somebody was given a page, however slow the machine."""
    chance = random.Random(20261121)
    killed = 0
    while killed < times:
        given = len(pages)
        _wait_for(lambda given=given: len(pages) > given)
        time.sleep(chance.uniform(0.05, 1.0))
        if service.kill(part):
            killed += 1
            service.wait_until_ready()
    return killed


def _stored(service):
    """Return the words of every response that was sent in, and of those that were not."""
    stored = {"submitted": [], "begun": []}
    by_person = {}
    for line in service.command("responses", "export", SLUG).splitlines():
        answer = json.loads(line)
        by_person.setdefault(answer["respondent"], []).append(answer)
    for answers in by_person.values():
        words = [each["value"] for each in answers if each["question"] == "best"]
        stored["submitted" if answers[0]["submitted"] else "begun"] += words
    return stored


def _integrity(home):
    database = new_sqlite(home)
    with database.engine.connect() as connection:
        return connection.exec_driver_sql("PRAGMA integrity_check").scalar()


def _wait_for(holds):
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def home(tmp_path):
    """A data folder with one open consultation."""
    database = new_sqlite(tmp_path)
    now = current_time()
    with database.writing() as session:
        opening = Opening(SLUG, "families", now - timedelta(days=1), now + timedelta(days=1))
        survey = read_from_library("hmip_viewpoint")
        open_consultation(session, survey, opening, council=COUNCIL, now=now)
    database.close()
    write_council(tmp_path / "council.yaml")  # nobody young is asked without helplines (SAF-2)
    return tmp_path
