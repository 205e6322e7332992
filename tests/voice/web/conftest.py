"""What the tests of pages share: open consultations, and somebody who answers them."""

import pytest

from tests.factories import make_consultation
from tests.surveys.conftest import survey_asking
from tests.voice.web.visitor import Visitor


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
def asking(app, database):
    """Return a function that opens a survey as "kinds" and gives somebody at its first question."""

    def begin(*questions):
        with database.writing() as session:
            make_consultation(session, survey=survey_asking(*questions), slug="kinds")
        visitor = Visitor(app)
        return visitor, visitor.begin("kinds")

    return begin
