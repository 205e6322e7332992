"""A committee that takes questions, and everybody who asks, answers, reads and publishes."""

from functools import partial

import pytest
from sqlalchemy import select

from tests.conftest import NOON
from tests.rows.a15.asking import (
    COMMITTEE,
    FIRST,
    PUBLISH_FORM,
    QUESTION,
    REPLY,
    REPLY_FORM,
    day_of,
)
from tests.voice.mailed import send_due_letters
from tests.voice.themed import make_officer, sign_in
from tests.voice.web.visitor import Visitor
from voice.models import Enquiry, Role
from voice.services import committees, public_questions


@pytest.fixture(autouse=True)
def committee(database):
    with database.writing() as session:
        return committees.add(session, make_officer(session), COMMITTEE, now=NOON).slug


@pytest.fixture
def visitor(app):
    return Visitor(app)


@pytest.fixture
def officer(app, database):
    return _signed_in(app, database, Role.OFFICER)


@pytest.fixture
def lead(app, database):
    return _signed_in(app, database, Role.SAFEGUARDING)


def _signed_in(app, database, role):
    browser = Visitor(app)
    with database.writing() as session:
        sign_in(browser.client, session, make_officer(session, role=role))
    return browser


@pytest.fixture
def form(committee):
    def fill(**typed):
        given = {"committee": committee, "words": QUESTION, "name": "Derek Berry"}
        given |= {"may_name": True, "email": "derek@example.org", "belongs": "y"} | typed
        given["may_name"] = "y" if given["may_name"] else ""
        return [(name, value) for name, value in given.items() if value]

    return fill


@pytest.fixture
def ask(visitor, form):
    return lambda **typed: visitor.press(visitor.open("/questions/ask"), *form(**typed))


@pytest.fixture
def stored(database):
    def read():
        with database.reading() as session:
            return session.scalars(select(Enquiry)).one()

    return read


@pytest.fixture
def address(stored):
    return lambda: f"/officers/enquiries/{stored().id}"


@pytest.fixture
def assign(officer, address):
    def press(responder="Cabinet Member for Education"):
        given = [("responder", responder), *day_of(15, 6)]
        return officer.press(officer.open(address()), *given, form=FIRST)

    return press


@pytest.fixture
def answer(officer, address):
    return lambda: officer.press(officer.open(address()), ("reply", REPLY), form=REPLY_FORM)


@pytest.fixture
def answered(assign, answer):
    def both():
        assign()
        assert answer().status == 200

    return both


@pytest.fixture
def publish(officer, address):
    def press(words=QUESTION, *, with_name=False):
        given = [("words", words), *([("with_name", "y")] if with_name else [])]
        return officer.press(officer.open(address()), *given, form=PUBLISH_FORM)

    return press


@pytest.fixture
def publish_by_hand(officer, address, stored):
    """Send what the page for publishing sends, where that form is not on the page."""

    def send(words):
        sent = [("change", "publish"), ("edition", stored().edition), ("words", words)]
        token = officer.open(address()).forms[FIRST].hidden
        guard = [pair for pair in token if pair[0] == "csrf_token"]
        return officer.send(address(), [*guard, *sent])

    return send


@pytest.fixture
def send_all(database, settings):
    return partial(send_due_letters, database, settings, at=NOON)


@pytest.fixture
def sweep(database):
    def at(moment):
        with database.writing() as session:
            public_questions.sweep(session, now=moment)

    return at
