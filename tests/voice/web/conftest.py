"""What the tests of pages share: open consultations, who answers them, and who works on them."""

import pytest
from sqlalchemy import select

from tests.factories import make_consultation
from tests.surveys.conftest import survey_asking
from tests.voice.themed import make_officer, sign_in
from tests.voice.web.visitor import Visitor
from voice.models import Response


@pytest.fixture
def open_all(database):
    """Open the four consultations that ship with the service; return their closing time."""
    asked = {
        "early-help": "early_help_2017",
        "viewpoint": "hmip_viewpoint",
        "victims": "yos_victim_feedback",
        "play": "chelseas_choice_2015",
    }
    with database.writing() as session:
        for slug, survey in asked.items():
            closes_at = make_consultation(session, survey=survey, slug=slug).closes_at
    return closes_at


@pytest.fixture
def visitor(app, open_all):
    return Visitor(app)


@pytest.fixture
def browse(app, database):
    """Return a function that gives an officer, of this role and team, a browser of their own."""

    def browse(**who):
        client = app.test_client()
        with database.writing() as session:
            sign_in(client, session, make_officer(session, **who))
        return client

    return browse


@pytest.fixture
def clerk(browse):
    """A browser in which an officer of the consultation's team is signed in."""
    return browse()


@pytest.fixture
def asking(app, database):
    """Return a function that opens a survey as "kinds" and gives somebody at its first question."""

    def begin(*questions):
        with database.writing() as session:
            make_consultation(session, survey=survey_asking(*questions), slug="kinds")
        visitor = Visitor(app)
        return visitor, visitor.begin("kinds")

    return begin


@pytest.fixture
def sent(database):
    """Everything that was sent in."""

    def sent():
        with database.reading() as session:
            found = session.scalars(select(Response)).all()
            assert all(each.version and each.answers for each in found)
            return list(found)

    return sent
