"""E1: the pupils' evaluation of Chelsea's Choice, autumn 2015: its figures, and help at once."""

import re

import pytest

from tests.conftest import COUNCIL, NOON
from tests.factories import make_consultation
from tests.stores import new_sqlite
from tests.voice.themed import make_officer, sign_in
from tests.voice.web.doors import officer_at
from tests.voice.web.visitor import Visitor
from voice.app import create_app
from voice.config import Settings
from voice.models import Role
from voice.services import demonstration

SECRET = "a secret that is long enough for tests alone"
AS_PRINTED = [(79, 422), (68, 363), (30, 160), (28, 150), (24, 128)]


@pytest.fixture(scope="module")
def evaluated(tmp_path_factory):
    """An officer in front of the 534 evaluations."""
    database = new_sqlite(tmp_path_factory.mktemp("e1"))
    shown = next(each for each in demonstration.SHOWN if each.slug == "chelseas-choice-2015")
    app = create_app(Settings(None, "", SECRET, COUNCIL), database, now=lambda: NOON)
    officer = Visitor(app)
    with database.writing() as session:
        demonstration.load_consultation(session, shown, council=COUNCIL, now=NOON)
        team = demonstration.TEAM
        sign_in(officer.client, session, make_officer(session, role=Role.OFFICER, team=team))
    yield officer
    database.close()


class TestTheFiveHundredAndThirtyFour:
    def test_e1_a_give_the_percentages_that_the_board_reported(self, evaluated):
        page = evaluated.open("/officers/consultations/chelseas-choice-2015/results").body

        words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
        for percent, count in AS_PRINTED:
            assert f"{percent}% {count} of 534:" in words
        assert "98% 523 of 534: Very helpful or Quite helpful" in words
        assert "114 of 534" in words
        assert "59 of 114" in words

    def test_e1_b_leave_55_of_the_114_for_follow_up_as_a_count(self, evaluated):
        page = evaluated.open("/officers/consultations/chelseas-choice-2015/follow-up").body

        assert "Are you worried about yourself or a friend? Yes: 114" in page
        rows = re.findall(r'<th scope="row"[^>]*>([^<]+)</th>\s*<td[^>]*>([^<]+)</td>', page)
        assert rows == [("Yes", "59"), ("No", "55"), ("Did not answer", "0")]


class TestAPupilWhoIsWorried:
    def test_e1_b_is_shown_help_at_once_and_is_in_the_shared_queue(self, app, database):
        with database.writing() as session:
            make_consultation(session, survey="chelseas_choice_2015", slug="play")
        pupil, lead = Visitor(app), officer_at(app, database, role=Role.SAFEGUARDING)
        page = pupil.begin("play")
        for given in (("attitude", "yes"), ("helpful", "very"), ("will_do", "respect")):
            page = pupil.press(page, given)

        told = pupil.press(page, ("worried", "yes"))

        assert "Thank you for telling us" in told.body
        assert "0800 1111" in told.body
        assert "01296 383962" in told.body
        queue = lead.open("/officers/concerns").body
        assert "1 person in What did you think of the play" in " ".join(
            re.sub("<[^>]+>", " ", queue).split()
        )
