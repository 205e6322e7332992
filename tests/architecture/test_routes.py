"""Who may open each page, tried for everybody; and the headers of every answer (SEC-1, SEC-4)."""

import re
from pathlib import Path

import pytest
from werkzeug.exceptions import MethodNotAllowed

from tests.architecture.access_table import ACCESS, EDITORS, NOBODY, SAFEGUARDING
from tests.architecture.world import ANSWER, DANGER, PEOPLE, STAFF, build_world
from tests.conftest import COUNCIL, NOON, SECRET
from voice.app import create_app
from voice.config import Settings
from voice.database import Database
from voice.web.access import roles_for

METHODS = ("GET", "POST")
DRAWN = frozenset({200, 303, 409, 422})  # a page, a form with what is wrong in it, or on to more
TURNED_AWAY = ("/officers/sign-in", "/consultations/ours")
CANARIES = (ANSWER.split()[0].encode(), DANGER.split()[0].encode())
MAY_SEE = {(CANARIES[0], one) for one in EDITORS} | {(CANARIES[1], one) for one in SAFEGUARDING}
# What goes out with nobody's words in it; and masked answers, of which each coding is written down.
UNNOTED = {
    *("officers.survey_schema", "officers.download_survey", "officers.download_draft"),
    "officers.download_usage",
    *("officers.check_answer", "officers.save_check"),
    *("officers.audit_answer", "officers.save_audit"),
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def _open(folder):
    """Return the application on the store in this folder, and the store."""
    database = Database(f"sqlite:///{folder / 'voice.db'}")
    settings = Settings(folder, "", SECRET, COUNCIL)
    return create_app(settings, database, now=lambda: NOON), database


ENDPOINTS = sorted({rule.endpoint for rule in _open(Path())[0].url_map.iter_rules()})


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return build_world(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def tried(tmp_path_factory):
    """The folder, the application and the store that every door is tried on."""
    folder = tmp_path_factory.mktemp("tried")
    app, database = _open(folder)
    yield folder, app, database
    database.close()


@pytest.fixture
def database(tried, world):
    folder, _, database = tried
    world.restore(folder, database)
    return database


@pytest.fixture
def app(tried, database):
    return tried[1]


def address_of(app, endpoint, world):
    """Return the address of this endpoint, with what stands in this world."""
    rule = next(app.url_map.iter_rules(endpoint))
    wanted = {name: world.named[name] for name in rule.arguments}
    return app.url_map.bind("localhost").build(endpoint, wanted, method=min(rule.methods))


def people_at(endpoint):
    """Return who tries this door: on either side, one of each whom it could tell apart.

    A respondent's key goes to no page for officers; no public page asks what an officer's role is.
    """
    if endpoint.startswith("officers."):
        return [one for one in PEOPLE if one != "respondent B"]
    return [one for one in PEOPLE if one not in STAFF or one in {"officer", "safeguarding"}]


def expected_at(app, address, method):
    """Return who may do this at this address, by the line of the endpoint that answers it."""
    try:
        endpoint, _ = app.url_map.bind("localhost").match(address, method)
    except MethodNotAllowed:
        return NOBODY
    return ACCESS[endpoint][METHODS.index(method)]


@pytest.fixture(scope="module")
def guards(tried, world):
    """What each person's forms carry against forgery, and the cookie that it belongs to."""
    folder, app, database = tried
    world.restore(folder, database)
    return {person: guard_of(world.browser_of(app, person)) for person in PEOPLE}


def guard_of(browser):
    """Return what a form of this browser must carry against forgery, and its cookie."""
    page = browser.get("/consultations/ours").text
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)[1]
    return token, browser.get_cookie("form").value


def is_let_in(reply):
    """Return whether the answer is a page, or a redirect onward."""
    if reply.status_code == 302:
        return reply.location.partition("?")[0] not in TURNED_AWAY
    return reply.status_code in DRAWN


class TestEveryRoute:
    """SEC-1."""

    def test_has_a_line_in_the_table_and_every_line_a_route(self):
        assert set(ACCESS) == set(ENDPOINTS)

    @pytest.mark.parametrize("endpoint", ENDPOINTS)
    def test_says_who_may_open_it(self, app, endpoint):
        assert roles_for(app, endpoint)

    @pytest.mark.parametrize("method", METHODS)
    @pytest.mark.parametrize("endpoint", ENDPOINTS)
    def test_lets_in_whom_the_table_names_and_shows_nobody_the_words_of_others(
        self, guards, world, app, database, endpoint, method
    ):
        """Each door is opened once a person and method: who, what is shown, and the headers.

        SEC-16 too: that an officer read anybody's words, or took a file, is written down.
        """
        address = address_of(app, endpoint, world)
        let_in, shown, unnoted = set(), set(), set()
        for person in people_at(endpoint):
            before = _entries_in(database)
            browser, (token, cookie) = world.browser_of(app, person), guards[person]
            browser.set_cookie("form", cookie)
            form = {"csrf_token": token, "press": f"of {person}"}
            with browser.open(address, method=method, data=form) as reply:
                let_in |= {person} if is_let_in(reply) else set()
                words = {one for one in CANARIES if one in reply.get_data()}
                is_taken = "attachment" in reply.headers.get("Content-Disposition", "")
                check_headers(reply)
            shown |= {(one, person) for one in words}
            is_read = person in STAFF and method == "GET" and (words or is_taken)
            if is_read and _entries_in(database) == before:
                unnoted.add(endpoint)

        assert let_in == expected_at(app, address, method) & set(people_at(endpoint))
        assert shown <= MAY_SEE
        assert {one for one in unnoted if one.startswith("officers.")} <= UNNOTED

    @pytest.mark.parametrize("endpoint", ENDPOINTS)
    def test_takes_no_form_without_its_guard_against_forgery(self, world, app, database, endpoint):
        address, before = address_of(app, endpoint, world), _everything_in(database)

        for person in people_at(endpoint):
            with world.browser_of(app, person).post(address, data={"press": "forged"}) as reply:
                assert reply.status_code >= 302

        assert _everything_in(database) == before


def _entries_in(database):
    with database.engine.connect() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM audit_entry").scalar()


def _everything_in(database):
    with database.engine.connect() as connection:
        return list(connection.connection.driver_connection.iterdump())


class TestEveryError:
    @pytest.mark.parametrize(
        ("address", "status"),
        [
            pytest.param("/nowhere", 404, id="no such page"),
            pytest.param("/consultations/none", 404, id="no such consultation"),
            pytest.param("/static/none.css", 404, id="no such file"),
            pytest.param("/%ff%00", 404, id="no text"),
        ],
    )
    def test_carries_the_headers(self, app, address, status):
        reply = app.test_client().get(address)

        assert reply.status_code == status
        check_headers(reply)

    def test_carries_them_when_the_store_is_gone(self, app, tried):
        (tried[0] / "voice.db").write_bytes(b"this is no database" * 100)

        reply = app.test_client().get("/")

        assert reply.status_code == 503
        check_headers(reply)

    def test_carries_them_when_too_much_was_sent(self, app):
        reply = app.test_client().post("/consultations/ours", data={"press": "x" * 6_000_000})

        assert reply.status_code == 413
        check_headers(reply)


def check_headers(reply):
    """Make sure that nothing inline, foreign or kept by the browser is allowed (SEC-4)."""
    for name, value in HEADERS.items():
        assert reply.headers[name] == value
    policy = reply.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"https?:|\*", policy)
    assert reply.headers["Cache-Control"].startswith(("no-store", "public, max-age="))
    assert "Server" not in reply.headers
    nonces = set(
        re.findall(r'nonce="([^"]*)"', reply.text if reply.mimetype == "text/html" else "")
    )
    assert nonces <= set(re.findall(r"'nonce-([^']+)'", policy))
