"""Row A1, TEST e: a postcode never appears where themes are shown or taken along."""

import pytest

from surveys.engine import Survey
from tests.factories import make_consultation, make_response
from tests.surveys.conftest import ABOUT
from tests.voice.themed import make_officer, make_people, make_theme, sign_in
from tests.voice.web.visitor import Visitor
from voice.models import AnswerRow, ThemeStatus

BASE = "/officers/consultations/early-help"
THEMES = f"{BASE}/questions/important/themes"
FULL, OUTWARD = "HP20 1UA", "HP20"


class TestRowA1TestE:
    def test_no_theme_on_the_page_says_from_which_postcode_it_comes(self, officer):
        page = officer.get(THEMES).text

        assert "Buses" in page
        assert OUTWARD not in page

    def test_no_theme_in_the_briefing_says_so(self, officer):
        page = officer.get(f"{BASE}/briefing.html").text

        # Outside the themes stand the figures of each question, those of large districts too.
        themes = page.partition("<h2>What people said")[2].partition("<h2>Figures")[0]
        assert "Buses" in themes
        assert OUTWARD not in themes

    def test_only_the_outward_part_is_stored_at_all(self, officer, database):
        with database.reading() as session:
            stored = session.query(AnswerRow).filter_by(question="postcode")
            kept = {tuple(each.values) for each in stored}

        assert kept == {(OUTWARD,)}

    @pytest.mark.parametrize(
        "address", [BASE, f"{BASE}/results", f"{BASE}/responses", f"{BASE}/briefing"]
    )
    def test_the_full_one_is_on_no_page_at_all(self, officer, address):
        assert FULL not in officer.get(address).text


@pytest.fixture
def officer(client, database):
    """A browser in which an officer has signed in, beside a theme of twelve from one district."""
    with database.writing() as session:
        consultation = make_consultation(session)
        people = make_people(session, consultation, 12, capacity="individual", postcode=FULL)
        make_theme(session, consultation, people, status=ThemeStatus.SIGNED_OFF)
        sign_in(client, session, make_officer(session))
    return client


class TestASurveyThatKeepsAllOfIt:
    REASON = "We keep your whole postcode so that we can show which streets have no bus."

    def test_says_why_on_its_first_page_and_beside_the_question(self, app, kept_whole):
        visitor = Visitor(app)

        first = visitor.open("/consultations/homes").body
        asked = visitor.begin("homes").body

        assert self.REASON in first
        assert self.REASON in asked

    def test_shows_districts_alone_in_figures(self, client, database, kept_whole):
        with database.writing() as session:
            for _ in range(6):
                make_response(session, session.merge(kept_whole), home=FULL)
            sign_in(client, session, make_officer(session))

        page = client.get("/officers/consultations/homes/results").text

        assert OUTWARD in page
        assert FULL not in page

    @pytest.fixture
    def kept_whole(self, database):
        question = {"code": "home", "kind": "postcode", "text": "Where do you live?"}
        question |= {"keeps": "whole", "reason": self.REASON}
        asked = {"code": "homes", "title": "Homes", "about": ABOUT, "questions": [question]}
        with database.writing() as session:
            survey = Survey.model_validate(asked)
            return make_consultation(session, survey=survey, slug="homes")
