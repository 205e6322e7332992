"""Row E8: three months after a course, a sample of delegates and their line managers."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import select

from tests.conftest import COUNCIL, NOON, SECRET
from tests.rows.following import (
    COURSE,
    DELEGATES,
    DUE,
    HELD_ON,
    MANAGERS,
    list_planned,
    open_course,
)
from tests.rows.following import plan as plan_for
from tests.voice.mailed import send_due_letters
from tests.voice.themed import make_officer
from tests.voice.web.doors import officer_at
from tests.voice.web.visitor import Visitor, count, counted_statements, words_in
from voice.clock import in_london
from voice.models import Consultation, Invitee
from voice.services import due, follow_ups, invitees, suppressions
from voice.services.consultations import find_by_slug
from voice.services.follow_ups import draw_sample

PAGE = f"/officers/consultations/{COURSE}/three-months-later"
CAME, SIZE = 40, 10


class TestRowE8:
    """TEST: at +3 months sample invited, manager replaceable, non-return rate reported."""

    def test_nobody_is_invited_before_the_three_months_are_over(self, planned, look, database):
        look(DUE - timedelta(days=1))

        assert count(database, "invitee") == 0

    def test_a_sample_and_its_line_managers_are_invited_on_the_day(self, planned, look, invited):
        look(DUE)

        delegates, managers = invited(DELEGATES), invited(MANAGERS)
        assert len(delegates) == len(managers) == SIZE
        assert {each.removeprefix("Delegate ") for each in delegates} == {
            each.removeprefix("Manager ") for each in managers
        }

    def test_the_sample_is_drawn_once_however_often_the_worker_looks(self, planned, look, invited):
        look(DUE)
        first = invited(DELEGATES)
        look(DUE + timedelta(days=1))

        assert invited(DELEGATES) == first

    def test_a_large_sample_is_drawn_in_few_statements(self, database, council):
        plan_for(database, came=120, size=100)
        with counted_statements(database) as statements:
            due.make_each_due(database, council, now=DUE)

        assert count(database, "delivery") == 200
        assert len(statements) < 53  # 200 letters

    def test_anybody_can_draw_it_again_with_the_seed_that_is_kept(
        self, planned, look, invited, officer
    ):
        look(DUE)
        (follow_up,) = planned()
        again = draw_sample(range(1, CAME + 1), SIZE, seed=follow_up.seed)

        assert invited(DELEGATES) == {f"Delegate {place}" for place in again}
        assert follow_up.seed in officer.open(PAGE).body

    def test_each_is_written_to_with_a_link_of_their_own(self, planned, look, letters):
        look(DUE)
        sent = letters()

        assert len(sent) == 2 * SIZE
        assert len({each.to for each in sent}) == 2 * SIZE
        assert all("https://voice.example/invited/" in each.text for each in sent)

    def test_a_manager_is_replaced_and_the_new_one_is_invited(
        self, planned, look, invited, officer, app, links
    ):
        look(DUE)
        drawn = _drawn(planned)[0]
        old_link = links(MANAGERS)[drawn.manager_name]
        _replace(officer, drawn, "New Head", "new@example.org")

        assert "New Head" in invited(MANAGERS)
        assert drawn.manager_name not in invited(MANAGERS)
        assert Visitor(app).open(old_link).status == 404
        assert Visitor(app).open(links(MANAGERS)["New Head"]).status == 200
        assert "1 line manager was replaced" in officer.open(PAGE).body

    def test_a_second_press_invites_the_new_manager_once(self, planned, look, officer, links):
        look(DUE)
        drawn = _drawn(planned)[0]
        _replace(officer, drawn, "New Head", "new@example.org")
        link = links(MANAGERS)["New Head"]
        _replace(officer, drawn, "New Head ", "new@example.org")

        assert links(MANAGERS)["New Head"] == link
        assert sum(each.managers_before for each in planned()[0].delegates) == 1

    def test_the_letter_to_a_replaced_manager_is_withdrawn(self, planned, look, officer, letters):
        look(DUE)
        drawn = _drawn(planned)[0]
        _replace(officer, drawn, "New Head", "new@example.org")

        assert drawn.manager_reach not in {each.to for each in letters()}

    def test_a_manager_is_replaced_before_the_day_as_well(self, planned, look, invited, officer):
        first = planned()[0].delegates[0]
        _replace(officer, first, "New Head")
        look(DUE)

        assert first.manager_name not in invited(MANAGERS)

    def test_a_manager_who_replied_stays(self, planned, look, officer, reply, invited):
        look(DUE)
        drawn = _drawn(planned)[0]
        reply(MANAGERS, drawn.manager_name)
        page = _replace(officer, drawn, "New Head")

        assert page.status == 422
        assert drawn.manager_name in invited(MANAGERS)

    def test_who_did_not_return_it_is_reported_for_each_group(self, planned, look, officer, reply):
        look(DUE)
        drawn = _drawn(planned)
        for each in drawn[:6]:
            reply(DELEGATES, each.name)
        for each in drawn[:3]:
            reply(MANAGERS, each.manager_name)

        page = officer.open(PAGE).body
        assert "4 of 10 (40%)" in page
        assert "7 of 10 (70%)" in page

    def test_a_replaced_manager_counts_once_among_those_asked(self, planned, look, officer):
        look(DUE)
        _replace(officer, _drawn(planned)[0], "New Head")

        assert follow_ups.count_superiors(planned()[0]).asked == SIZE

    def test_somebody_who_must_not_be_asked_is_never_drawn(self, planned, look, invited, database):
        with database.writing() as session:
            officer = make_officer(session)
            for place in range(1, CAME - SIZE + 1):
                value = f"delegate{place}@example.org"
                suppressions.suppress(session, officer, value, reason="No", secret=SECRET, now=NOON)
        look(DUE)

        last = {f"Delegate {place}" for place in range(CAME - SIZE + 1, CAME + 1)}
        assert invited(DELEGATES) == last

    def test_it_waits_until_what_is_asked_is_open(self, planned, look, invited, database):
        with database.writing() as session:
            find_by_slug(session, MANAGERS).opens_at = DUE + timedelta(days=2)
        look(DUE)
        assert invited(DELEGATES) == set()

        look(DUE + timedelta(days=2))

        assert len(invited(DELEGATES)) == SIZE


class TestPlanning:
    def test_is_done_on_the_page(self, officer, planned_now):
        page = _plan(officer, people="Ann,a@example.org,Bob,b@example.org\nCy\n", size="2")

        assert page.status == 200
        (follow_up,) = planned_now()
        assert (follow_up.due_on, follow_up.sample_size) == (date(2026, 6, 2), 2)
        assert [each.manager_name for each in follow_up.delegates] == ["Bob", ""]

    @pytest.mark.parametrize(
        ("people", "size", "said"),
        [
            ("", "1", "Write or paste those who came"),
            ("Ann\n,nobody@example.org", "1", "Line 2"),
            ("Ann", "2", "Write a number from 1"),
            ("Ann", "some", "Write a number from 1"),
            ("Ann", "1" * 5000, "Write a number from 1"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(
        self, officer, planned_now, people, size, said
    ):
        page = _plan(officer, people=people, size=size)

        assert page.status == 422
        assert said in page.body
        assert words_in(page, "people") == people
        assert planned_now() == []

    def test_of_a_course_at_the_end_of_the_calendar_is_refused(self, officer, planned_now):
        page = _plan(officer, people="Ann", size="1", held_on=date(9999, 11, 2))

        assert page.status == 422
        assert planned_now() == []


def _plan(officer, *, people, size, held_on=HELD_ON):
    given = [("held-day", held_on.day), ("held-month", held_on.month), ("held-year", held_on.year),
             ("people", people), ("size", size), ("delegates_asked", DELEGATES),
             ("managers_asked", MANAGERS)]  # fmt: skip
    return officer.press(officer.open(PAGE), *given, form=-1)


def _replace(officer, delegate, name, reach=""):
    given = [("delegate", str(delegate.id)), ("name", name), ("reach", reach)]
    return officer.press(officer.open(PAGE), *given, form=1)


def _drawn(planned):
    return [each for each in planned()[0].delegates if each.invitee is not None]


@pytest.fixture(autouse=True)
def course(database):
    open_course(database)


@pytest.fixture
def council(settings):
    return replace(
        settings, council=COUNCIL.model_copy(update={"address": "https://voice.example"})
    )


@pytest.fixture
def officer(app, database):
    return officer_at(app, database)


@pytest.fixture
def planned_now(database):
    return lambda: list_planned(database)


@pytest.fixture
def planned(database, planned_now):
    plan_for(database, came=CAME, size=SIZE)
    return planned_now


@pytest.fixture
def look(database, council):
    """Let the worker look for what is due."""

    def at(moment):
        with database.writing() as session:
            due.make_due(session, council, now=moment)

    return at


@pytest.fixture
def listed(database):
    def read(slug):
        with database.reading() as session:
            found = select(Invitee).join(Consultation, Consultation.id == Invitee.consultation_id)
            return session.scalars(found.where(Consultation.slug == slug)).all()

    return read


@pytest.fixture
def invited(listed):
    return lambda slug: {each.name for each in listed(slug)}


@pytest.fixture
def links(listed):
    def of(slug):
        return {
            each.name: f"/invited/{invitees.code_of(each, secret=SECRET)}" for each in listed(slug)
        }

    return of


@pytest.fixture
def reply(database, listed):
    """Let somebody have replied by their own link."""

    def by(slug, name):
        (key,) = [each.id for each in listed(slug) if each.name == name]
        with database.writing() as session:
            session.get(Invitee, key).replied_on = in_london(DUE).date()

    return by


@pytest.fixture
def letters(database, council):
    return partial(send_due_letters, database, council, at=DUE)
