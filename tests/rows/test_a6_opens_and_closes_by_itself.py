"""Row A6: a six-week consultation that opens and closes by itself, beside what came of the last.

The board's five priorities are not printed in our papers, so the survey here names five of its own;
what is tried is that results stand under the headings that the survey gives.
"""

from datetime import UTC, datetime, timedelta

import pytest

from surveys.engine import Survey
from tests.factories import make_consultation, make_response
from tests.rows.planned import PLAN, make_plan, new_officer
from tests.voice.themed import make_theme
from tests.voice.web.visitor import Visitor
from voice.clock import LONDON
from voice.models import Outcome, OutcomeKind
from voice.services.consultations import find_by_slug

MINUTE = timedelta(minutes=1)
START = "Start now"
BEFORE = datetime(2016, 9, 1, 9, tzinfo=UTC)
OPENS = datetime(2016, 10, 10, 0, 0, tzinfo=LONDON).astimezone(UTC)
CLOSES = datetime(2016, 11, 18, 23, 59, tzinfo=LONDON).astimezone(UTC)
PRIORITIES = ("Starting well", "Healthy minds", "Living longer", "Staying safe", "Good places")
AGREE = [
    {"code": "agree", "label": "Agree"},
    {"code": "unsure", "label": "Unsure"},
    {"code": "disagree", "label": "Disagree"},
]


def strategy():
    """A survey with one question of agreement under each of five headings."""
    return Survey.model_validate(
        {
            "code": "strategy_2016",
            "title": "Our strategy",
            "about": {"what": "W", "why": "W", "who_for": "All", "minutes": 2,
                      "what_happens": "We read it.", "who_reads": "The board."},
            "questions": [
                {"code": f"p{number}", "kind": "scale", "section": section,
                 "text": f"Do you agree with {section}?", "options": AGREE}
                for number, section in enumerate(PRIORITIES)
            ],
        }
    )  # fmt: skip


class TestRowA6:
    def test_opens_on_10_october_at_midnight_by_itself(self, planned, see):
        assert see(OPENS - MINUTE).status == 404
        assert START in see(OPENS).body

    def test_closes_on_18_november_at_23_59_by_itself(self, planned, see):
        assert START in see(CLOSES).body
        assert "This closed at 23:59 on Friday 18 November 2016" in see(CLOSES + MINUTE).body

    def test_is_six_weeks_so_nobody_is_warned(self, app, database, clock):
        clock.moment = BEFORE
        page = make_plan(new_officer(app, database))

        assert "working days to answer" not in page.body
        assert "Let it open" in page.body

    def test_a_week_less_is_warned_of(self, app, database, clock):
        clock.moment = BEFORE
        page = make_plan(new_officer(app, database), **{"closes-day": "11"})

        assert "People have 25 working days to answer" in page.body

    def test_results_are_grouped_under_the_five_priorities(self, app, database, clock):
        with database.writing() as session:
            asked = make_consultation(session, survey=strategy(), slug="strategy")
            for _ in range(6):
                make_response(session, asked, p0="agree", p4="disagree")

        page = new_officer(app, database).open("/officers/consultations/strategy/results").body

        places = [page.index(f">{section}</h2>") for section in PRIORITIES]
        assert places == sorted(places)
        assert places[0] < page.index("Do you agree with Starting well?") < places[1]

    def test_what_happened_last_time_stands_beside_the_new_results(
        self, app, database, clock, last_time
    ):
        clock.moment = BEFORE
        officer = new_officer(app, database)
        planned = make_plan(officer, previous="last-time")
        officer.press(planned, form=1)
        clock.moment = OPENS + MINUTE

        for browser, address in (
            (Visitor(app), "/consultations/our-plan"),
            (new_officer(app, database), "/officers/consultations/our-plan/results"),
        ):
            page = browser.open(address).body
            assert "What happened last time" in page
            assert "Buses were too few" in page
            assert "Two more run now" in page


class TestAPlan:
    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            pytest.param("opens-day=30 opens-time=01:30", "comes twice", id="clocks go back"),
            pytest.param("closes-month=9", "must close after it opens", id="backwards"),
            pytest.param("slug=Not_good", "small letters", id="a bad address"),
            pytest.param("slug=new", "small letters", id="an address of ours"),
            pytest.param("documents=none", "its web address", id="a document without address"),
            pytest.param("survey=library:none", "Choose what to ask", id="no survey"),
            pytest.param("kind=other", "Choose what kind", id="no kind"),
            pytest.param("invited=many", "whole number", id="no number"),
            pytest.param("previous=nothing", "in the list", id="an unknown one before"),
            pytest.param("decision-day=40", "Enter a real date", id="no day"),
        ],
    )
    def test_that_cannot_be_kept_loses_no_word(self, app, database, clock, changed, words):
        clock.moment = BEFORE
        typed = dict(each.split("=") for each in changed.split())

        page = make_plan(new_officer(app, database), **typed)

        assert page.status == 422
        assert words in page.body
        assert PLAN["reasons"] in page.body

    def test_is_seen_by_nobody_until_it_is_let_out(self, app, database, clock):
        clock.moment = BEFORE
        make_plan(new_officer(app, database))
        clock.moment = OPENS + MINUTE

        assert Visitor(app).open("/consultations/our-plan").status == 404
        assert "our-plan" not in Visitor(app).open("/").body

    @pytest.mark.parametrize(
        ("left_out", "words"),
        [
            ("reasons", "Say why you propose this"),
            ("options", "Say what else could be done"),
            ("documents", "Link to the documents"),
            ("decision-day decision-month decision-year", "Say when it will be decided"),
        ],
    )
    def test_of_a_public_consultation_needs(self, app, database, clock, left_out, words):
        """CON-2, and the date without which CON-1 could not be held."""
        clock.moment = BEFORE
        page = make_plan(new_officer(app, database), **dict.fromkeys(left_out.split(), ""))

        assert "What is missing" in page.body
        assert words in page.body
        assert "Let it open</button>" not in page.body

    def test_of_a_feedback_survey_needs_none_of_it(self, app, database, clock):
        clock.moment = BEFORE
        without = dict.fromkeys(
            ("reasons", "options", "documents", "decision-day", "decision-month", "decision-year"),
            "",
        )
        page = make_plan(new_officer(app, database), kind="feedback", **without)

        assert "What is missing" not in page.body
        assert "Let it open" in page.body

    def test_with_a_decision_in_the_past_cannot_open(self, app, database, clock):
        """CON-1."""
        clock.moment = BEFORE
        past = {"decision-day": "31", "decision-month": "8"}
        page = make_plan(new_officer(app, database), **past)

        assert "The date of the decision has gone by" in page.body


@pytest.fixture
def planned(app, database, clock):
    """Plan it a month before, as an officer does, and let it out."""
    clock.moment = BEFORE
    officer = new_officer(app, database)
    page = officer.press(make_plan(officer), form=1)
    assert "It opens and closes by itself" in page.body


@pytest.fixture
def see(app, clock):
    """Open the start page at a moment."""

    def look(moment):
        clock.moment = moment
        return Visitor(app).open("/consultations/our-plan")

    return look


@pytest.fixture
def last_time(database):
    """An earlier consultation, closed, with an outcome that is out."""
    with database.writing() as session:
        make_consultation(
            session,
            slug="last-time",
            opens_at=BEFORE - timedelta(days=400),
            closes_at=BEFORE - timedelta(days=300),
        )
        earlier = find_by_slug(session, "last-time")
        theme = make_theme(session, earlier, [])
        session.add(
            Outcome(consultation=earlier, theme_id=theme.id, kind=OutcomeKind.DID,
                    you_said="Buses were too few", we_did="Two more run now",
                    press_key="last time", published_at=BEFORE)
        )  # fmt: skip
