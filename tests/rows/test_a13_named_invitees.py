"""Rows A13 and H7: people asked by name, their status, reminders, and returns by date."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOON, SECRET
from tests.factories import make_consultation
from tests.voice.themed import make_officer
from tests.voice.web.doors import officer
from tests.voice.web.visitor import Visitor, count, words_in
from voice.clock import in_london
from voice.errors import ConsultationClosedError
from voice.models import Response
from voice.services import invitees, suppressions
from voice.services.consultations import find_by_slug
from voice.services.invitees import Person, Standing

__all__ = ["officer"]

SLUG = "early-help"
PAGE = f"/officers/consultations/{SLUG}/invitees"
FIRST = REMIND = 1  # the forms of the page, after the one that signs out
CHANGE = 2
PEOPLE = "Name,E-mail\nA. Board,a@example.org\nB. Police,b@example.org\nC. Health\n"


class TestRowA13:
    """TEST: status per member; a reminder goes only to non-repliers."""

    def test_the_list_shows_replied_not_replied_and_declined(self, officer, links, reply, app):
        reply(links["A. Board"])
        visitor = Visitor(app)
        visitor.press(visitor.open(links["B. Police"]), button=1)

        assert _statuses(officer.open(PAGE).body) == {
            "A. Board": "Replied",
            "B. Police": "Declined",
            "C. Health": "Not replied",
        }

    def test_a_reminder_goes_only_to_those_who_have_not_replied(self, officer, links, reply):
        reply(links["A. Board"])
        page = officer.press(officer.open(PAGE), form=REMIND)

        assert "Reminder 1, made on Monday 1 June 2026" in page.body
        assert "for 2." in page.body
        letters = officer.open(f"{PAGE}/letters.csv?reminder=1").body
        assert "A. Board" not in letters
        assert f"http://localhost{links['B. Police']}" in letters

    def test_who_replied_since_is_left_out_of_a_reminder_made_before(self, officer, links, reply):
        officer.press(officer.open(PAGE), form=REMIND)
        reply(links["B. Police"])

        assert "B. Police" not in officer.open(f"{PAGE}/letters.csv?reminder=1").body

    def test_who_must_not_be_written_to_is_left_out_of_the_letters(self, officer, links, database):
        with database.writing() as session:
            value, who = "B@example.org", make_officer(session)
            suppressions.suppress(session, who, value, reason="Moved", secret=SECRET, now=NOON)

        letters = officer.open(f"{PAGE}/letters.csv").body
        assert "B. Police" not in letters
        assert "A. Board" in letters

    def test_a_second_press_of_the_same_page_makes_no_second_reminder(self, officer, links):
        page = officer.open(PAGE)
        officer.press(page, form=REMIND)
        again = officer.press(page, form=REMIND)

        assert "Reminder 1" in again.body
        assert "Reminder 2" not in again.body

    def test_the_answers_stay_apart_from_the_name(self, links, reply, responses, stored, database):
        reply(links["A. Board"])

        assert len(responses()) == 1
        assert count(database, "named_reply") == 0
        assert stored()["A. Board"].replied_on == in_london(NOON).date()

    def test_a_named_reply_says_so_first_and_shows_whose_it_is(
        self, officer, add, reply, responses
    ):
        links = add(named=True)
        first = reply(links["A. Board"])

        assert "Your name will stand with your reply" in first.body
        assert responses()[0].reference in officer.open(PAGE).body

    def test_a_link_is_counted_once_and_says_when_the_reply_came(self, app, links, reply):
        reply(links["A. Board"])

        page = Visitor(app).open(links["A. Board"])
        assert "Your reply came on Monday 1 June 2026" in page.body
        assert page.forms == []

    def test_looking_at_a_link_changes_nothing(self, app, links, stored):
        Visitor(app).open(links["A. Board"])

        assert stored()["A. Board"].is_waited_for

    @pytest.mark.parametrize("code", ["nobody", "AAAA-AAAA-AAAA-AAAA"])
    def test_nobody_elses_link_opens(self, app, links, code):
        assert Visitor(app).open(f"/invited/{code}").status == 404

    def test_a_wrong_line_is_named_and_all_is_kept(self, officer, stored):
        typed = "A. Board\n,nobody@example.org\n"
        page = officer.press(officer.open(PAGE), ("people", typed), form=FIRST)

        assert page.status == 422
        assert "Line 2" in page.body
        assert words_in(page, "people") == typed
        assert stored() == {}

    @pytest.mark.parametrize(
        ("change", "status"), [("replied", "Replied"), ("declined", "Declined"), ("gone", None)]
    )
    def test_what_somebody_said_another_way_is_written_down(
        self, officer, links, stored, change, status
    ):
        key = str(stored()["C. Health"].id)
        page = officer.press(officer.open(PAGE), ("invitee", key), ("change", change), form=CHANGE)

        assert _statuses(page.body).get("C. Health") == status

    def test_a_formula_in_a_name_is_only_words(self, officer, add):
        """SEC-3."""
        add("=1+1\n")

        assert "'=1+1" in officer.open(f"{PAGE}/letters.csv").body


class TestRowH7:
    """TEST: return rate by date."""

    def test_the_rate_of_each_day_has_its_count_and_base(self, session):
        consultation = make_consultation(session, slug="another")
        officer = make_officer(session)
        people = [Person(f"School {number}") for number in range(21)]
        invitees.add_people(session, consultation, officer, people, secret=SECRET, now=NOON)
        listed = invitees.list_invitees(session, consultation)
        for place, invitee in enumerate(listed[:17]):
            later = NOON + timedelta(days=0 if place < 10 else 3)
            invitees.change_standing(session, invitee, officer, Standing.REPLIED, now=later)

        found = invitees.returns_by_day(listed)

        assert [(each.day.day, each.came, each.so_far, each.asked) for each in found] == [
            (1, 10, 10, 21),
            (4, 7, 17, 21),
        ]

    def test_the_page_prints_the_rate_with_its_base(self, officer, links, reply):
        reply(links["A. Board"])

        page = officer.open(PAGE).body
        assert "1 of 3 (33%) have replied" in page
        assert "1 June 2026" in page

    def test_after_the_close_nobody_is_reminded(self, session):
        consultation = make_consultation(session, slug="another")
        after = consultation.closes_at + timedelta(minutes=1)

        with pytest.raises(ConsultationClosedError):
            invitees.make_reminders(
                session, consultation, make_officer(session), press_key="one", now=after
            )


class TestAList:
    @pytest.mark.parametrize(
        ("text", "people"),
        [
            pytest.param("A\nB\n", [Person("A"), Person("B")], id="lines"),
            pytest.param("A\ta@b.c\n", [Person("A", "a@b.c")], id="from a spreadsheet"),
            pytest.param('"A, Chair",a@b.c', [Person("A, Chair", "a@b.c")], id="CSV"),
            pytest.param("\ufeffName,Mail\n\nA,m\nA,m", [Person("A", "m")], id="headings, twice"),
        ],
    )
    def test_is_read_as_it_is_pasted(self, text, people):
        assert invitees.read_people(text) == people

    @pytest.mark.parametrize(("text", "line"), [("", 0), ("A\n,x", 2), ("A" * 201, 1)])
    def test_says_which_line_is_wrong(self, text, line):
        with pytest.raises(ValueError, match=f"^{line}$"):
            invitees.read_people(text)

    def test_is_not_asked_by_name_once_somebody_was_told_otherwise(self, session):
        consultation = make_consultation(session, slug="another")
        people = [Person("A")]
        invitees.add_people(
            session, consultation, make_officer(session), people, secret=SECRET, now=NOON
        )

        with pytest.raises(ValueError, match="first list"):
            invitees.ask_by_name(session, consultation, named=True)


def _statuses(body):
    """Return each person's status, as the table prints it."""
    rows = re.findall(r'<th scope="row" class="govuk-table__header">(.*?)</tr>', body, re.DOTALL)
    found = [
        (row.partition("<")[0], re.search(r"<strong[^>]*>([^<]+)</strong>", row)) for row in rows
    ]
    return {name: status[1] for name, status in found if status}


@pytest.fixture(autouse=True)
def consultation(database):
    with database.writing() as session:
        return make_consultation(session, slug=SLUG).slug


@pytest.fixture
def add(officer, stored):
    """Put people on the list through the page; return each one's own link."""

    def paste(people=PEOPLE, *, named=False):
        form = [("people", people), *([("named", "y")] if named else [])]
        assert officer.press(officer.open(PAGE), *form, form=FIRST).status == 200
        return {
            name: f"/invited/{invitees.code_of(each, secret=SECRET)}"
            for name, each in stored().items()
        }

    return paste


@pytest.fixture
def links(add):
    return add()


@pytest.fixture
def reply(app):
    """Reply by a link of one's own, in a new browser; return the page of the link."""

    def through(link):
        browser = Visitor(app)
        page = browser.open(link)
        start = browser.press(page)
        assert start.address == f"/consultations/{SLUG}"
        browser.press(browser.press(start), ("capacity", "individual"))
        assert browser.press(browser.open(f"/consultations/{SLUG}/check")).status == 200
        return page

    return through


@pytest.fixture
def stored(database):
    def read():
        with database.reading() as session:
            found = invitees.list_invitees(session, find_by_slug(session, SLUG))
            return {each.name: each for each in found}

    return read


@pytest.fixture
def responses(database):
    def read():
        with database.reading() as session:
            return session.scalars(select(Response)).all()

    return read
