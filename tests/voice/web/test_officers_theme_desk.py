"""The desk on which a list of themes is put right: comments, themes by hand, undo, sign-off."""

import re

import pytest

from tests.factories import make_consultation
from tests.voice.themed import QUESTION, make_officer, make_people, make_theme, sign_in
from voice.models import Role
from voice.services import audit

LIST = f"/officers/consultations/early-help/questions/{QUESTION}/themes"


class TestTheCommentsOfATheme:
    def test_are_shown_with_the_words_that_speak_for_it(self, officer, address):
        page = officer.get(address).text

        assert "<mark><strong>buses</strong></mark>" in page
        assert "Words that speak for this theme: <strong>buses</strong>." in page
        assert "Sarah" not in page

    def test_are_not_shown_to_an_analyst(self, client, database, address):
        _enter(client, database, role=Role.ANALYST)

        assert "The comments behind it" not in client.get(address).text

    def test_are_read_by_somebody_who_is_written_down(self, officer, database, address, theme):
        officer.get(address)
        officer.get(f"{LIST}/none")

        with database.reading() as session:
            read = [each for each in audit.latest(session) if each.action == "comments read"]
        assert {each.subject for each in read} == {str(theme.id), f"early-help/{QUESTION}"}

    def test_are_moved_when_ticked(self, officer, address, other):
        ticked = _boxes(officer.get(address).text)[:2]

        reply = _press(officer, address, "comments", response=ticked, to=str(other.id))

        assert "The comments are moved." in officer.get(reply.location).text
        assert "2 of 10 people" in officer.get(f"/officers/themes/{other.id}").text

    def test_stay_ticked_when_nobody_said_where_they_go(self, officer, address):
        ticked = _boxes(officer.get(address).text)[:2]

        reply = _press(officer, address, "comments", response=ticked)

        assert reply.status_code == 422
        assert "Choose the themes that they go to" in reply.text
        assert reply.text.count('type="checkbox" value="') - reply.text.count(" checked>") >= 7
        assert reply.text.count(" checked>") == 2

    def test_are_made_a_theme_of_their_own(self, officer, address):
        ticked = _boxes(officer.get(address).text)[:2]

        reply = _press(
            officer, address, "comments", response=ticked, split_label="Late buses", make="yes"
        )

        page = officer.get(reply.location).text
        assert "Late buses" in page
        assert "2 of 10 people" in page

    def test_are_not_moved_when_somebody_else_moved_them(self, officer, address, other):
        page = officer.get(address).text
        fields = _fields(page) | {"response": _boxes(page)[:1], "to": str(other.id)}
        officer.post(f"{address}/comments", data=fields)

        reply = officer.post(f"{address}/comments", data=fields)

        assert reply.status_code == 409
        assert "Nothing was moved" in reply.text

    def test_in_no_theme_are_put_into_one(self, officer, theme):
        page = officer.get(f"{LIST}/none").text
        (ticked,) = _boxes(page)

        fields = _fields(page) | {"response": ticked, "to": str(theme.id)}
        officer.post(f"{LIST}/none", data=fields)

        assert "Every comment that was read" in officer.get(f"{LIST}/none").text


class TestAThemeByHand:
    def test_is_added_with_its_note_and_keywords(self, officer, theme):
        reply = officer.post(
            f"{LIST}/add",
            data=_fields(officer.get(f"{LIST}/add").text)
            | {"label": "Warm rooms", "note": "Heating too", "keywords": "warm\ncold"},
        )

        page = officer.get(reply.location).text
        assert "The theme is added." in page
        assert "Heating too" in page
        assert "A person made this theme." in page

    def test_comes_back_with_the_words_when_the_name_is_taken(self, officer, theme):
        page = officer.get(f"{LIST}/add").text
        typed = {"label": "buses", "note": "A note"}

        reply = officer.post(f"{LIST}/add", data=_fields(page) | typed)

        assert reply.status_code == 422
        assert "Another theme has this name" in reply.text
        assert "A note" in reply.text


class TestUndoing:
    def test_takes_the_last_change_back_from_the_page_of_all_themes(self, officer, address):
        _press(officer, address, "rename", label="Late buses")
        page = officer.get(LIST).text
        assert "Renamed: “Buses” → “Late buses”" in page

        reply = officer.post(f"{LIST}/undo", data=_fields(page, name="change"))

        assert "The change is undone." in officer.get(reply.location).text
        assert "<strong>Undone:</strong>" in officer.get(LIST).text
        assert "Late buses" not in officer.get(address).text

    def test_can_be_redone_from_the_same_page(self, officer, address):
        _press(officer, address, "rename", label="Late buses")
        officer.post(f"{LIST}/undo", data=_fields(officer.get(LIST).text, name="change"))
        page = officer.get(LIST).text
        assert "Redo this change" in page

        reply = officer.post(f"{LIST}/redo", data=_fields(page, name="change"))

        assert "The change is made again." in officer.get(reply.location).text
        assert "Late buses" in officer.get(address).text

    def test_of_a_page_that_is_old_is_refused(self, officer, address):
        _press(officer, address, "rename", label="Late buses")
        fields = _fields(officer.get(LIST).text, name="change")
        _press(officer, address, "hide")

        reply = officer.post(f"{LIST}/undo", data=fields)

        assert reply.status_code == 409
        assert "Nothing was undone" in reply.text

    def test_is_not_offered_to_an_analyst(self, client, database, officer, address):
        _press(officer, address, "rename", label="Late buses")
        _enter(client, database, role=Role.ANALYST)

        page = client.get(LIST).text

        assert "Late buses" in page
        assert "Undo the last change" not in page


class TestTheLog:
    def test_is_read_and_taken_along(self, officer, address):
        _press(officer, address, "rename", label="Late buses")

        assert "Renamed: “Buses” → “Late buses”" in officer.get(f"{LIST}/changes").text
        assert "Renamed,Buses,Late buses" in officer.get(f"{LIST}/changes.csv").text


class TestSigningTheListOff:
    def test_shows_the_version_and_what_changed_since(self, officer, address):
        _sign_off(officer)
        assert "Version 1, signed off by A. Officer" in officer.get(LIST).text

        _press(officer, address, "rename", label="Late buses")

        assert "Changed since version 1 was signed off" in officer.get(LIST).text

    def test_of_a_page_that_is_old_is_refused(self, officer, address):
        page = officer.get(f"{LIST}/sign-off").text
        _press(officer, address, "rename", label="Late buses")

        reply = officer.post(f"{LIST}/sign-off", data=_fields(page, name="seen"))

        assert reply.status_code == 409
        assert "Nothing was signed off" in reply.text


@pytest.fixture
def theme(database):
    words = "Sarah Jones says more buses are needed here please"
    with database.writing() as session:
        asked = make_consultation(session)
        people = make_people(session, asked, 10, words=words)
        return make_theme(session, asked, people[:9])


@pytest.fixture
def other(database, theme):
    with database.writing() as session:
        asked = session.merge(theme).consultation_id
        return make_theme(session, _Of(asked), [], label="Fares")


class _Of:
    """What `make_theme` needs of a consultation."""

    def __init__(self, consultation_id):
        self.id = consultation_id


@pytest.fixture
def address(theme):
    return f"/officers/themes/{theme.id}"


@pytest.fixture
def officer(client, database):
    """A browser in which an officer of the consultation's team is signed in."""
    _enter(client, database)
    return client


def _enter(client, database, **person):
    with database.writing() as session:
        sign_in(client, session, make_officer(session, **person))


def _press(client, address, change, **typed):
    """Fill in a form of a theme's page and send it."""
    return client.post(f"{address}/{change}", data=_fields(client.get(address).text) | typed)


def _sign_off(client):
    page = client.get(f"{LIST}/sign-off").text
    return client.post(f"{LIST}/sign-off", data=_fields(page, name="seen"))


def _fields(page, *, name="edition"):
    """Return the hidden fields that the page's own forms send along."""
    main = page[page.index("<main") :]
    guard = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', main)
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', main)
    return {"csrf_token": guard[1]} | ({name: found[1]} if found else {})


def _boxes(page):
    return re.findall(r'name="response" type="checkbox" value="([^"]*)"', page)
