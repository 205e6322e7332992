"""Who works here and may do what: roles, teams, and an administrator who always stays (SEC-1)."""

import re

import pytest
from sqlalchemy import select

from tests.conftest import NOON
from tests.factories import make_consultation
from tests.voice.themed import make_officer, make_people, make_theme, sign_in, sign_off
from voice.models import AuditEntry, Officer, Role

PEOPLE = "/officers/people"
GUARD = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
SEEN = re.compile(r'name="seen" value="([^"]+)"')


class TestAPerson:
    def test_is_given_another_role_and_team_by_the_administrator(self, admin, person, database):
        assert press(admin, person, role="communications", team=" roads ").status_code == 303

        assert kept(database, person) == (Role.COMMUNICATIONS, "roads", None)
        with database.reading() as session:
            noted = session.scalars(
                select(AuditEntry.subject).where(AuditEntry.action == "officer placed")
            ).one()
        assert noted == f"{person.id}: communications of roads"

    def test_may_do_it_from_the_next_page_on(self, app, admin, person, database):
        browser = app.test_client()
        with database.writing() as session:
            make_consultation(session)
            sign_in(browser, session, person)
        address = "/officers/consultations/early-help/responses"
        assert browser.get(address).status_code == 200

        press(admin, person, role="analyst", team="families")

        assert browser.get(address).status_code == 403

    @pytest.mark.parametrize(
        ("typed", "says"),
        [
            pytest.param({"role": "analyst", "team": " "}, "Write the team", id="no team"),
            pytest.param({"role": "analyst", "team": "x", "seen": "another"}, "Somebody else",
                         id="changed meanwhile"),
        ],
    )  # fmt: skip
    def test_is_left_as_they_were_with(self, admin, person, database, typed, says):
        assert says in press(admin, person, **typed).text

        assert kept(database, person) == (Role.OFFICER, "families", None)

    def test_keeps_their_role_where_the_form_names_none_of_ours(self, admin, person, database):
        press(admin, person, role="owner", team="families")

        assert kept(database, person) == (Role.OFFICER, "families", None)

    def test_who_leaves_is_signed_out_at_once_and_may_come_back(self, app, admin, person, database):
        browser = app.test_client()
        with database.writing() as session:
            sign_in(browser, session, person)

        press(admin, person, wish="go")

        assert browser.get("/officers").location.startswith("/officers/sign-in")
        assert person.name in admin.get(PEOPLE).text
        press(admin, person, wish="back")
        assert kept(database, person) == (Role.OFFICER, "families", None)

    @pytest.mark.parametrize("typed", [{"role": "analyst", "team": "x"}, {"wish": "go"}])
    def test_who_is_administrator_does_not_end_it_themselves(self, admin, typed, database):
        with database.reading() as session:
            own = session.scalars(select(Officer).where(Officer.role == Role.ADMIN)).one()

        assert "Another administrator" in press(admin, own, seen="admin/all/True", **typed).text
        assert kept(database, own) == (Role.ADMIN, "all", None)


class TestAuthorAndCommunications:
    """Who writes and reads need not be who publishes."""

    def test_an_author_reads_and_publishes_nothing(self, browse, theme):
        page = browse(role=Role.AUTHOR).get(f"/officers/themes/{theme.id}").text

        assert "Rename" in page
        assert "Tell people what you did" not in page

    def test_communications_publish_and_read_nobodys_words(self, browse, theme):
        browser = browse(role=Role.COMMUNICATIONS)
        page = browser.get(f"/officers/themes/{theme.id}").text

        assert "Tell people what you did" in page
        assert "Rename" not in page
        assert browser.get("/officers/consultations/early-help/responses").status_code == 403

    def test_communications_publish_what_the_public_then_reads(self, browse, theme):
        browser = browse(role=Role.COMMUNICATIONS)
        address, seen = f"/officers/themes/{theme.id}", ""
        said = {"you_said": "Buses come too rarely.", "we_did": "A bus every hour.", "kind": "did"}
        for _ in range(2):  # read as people will read it, then published
            guard = GUARD.findall(browser.get(address).text)[-1]
            sent = {"csrf_token": guard, "press": "one", "seen": seen}
            reply = browser.post(f"{address}/publish", data=said | sent)
            seen = (SEEN.findall(reply.text) or [""])[-1]

        assert reply.status_code == 303
        assert "A bus every hour." in browser.get("/outcomes").text

    @pytest.fixture
    def theme(self, database):
        with database.writing() as session:
            ours = make_consultation(session)
            made = make_theme(session, ours, make_people(session, ours, 12))
            sign_off(session, ours, make_officer(session))
        return made


def press(client, person, **typed):
    """Press a button on a person's page, as it stands there."""
    page = client.get(f"{PEOPLE}/{person.id}").text
    seen = SEEN.search(page)
    sent = {"csrf_token": GUARD.search(page)[1], "wish": "place", "seen": seen and seen[1]}
    return client.post(f"{PEOPLE}/{person.id}", data=sent | typed)


def kept(database, person):
    """What the store says of somebody."""
    with database.reading() as session:
        found = session.get(Officer, person.id)
        return found.role, found.team, found.left_at


@pytest.fixture
def admin(browse):
    return browse(role=Role.ADMIN, team="all")


@pytest.fixture
def person(database):
    with database.writing() as session:
        made = make_officer(session)
        made.name, made.created_at = "Ann Other", NOON
    return made
