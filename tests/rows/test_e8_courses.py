"""Rows E8, E12, E16: two courses, answered through pages, stand side by side in one table."""

import csv
import io
import re

import pytest
from sqlalchemy import select

from tests.conftest import NOON, SECRET
from tests.factories import make_consultation, make_response
from tests.rows.following import COURSE, DUE, MANAGERS, open_course
from tests.surveys.conftest import survey_asking
from tests.voice.web.doors import officer_at, press_at
from tests.voice.web.visitor import Visitor
from voice.models import Delegate, Invitee, Link, Response
from voice.services import due, invitees, lessons
from voice.services.consultations import find_by_slug
from voice.services.workbooks import read_workbook

LATER = f"/officers/consultations/{COURSE}/three-months-later"
DESK = "/officers/consultations/training"
ASKED = {
    "code": "confidence",
    "kind": "pair",
    "text": "How confident are you?",
    "start": "Start of the course",
    "end": "End of the course",
}
NEGLECT, PROFILE = "Neglect", "Graded Care Profile"
# Source: BSCB, training 2017/18: start and end of these two courses in per cent.
PUBLISHED = {NEGLECT: (64, 84), PROFILE: (53, 92)}
APART = (-4, 4, -3, 3, -2, 2, 1)  # points about the average; whoever is last makes up for it
WITHHELD = ("withheld", "withheld", "withheld")


class TestTwoCourses:
    """TEST: average increase per course reproduced, of delegates who answered on pages."""

    def test_the_table_says_what_was_published_of_each(self, held, row, app):
        assert row(NEGLECT) == ("8", "64.0%", "84.0%", "20.0", "8")
        assert row(PROFILE) == ("9", "53.0%", "92.0%", "39.0", "9")

        answer_at(app, "/consultations/training", (0, 100))  # by no course
        assert row(NEGLECT) == ("8", "64.0%", "84.0%", "20.0", "8")

    def test_the_files_say_the_same_with_the_response_rate(self, kept, officer):
        expected = [
            [ASKED["text"], PROFILE, "9", "53.0%", "92.0%", "39.0", "9", "not known"],
            [ASKED["text"], NEGLECT, "8", "64.0%", "84.0%", "20.0", "8", "not known"],
        ]

        listed = officer.client.get(f"{DESK}/courses.csv").data.decode("utf-8-sig")
        packed = officer.client.get(f"{DESK}/courses.xlsx").data

        assert list(csv.reader(io.StringIO(listed)))[1:] == expected
        assert read_workbook(packed)[1:] == expected

    def test_each_can_be_read_alone(self, kept, officer):
        page = officer.open(f"{DESK}/results?wave={PROFILE}").body

        assert f"{PROFILE} alone (9)" in page
        assert "Average increase: 39.0 percentage points (n = 9 who gave both)." in page

    def test_but_not_parted_once_more(self, kept, officer, database):
        with database.writing() as session:
            find_by_slug(session, "training").information_number = 2
            everybody = session.scalars(select(Response).where(Response.wave == PROFILE)).all()
            for place, each in enumerate(everybody):
                each.information_at_start = 2 if place else 1

        page = officer.open(f"{DESK}/results?wave={PROFILE}&information=2&part=before").body

        assert "(n = 9 who gave both)." in page
        assert "is not parted once more" in page

    def test_a_course_of_a_handful_shows_no_figure_and_is_not_worked_out(
        self, kept, answer_by, row, officer
    ):
        for _ in range(3):
            answer_by("Small", (10, 90))

        assert row("Small") == ("withheld", *WITHHELD, "withheld")
        assert row(NEGLECT)[1:4] == WITHHELD  # with it, for what is left could be worked out
        assert row(PROFILE) == ("9", "53.0%", "92.0%", "39.0", "9")
        assert "So few could be recognised" in officer.open(f"{DESK}/courses").body
        alone = officer.open(f"{DESK}/results?wave=Small").body
        assert "alone (" in alone
        assert "Small alone" not in alone
        assert 'aria-current="page">All waves together' in alone


class TestALink:
    def test_tells_no_count_that_its_course_does_not(self, kept, make, answer_by, officer, by_link):
        for course in (NEGLECT, PROFILE):
            answer_by(course, (50, 60))
        for _ in range(3):
            answer_by("Small", (10, 90))

        assert by_link() == {
            NEGLECT: ("withheld", "withheld"),
            "Small": ("withheld", "withheld"),
            PROFILE: ("1", "1"),
        }
        assert "So few could be recognised" in officer.open(f"{DESK}/links").body

    @pytest.mark.parametrize(
        ("others", "shown"), [pytest.param(0, "withheld", id="all by it"), (5, "6")]
    )
    def test_of_no_course_tells_nothing_of_a_course_that_hides_behind_it(
        self, make, answer_by, by_link, database, others, shown
    ):
        make("")
        answer_by("Small", (10, 90))
        with database.writing() as session:
            link = session.scalars(select(Link).where(Link.wave == "")).one()
            for place in range(6 + others):
                one = make_response(session, find_by_slug(session, "training"))
                one.link_id = link.id if place < 6 else None

        assert by_link() == {"Small": ("withheld", "withheld"), "": (shown, shown)}

    def test_asks_for_no_names_of_people(self, officer):
        hint = re.search(r'id="course-hint"[^>]*>([^<]*)', officer.open(f"{DESK}/links").body)

        assert "No names of people" in hint[1]

    def test_carries_a_course_that_is_known_as_it_is_written_already(self, make, database):
        make("  graded   care profile ")
        make("Graded Care Profile")

        with database.reading() as session:
            assert set(session.scalars(select(Link.wave))) == {"graded care profile"}

    def test_says_its_course_on_the_page(self, make, officer):
        make(NEGLECT)

        assert f"of “{NEGLECT}”" in officer.open(f"{DESK}/links").body

    def test_of_too_long_a_course_comes_back_as_typed(self, officer):
        page = _make(officer, "x" * 61)

        assert page.status == 422
        assert "in up to 60 characters" in page.body
        assert "x" * 61 in page.body

    def test_on_a_screen_that_many_use_gives_each_its_course(self, officer, app, waves, database):
        _make(officer, NEGLECT, kind="kiosk")
        with database.reading() as session:
            code = session.scalars(select(Link.code)).one()
        screen = Visitor(app)
        screen.open(f"/go/{code}")
        for _ in range(2):
            finish(screen, screen.begin("training"), (50, 60))

        assert waves() == [NEGLECT] * 2

    def test_of_a_school_gives_its_pupils_their_course(self, officer, app, waves, database):
        _make(officer, NEGLECT, kind="class")
        with database.writing() as session:
            link = session.scalars(select(Link)).one()
            lesson = lessons.begin_lesson(session, link, ["Year 7"], now=NOON).code
        pupil = Visitor(app)
        begun = pupil.press(pupil.open(f"/class/{lesson}"), ("year-group", "Year 7"))
        finish(pupil, begun, (50, 60))

        assert waves() == [NEGLECT]

    def test_keeps_the_course_by_which_somebody_came_first(self, make, waves, app):
        first, second = make(NEGLECT), make(PROFILE)
        visitor = Visitor(app)
        begun = visitor.press(visitor.open(f"/go/{first}"))
        visitor.open(f"/go/{second}")
        finish(visitor, begun, (50, 60))

        assert waves() == [NEGLECT]


class TestAPaper:
    def test_is_of_the_course_that_the_officer_chose_and_so_is_the_next(self, make, enter, waves):
        make(NEGLECT)
        saved = enter(NEGLECT)

        assert re.search(rf'<option value="{NEGLECT}" selected>', saved.body)
        assert waves() == [NEGLECT]

    def test_is_of_no_course_that_nobody_knows(self, make, enter, waves):
        make(NEGLECT)
        enter("My dad hits me")

        assert waves() == [""]

    def test_offers_no_course_where_none_is_known(self, officer):
        assert "came-course" not in officer.open(f"{DESK}/enter").body


class TestThreeMonthsLater:
    @pytest.mark.parametrize(
        ("typed", "label"),
        [
            pytest.param("Neglect", "Neglect", id="named"),
            pytest.param("", "Course of Monday 2 March 2026", id="by its day"),
        ],
    )
    def test_a_reply_is_counted_with_the_course_it_follows(
        self, plan, draw, invitation, app, waves, typed, label
    ):
        assert plan(typed).status == 200
        draw()

        visitor = Visitor(app)
        opened = visitor.open(invitation("Ann"))
        assert f"counted together with those of others: {label}." in opened.body
        finish(visitor, visitor.press(visitor.press(opened)), (40, 90))

        assert waves() == [label]

    def test_so_is_that_of_a_line_manager_who_takes_another_s_place(
        self, plan, draw, replace, database
    ):
        plan("Neglect")
        draw()
        replace("New Head")

        with database.reading() as session:
            listed = select(Invitee.name, Invitee.wave).order_by(Invitee.name)
            assert session.execute(listed).all() == [("Ann", "Neglect"), ("New Head", "Neglect")]

    def test_too_long_a_name_comes_back(self, plan):
        page = plan("x" * 61)

        assert page.status == 422
        assert "in up to 60 characters" in page.body


def finish(visitor, page, pair):
    """Answer the evaluation from its first question on, and send it in."""
    start, end = pair
    page = visitor.press(page, ("confidence-start", str(start)), ("confidence-end", str(end)))
    assert "Check your answers" in page.body
    return visitor.press(page)


def answer_at(app, address, pair):
    """Come by an address with a browser of one's own, and answer."""
    visitor = Visitor(app)
    return finish(visitor, visitor.press(visitor.open(address)), pair)


def _make(officer, course, *, kind="channel"):
    page = officer.open(f"{DESK}/links")
    given = [("label", "On the last slide"), ("kind", kind), ("course", course)]
    return press_at(officer, page, "/links", *given)


@pytest.fixture(autouse=True)
def training(database):
    with database.writing() as session:
        make_consultation(session, survey=survey_asking(ASKED), slug="training")


@pytest.fixture
def officer(app, database):
    return officer_at(app, database)


@pytest.fixture
def make(officer, database):
    """Return a function that makes a link of a course on the page, and gives its code."""

    def make(course):
        before = codes()
        assert _make(officer, course).status == 200
        (made,) = codes() - before
        return made

    def codes():
        with database.reading() as session:
            return set(session.scalars(select(Link.code)))

    return make


@pytest.fixture
def answer_by(app, make):
    """Return a function that lets somebody come by the link of a course, and answer."""
    codes = {}

    def answer(course, pair):
        codes[course] = codes.get(course) or make(course)
        answer_at(app, f"/go/{codes[course]}", pair)

    return answer


@pytest.fixture
def held(answer_by, enter):
    """Both courses, answered by their links; one delegate of each on paper."""
    for course, (start, end) in PUBLISHED.items():
        for apart in APART:
            answer_by(course, (start + apart, end + apart))
        enter(course, (start - sum(APART), end - sum(APART)))
    answer_by(PROFILE, PUBLISHED[PROFILE])


@pytest.fixture
def kept(database, training):
    """Both courses as `held` leaves them, without a page."""
    with database.writing() as session:
        asked = find_by_slug(session, "training")
        people = [*((each, by) for each in PUBLISHED for by in (*APART, -sum(APART))), (PROFILE, 0)]
        for course, apart in people:
            pair = [str(number + apart) for number in PUBLISHED[course]]
            make_response(session, asked, confidence=pair).wave = course


@pytest.fixture
def enter(officer):
    """Return a function that types a paper in, as of this course."""

    def enter(course, pair=(50, 60)):
        start, end = pair
        page = officer.open(f"{DESK}/enter")
        day = [(f"received-on-{part}", getattr(NOON, part)) for part in ("day", "month", "year")]
        given = [("came-by", "paper"), *day, ("came-course", course),
                 ("confidence-start", str(start)), ("confidence-end", str(end))]  # fmt: skip
        return press_at(officer, page, "/enter", *given)

    return enter


@pytest.fixture
def by_link(officer):
    """Return a function that gives how many began and sent in by the link of each course."""

    def read():
        rows = officer.open(f"{DESK}/links").body.split('<th scope="row"')[1:]
        cells = [re.findall(r"cell--numeric\">([^<]*)<", each) for each in rows]
        named = [re.search("of “([^”]*)”", each) for each in rows]
        return {
            course[1] if course else "": (begun, sent)
            for course, (_, begun, sent) in zip(named, cells, strict=True)
        }

    return read


@pytest.fixture
def waves(database):
    def read():
        with database.reading() as session:
            return session.scalars(select(Response.wave)).all()

    return read


@pytest.fixture
def row(officer):
    """Return a function that gives the figures of one course from the page."""

    def read(course):
        body = officer.open(f"{DESK}/courses").body
        found = re.search(rf'<th scope="row"[^>]*>{course}</th>(.*?)</tr>', body, re.DOTALL)
        return tuple(re.findall(r"<td[^>]*>([^<]*)</td>", found[1]))

    return read


@pytest.fixture
def plan(officer, database):
    """Return a function that plans a follow-up of one course on its page."""
    open_course(database)

    def plan(course):
        given = [("held-day", "2"), ("held-month", "3"), ("held-year", "2026"), ("size", "1"),
                 ("people", "Ann,,Bob"), ("course", course),
                 ("delegates_asked", "training"), ("managers_asked", MANAGERS)]  # fmt: skip
        return officer.press(officer.open(LATER), *given, form=-1)

    return plan


@pytest.fixture
def draw(database, settings):
    """Return a function that lets the worker draw what is due."""

    def draw():
        with database.writing() as session:
            due.make_due(session, settings, now=DUE)

    return draw


@pytest.fixture
def invitation(database):
    """Return a function that gives the address that is somebody's own."""

    def address(name):
        with database.reading() as session:
            invitee = session.scalars(select(Invitee).where(Invitee.name == name)).one()
            return f"/invited/{invitees.code_of(invitee, secret=SECRET)}"

    return address


@pytest.fixture
def replace(officer, database):
    """Return a function that lets somebody else answer as the line manager."""

    def replace(name):
        with database.reading() as session:
            delegate = session.scalars(select(Delegate.id)).one()
        given = [("delegate", str(delegate)), ("name", name), ("reach", "")]
        officer.press(officer.open(LATER), *given, form=1)

    return replace
