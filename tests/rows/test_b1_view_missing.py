"""Row B1 b: whose view is missing in the five weeks before their conference."""

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from docx import Document
from sqlalchemy import select

from tests.conftest import NOON, SECRET
from tests.factories import make_consultation, make_response
from tests.voice.themed import make_officer
from tests.voice.web.doors import officer, officer_at
from tests.voice.web.visitor import Visitor, count, words_in
from voice.models import AuditEntry, ChildView, Conference, HeardBy
from voice.services import conferences
from voice.services.conferences import Planned, Standing
from voice.services.consultations import find_by_slug

__all__ = ["officer"]

SLUG = "review"
PAGE = f"/officers/consultations/{SLUG}/conferences"
TODAY = NOON.date()
ADD_FORM = -1  # the last form of the page
OPTIONS = {"attitude": "yes", "helpful": "very", "will_do": "respect", "worried": "no"}


class TestRowB1b:
    """TEST b: with no statement between D-35 days and D, a conference on D is "view missing"."""

    @pytest.mark.parametrize(
        ("days_before", "standing"),
        [
            pytest.param(None, Standing.MISSING, id="no statement"),
            pytest.param(36, Standing.MISSING, id="36 days before"),
            pytest.param(35, Standing.HEARD, id="35 days before"),
            pytest.param(0, Standing.HEARD, id="on the day"),
            pytest.param(-1, Standing.MISSING, id="a day after"),
        ],
    )
    def test_only_a_statement_of_the_35_days_before_counts(
        self, plan, heard, lines, days_before, standing
    ):
        held = TODAY + timedelta(days=3)
        plan("CP1", held)
        if days_before is not None:
            heard("CP1", held - timedelta(days=days_before))

        assert [each.standing for each in lines()] == [standing]

    def test_it_is_missing_from_the_35th_day_on(self, plan, lines):
        held = TODAY + timedelta(days=36)
        plan("CP1", held)

        assert lines()[0].standing is Standing.NOT_YET
        assert lines(NOON + timedelta(days=1))[0].standing is Standing.MISSING
        assert lines(NOON + timedelta(days=1))[0].days_left == 35

    def test_days_are_those_of_uk_clocks(self, plan, lines):
        plan("CP1", date(2026, 7, 6))  # its 35th day before is 1 June
        last_of_may = datetime(2026, 5, 31, 22, 59, tzinfo=UTC)

        assert lines(last_of_may)[0].standing is Standing.NOT_YET
        assert lines(last_of_may + timedelta(minutes=1))[0].standing is Standing.MISSING

    def test_one_statement_counts_for_every_conference_whose_weeks_hold_it(
        self, plan, heard, lines
    ):
        plan("CP1", TODAY + timedelta(days=2))
        plan("cp 1", TODAY + timedelta(days=30))
        plan("CP2", TODAY + timedelta(days=2))
        heard("CP1", TODAY)

        assert {(each.reference, each.standing) for each in lines()} == {
            ("CP1", Standing.HEARD),
            ("cp 1", Standing.HEARD),
            ("CP2", Standing.MISSING),
        }

    def test_the_page_lists_them_with_the_days_left(self, plan, officer):
        plan("CP1", TODAY + timedelta(days=3))

        page = officer.open(PAGE).body
        assert "View missing (1)" in page
        assert "3 days left" in page

    def test_somebody_who_must_not_be_asked_is_not_missing(self, plan, lines, officer, database):
        plan("CP1", TODAY + timedelta(days=3))
        page = officer.open("/officers/not-to-be-asked")
        officer.press(page, ("value", "cp1"), ("reason", "Asked for quiet"), form=1)

        assert lines()[0].standing is Standing.NOT_TO_BE_ASKED
        body = officer.open(PAGE).body
        assert "View missing (0)" in body
        assert "/view/" not in body
        officer.press(officer.open("/officers/not-to-be-asked"), ("value", "CP1"), form=1, button=1)
        assert lines()[0].standing is Standing.MISSING


class TestAStatementByTheLink:
    def test_is_noted_when_it_is_sent_in_and_not_before(self, link, lines, app):
        child = Visitor(app)
        begun = child.press(child.press(child.open(link)))
        assert lines()[0].standing is Standing.MISSING

        _send(child, begun)

        assert lines()[0].standing is Standing.HEARD

    def test_is_shown_without_the_day_that_would_say_which_answers_are_theirs(
        self, link, officer, app
    ):
        _send_helped(Visitor(app), link)

        page, sheet = officer.open(PAGE).body, officer.open(f"{PAGE}.csv").body
        assert "Heard (1)" in page
        assert "CP1,2026-06-04,3,Heard," in sheet
        assert "1 June 2026" not in page
        assert TODAY.isoformat() not in sheet

    def test_is_noted_where_a_worker_helps(self, link, lines, app):
        _send_helped(Visitor(app), link)

        assert lines()[0].standing is Standing.HEARD

    def test_of_the_next_child_on_the_same_device_is_not_taken_for_theirs(
        self, link, app, database
    ):
        device = Visitor(app)
        page = device.press(device.open(link), button=1)
        device.press(page, ("worker", "social_worker"))  # begun and left

        _send_helped(device, f"/consultations/{SLUG}/with-somebody")

        assert count(database, "child_view") == 0

    @pytest.mark.parametrize("who", [0, 1], ids=["alone", "helped"])
    @pytest.mark.parametrize("has_reset", [False, True])
    def test_opened_and_left_is_nobody_elses_who_begins_at_the_ordinary_page(
        self, link, app, database, who, has_reset
    ):
        device = Visitor(app)
        device.press(device.open(link), button=who)
        if has_reset:
            device.open(f"/consultations/{SLUG}/reset")

        _send(device, device.begin(SLUG))

        assert count(database, "response") == 1
        assert count(database, "child_view") == 0

    def test_is_forgotten_by_a_device_that_begins_anew(self, link, app):
        device = Visitor(app)
        device.press(device.press(device.open(link)))
        assert _view_cookie(device)

        device.open(f"/consultations/{SLUG}/reset")

        assert not _view_cookie(device)

    def test_is_forgotten_once_it_is_sent_in_with_help(self, link, app):
        device = Visitor(app)
        _send_helped(device, link)

        assert not _view_cookie(device)

    def test_in_the_chat_is_that_of_whoever_began_it_by_the_link(self, link, app):
        child, other = Visitor(app), Visitor(app)
        code = link.removeprefix("/view/")
        child.press(child.press(child.open(f"/consultations/{SLUG}/chat?meeting={code}")))
        other.press(other.press(other.open(f"/consultations/{SLUG}/chat")))

        assert _view_cookie(child).value.startswith(f"{code}.")
        assert not _view_cookie(other)

    def test_is_joined_to_no_name_and_no_answer(self, link, app, database):
        _send_helped(Visitor(app), link)

        with database.reading() as session:
            (view,) = session.scalars(select(ChildView)).all()
            (conference,) = session.scalars(select(Conference)).all()
        kept = f"{vars(view)} {vars(conference)}"
        assert "CP1" not in kept
        assert "response" not in kept

    def test_looking_at_the_link_changes_nothing(self, link, app, database):
        assert "Your meeting is on Thursday 4 June 2026" in Visitor(app).open(link).body
        assert count(database, "child_view") == 0

    def test_of_nobody_opens_nothing(self, app):
        assert Visitor(app).open("/view/AAAA-AAAA-AAAA-AAAA").status == 404


class TestHeardOtherwise:
    def test_is_written_down_by_an_officer_with_how_and_taken_back(
        self, link, officer, lines, database
    ):
        _say_otherwise(officer, how="paper", on=TODAY)

        page = officer.open(PAGE).body
        assert (lines()[0].standing, lines()[0].heard_by) == (Standing.HEARD, (HeardBy.PAPER,))
        assert "Heard (on paper)" in page
        assert "1 on paper." in page
        assert "View missing (0)" in page
        assert "Heard (on paper)" in officer.open(f"{PAGE}.csv").body

        officer.press(officer.open(PAGE), form=1)

        assert lines()[0].standing is Standing.MISSING
        with database.reading() as session:
            actions = session.scalars(select(AuditEntry.action)).all()
        assert [each for each in actions if each.startswith("child")][-2:] == [
            "child heard: paper",
            "child heard: taken back",
        ]

    def test_leaves_what_came_by_the_link_when_it_is_taken_back(self, link, officer, heard, lines):
        heard("CP1", TODAY)
        _say_otherwise(officer, how="phone", on=TODAY)
        assert lines()[0].heard_by == (HeardBy.LINK, HeardBy.PHONE)

        officer.press(officer.open(PAGE), form=1)

        assert lines()[0].heard_by == (HeardBy.LINK,)

    @pytest.mark.parametrize(
        ("how", "on", "said"),
        [
            pytest.param("", TODAY, "Choose how they were heard", id="no way"),
            pytest.param("link", TODAY, "Choose how they were heard", id="a way of the service"),
            pytest.param("paper", None, "Enter the day", id="no day"),
            pytest.param("paper", TODAY - timedelta(days=33), "Enter the day", id="too early"),
            pytest.param("paper", TODAY + timedelta(days=1), "Enter the day", id="to come"),
        ],
    )
    def test_needs_one_of_the_ways_and_a_day_that_counts(self, link, officer, lines, how, on, said):
        page = _say_otherwise(officer, how=how, on=on)

        assert page.status == 422
        assert said in page.body
        assert lines()[0].standing is Standing.MISSING

    def test_is_no_business_of_another_team(self, link, app, database, officer):
        address = _otherwise_address(officer)

        assert officer_at(app, database, team="roads").open(address).status == 404


class TestTheCodeOfALink:
    def test_typed_in_with_a_paper_counts_on_the_day_it_was_received(self, link, officer, lines):
        page = _type_paper(officer, link)

        assert page.status == 200
        assert lines()[0].heard_by == (HeardBy.LINK,)

    def test_is_printed_on_the_childs_own_form_and_counts_when_it_is_typed_in(
        self, link, officer, lines, app
    ):
        address = re.search(r'href="([^"]*/paper\?meeting=[^"]+)"', officer.open(PAGE).body)[1]
        paper = Visitor(app).open(address).body
        (code,) = re.findall(r"Code of your meeting: ([0-9A-Z-]+)\.", paper)
        written = app.test_client().get(address.replace("/paper?", "/paper.docx?")).data

        assert code in _words_of(written)
        assert f"paper.pdf?meeting={code}" in paper
        _type_paper(officer, code)
        assert lines()[0].standing is Standing.HEARD

    @pytest.mark.parametrize(
        ("language", "said"),
        [("cy", "Cod eich cyfarfod: "), ("ur", "آپ کی میٹنگ کا کوڈ: \u2066")],
    )
    def test_is_printed_in_the_language_of_the_form(self, link, app, language, said):
        code = link.removeprefix("/view/")
        address = f"/consultations/{SLUG}/paper?meeting={code}&language={language}"

        assert f"{said}{code}" in Visitor(app).open(address).body

    def test_of_nobody_is_not_printed(self, link, app):
        paper = Visitor(app).open(f"/consultations/{SLUG}/paper?meeting=AAAA-BBBB").body

        assert "Code of your meeting" not in paper
        assert "AAAA" not in paper

    def test_typed_wrongly_with_a_paper_is_refused_and_comes_back(self, link, officer, lines):
        page = _type_paper(officer, "AAAA-BBBB")

        assert page.status == 422
        assert "This is not the link of a conference here" in page.body
        assert 'value="AAAA-BBBB"' in page.body
        assert lines()[0].standing is Standing.MISSING

    def test_typed_in_by_a_worker_who_helps_counts_as_the_link_does(self, link, app, lines):
        worker = Visitor(app)
        page = worker.open(f"/consultations/{SLUG}/with-somebody")
        typed = f"http://localhost{link.lower()} "

        _send(worker, worker.press(page, ("worker", "school"), ("meeting", typed)))

        assert lines()[0].heard_by == (HeardBy.LINK,)

    def test_typed_wrongly_by_a_worker_is_refused_and_comes_back(self, link, app, database):
        worker = Visitor(app)
        page = worker.open(f"/consultations/{SLUG}/with-somebody")

        page = worker.press(page, ("worker", "school"), ("meeting", "AAAA"))

        assert page.status == 422
        assert "This is not the link of a meeting here" in page.body
        assert count(database, "response") == 0


class TestAList:
    def test_comes_back_as_it_was_typed(self, officer, database):
        page = officer.press(officer.open(PAGE), ("lines", "CP1\n"), form=ADD_FORM)

        assert page.status == 422
        assert "Line 1" in page.body
        assert words_in(page, "lines") == "CP1\n"

    def test_is_kept_once_and_one_can_be_taken_off(self, officer, database):
        for _ in range(2):
            officer.press(officer.open(PAGE), ("lines", "CP1, 4/6/2026"), form=ADD_FORM)
        assert count(database, "conference") == 1

        officer.press(officer.open(PAGE), form=1)

        assert count(database, "conference") == 0

    def test_can_be_downloaded_with_the_links(self, link, officer):
        assert link in officer.open(f"/officers/consultations/{SLUG}/conferences.csv").body


def _words_of(document):
    return "\n".join(each.text for each in Document(BytesIO(document)).paragraphs)


def _otherwise_address(officer):
    return re.search(r'href="([^"]*/heard)"', officer.open(PAGE).body)[1]


def _say_otherwise(officer, *, how, on):
    page = officer.open(_otherwise_address(officer))
    day = [("day", on.day), ("month", on.month), ("year", on.year)] if on else []
    typed = [(f"heard-on-{part}", value) for part, value in day]
    return officer.press(page, ("how", how), *typed, form=1)


def _type_paper(officer, code):
    page = officer.open(f"/officers/consultations/{SLUG}/enter")
    day = zip(("day", "month", "year"), (TODAY.day, TODAY.month, TODAY.year), strict=True)
    received = [(f"received-on-{part}", value) for part, value in day]
    given = [*OPTIONS.items(), ("came-by", "paper"), ("their-meeting", code), *received]
    return officer.press(page, *given, form=1)


def _send(child, page):
    for code, option in OPTIONS.items():
        page = child.press(page, (code, option))
    page = child.press(page, ("remember", "Lots"), ("remember-hearing", "own_words"))
    return child.press(child.open(f"/consultations/{SLUG}/check"))


def _view_cookie(device):
    return device.client.get_cookie("view", path=f"/consultations/{SLUG}")


def _send_helped(device, address):
    page = device.open(address)
    page = device.press(page, button=1) if address.startswith("/view/") else page
    return _send(device, device.press(page, ("worker", "social_worker")))


@pytest.fixture(autouse=True)
def consultation(database):
    with database.writing() as session:
        return make_consultation(session, survey="chelseas_choice_2015", slug=SLUG).slug


@pytest.fixture
def plan(database):
    def add(reference, held_on):
        with database.writing() as session:
            found, planned = find_by_slug(session, SLUG), [Planned(reference, held_on)]
            officer = make_officer(session)
            conferences.add_conferences(session, found, officer, planned, secret=SECRET, now=NOON)

    return add


@pytest.fixture
def heard(database, lines):
    """Let the child of this reference have sent a statement in on that day."""

    def note(reference, day):
        at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        line = next(each for each in lines() if each.reference == reference)
        code = conferences.code_of(line.id, secret=SECRET)
        with database.writing() as session:
            given = make_response(session, find_by_slug(session, SLUG), attitude="yes")
            conferences.note_view(session, code, given, now=at)

    return note


@pytest.fixture
def lines(database):
    def read(at=NOON):
        with database.reading() as session:
            found = find_by_slug(session, SLUG)
            return conferences.list_conferences(session, found, secret=SECRET, now=at)

    return read


@pytest.fixture
def link(plan, officer):
    plan("CP1", TODAY + timedelta(days=3))
    return re.search(r"/view/[0-9A-Z-]+", officer.open(PAGE).body)[0]
