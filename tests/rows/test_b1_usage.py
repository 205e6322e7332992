"""Row B1 c: the usage report."""

import pytest
from sqlalchemy import select

from surveys.answers import Answer
from surveys.definition import read_from_library
from tests.conftest import NOON, SECRET
from tests.factories import make_consultation
from tests.voice.themed import make_officer
from tests.voice.web.doors import officer, officer_at
from tests.voice.web.visitor import Visitor
from voice.models import Channel, Hearing, WorkerAccount
from voice.services import assisting, joining, keys, responses, usage, worker_accounts
from voice.services.consultations import find_by_slug

__all__ = ["officer"]

# Source: 002_8a5e063e208b52bb.txt:494, as of 24 August 2017.
PUBLISHED = (260, 274, 287)
ACCOUNTS, WORKERS, STATEMENTS = PUBLISHED
PLAN = "/consultations/plan/with-somebody"


class TestRowB1c:
    """TEST c: usage report prints accounts, worker accounts, statements = 260/274/287."""

    def test_the_page_and_the_file_print_the_published_figures(self, published, officer):
        page = officer.open("/officers/usage").body
        rows = [line for line in officer.open("/officers/usage.csv").body.splitlines() if line]

        for figure in PUBLISHED:
            assert f">{figure}</td>" in page
        assert rows[-1] == "All together,260,274,287,100"

    def test_an_account_is_one_however_often_and_wherever_it_is_used(self, say, count):
        code = _code(1)
        for _ in range(3):
            say(code)
        say(code, slug="second")

        assert count("plan", "second") == (1, 0, 4)

    def test_who_uses_no_code_has_no_account(self, say, count):
        say("")

        assert count("plan") == (0, 0, 1)

    def test_somebody_helped_twice_is_one_if_their_code_says_so(self, say, helped):
        code = _code(1)
        say(code, helped="social_worker")
        say(code, helped="teacher")
        say("", helped="teacher")

        assert helped("plan") == 2

    def test_what_was_never_sent_is_no_statement(self, say, count):
        say(_code(1), sent=False)

        assert count("plan") == (0, 0, 0)

    def test_what_was_skipped_from_end_to_end_is_no_statement(self, say, count):
        say(_code(1), skips=True)

        assert count("plan") == (1, 0, 0)

    def test_another_team_sees_none_of_it(self, say, app, database):
        say(_code(1))
        other = officer_at(app, database, team="roads")

        assert "All together,0,0,0,0" in other.open("/officers/usage.csv").body


class TestAWorkerAccount:
    def test_is_one_worker_however_many_children_they_help(self, help_with, count):
        for _ in range(5):
            help_with(" SW 1047")
        help_with("sw1047", slug="second")
        help_with("SW 2000")

        assert count("plan", "second")[1] == 2

    def test_is_nobody_without_a_reference(self, help_with, count):
        help_with("")

        assert count("plan")[1] == 0

    def test_is_kept_as_a_hash_that_leads_to_no_response(self, help_with, database):
        help_with("SW1047")

        with database.reading() as session:
            (account,) = session.scalars(select(WorkerAccount)).all()
        assert set(WorkerAccount.__table__.columns.keys()) == {
            "id", "consultation_id", "worker_hash",
        }  # fmt: skip
        assert account.worker_hash == keys.keyed_hash(SECRET, "worker", "sw1047")

    def test_is_refused_where_it_is_too_long_and_every_word_comes_back(self, help_with, count):
        page = help_with("9" * 41)

        assert page.status == 422
        assert "Write up to 40 characters" in page.body
        assert f'value="{"9" * 41}"' in page.body
        assert 'value="social_worker" checked' in page.body


@pytest.fixture
def help_with(app):
    """Begin to answer with a worker, who gives this reference."""

    def begin(reference, *, slug="plan"):
        worker = Visitor(app)
        page = worker.open(PLAN.replace("plan", slug, 1))
        given = (("worker", "social_worker"), ("worker-reference", reference))
        return worker.press(page, *given)

    return begin


@pytest.fixture(autouse=True)
def consultations(database):
    survey = read_from_library("pep_pupil_2017")
    assert survey.joins is not None
    with database.writing() as session:
        for slug in ("plan", "second"):
            make_consultation(session, survey=survey, slug=slug)
        make_officer(session)


def _say(session, consultation, code, *, helped="", sent=True, skips=False):
    """Give one statement through the service: one answer, or that they chose not to say."""
    channel = Channel.ASSISTED if helped else Channel.WEB
    response = responses.start_response(session, consultation, channel, now=NOON).response
    response.helped_by = helped
    if code:
        joining.join(response, code, secret=SECRET)
    if not helped:
        answer = Answer("school", () if skips else ("good",))
        responses.record_answer(session, response, answer, now=NOON)
    if helped:
        chose_not_to = assisting.Helped(Hearing.DECLINED)
        assisting.keep_note(session, response, "tell", chose_not_to, now=NOON)
    if sent:
        responses.submit_response(session, response, now=NOON)


def _code(number):
    return keys.personal_code_from(SECRET, f"press {number}")


@pytest.fixture
def say(database):
    def once(code, *, slug="plan", **how):
        with database.writing() as session:
            _say(session, find_by_slug(session, slug), code, **how)

    return once


@pytest.fixture
def count(database):
    def of(*slugs):
        with database.reading() as session:
            found = usage.usage_of(session, [find_by_slug(session, slug) for slug in slugs], "")
            return found.accounts, found.worker_accounts, found.statements

    return of


@pytest.fixture
def helped(database):
    def of(slug):
        with database.reading() as session:
            return usage.usage_of(session, [find_by_slug(session, slug)], "").people_helped

    return of


@pytest.fixture
def published(database):
    """Everybody of August 2017: some were helped, some came twice, many workers helped nobody yet.

    A worker's account is theirs from the first time they begin with somebody.
    """
    with database.writing() as session:
        plan = find_by_slug(session, "plan")
        for number in range(ACCOUNTS):
            _say(session, plan, _code(number), helped="social_worker" if number < 100 else "")
        for number in range(STATEMENTS - ACCOUNTS):
            _say(session, plan, _code(number))
        for number in range(WORKERS):
            worker_accounts.note(session, plan, f"SW{number}", secret=SECRET)
