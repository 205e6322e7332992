"""A public consultation from its plan to the archive, page by page, as an officer walks it."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from surveys.answers import Answer
from tests.rows.planned import make_plan, new_officer
from tests.voice.themed import QUESTION, make_theme
from tests.voice.web.visitor import Visitor
from voice.clock import LONDON
from voice.models import Channel, Outcome, OutcomeKind, ThemeStatus
from voice.services import responses
from voice.services.consultations import find_by_slug

PLANNED = datetime(2016, 9, 1, 9, tzinfo=UTC)
ASKED = datetime(2016, 10, 12, 9, tzinfo=UTC)
CLOSED = datetime(2016, 12, 15, 9, tzinfo=UTC)
WHERE = "/officers/consultations/our-plan/where-it-stands"
DECISION = "/officers/consultations/our-plan/decision"
DECIDED = [
    ("words", "Three centres stay open."),
    ("decided_by", "Cabinet"),
    ("decided_on-day", "15"),
    ("decided_on-month", "12"),
    ("decided_on-year", "2016"),
]


def steps(page):
    """Return the state of each step of "Where it stands", in order."""
    found = re.findall(r'id="step-\d+-state">(.*?)</div>', page.body, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", one).strip() for one in found]


class TestDeciding:
    def test_waits_for_each_theme_and_each_other_response(self, officer, answered):
        """CON-4."""
        assert steps(officer.open(WHERE))[3:7] == [
            "Complete",
            "To consider: 1",
            "To read: 2",
            "Not yet",
        ]
        page = officer.press(officer.open(DECISION), *DECIDED, form=1)

        assert page.status == 422
        assert "Three centres stay open." in page.body
        assert "themes to consider: 1; responses to read: 2" in page.body

    def test_follows_once_all_is_weighed_and_is_public(self, officer, app, answered, weigh):
        weigh(officer)
        assert steps(officer.open(WHERE))[6] == "Ready for you"

        officer.press(officer.open(DECISION), *DECIDED, form=1)

        assert steps(officer.open(WHERE))[6:] == ["Complete", "To answer: 1", "Not yet"]
        for address in ("/consultations/our-plan", "/outcomes"):
            page = Visitor(app).open(address).body
            assert "Decided by Cabinet on Thursday 15 December 2016:" in page
            assert "Three centres stay open." in page

    def test_before_the_close_cannot_be_recorded(self, officer, answered, weigh):
        weigh(officer)
        early = [*DECIDED[:2], ("decided_on-day", "1"), *DECIDED[3:]]
        early[3] = ("decided_on-month", "11")

        page = officer.press(officer.open(DECISION), *early, form=1)

        assert "decided before the consultation closed" in page.body

    def test_ends_every_change_of_the_closing_date(self, officer, answered, weigh):
        weigh(officer)
        officer.press(officer.open(DECISION), *DECIDED, form=1)
        address = "/officers/consultations/our-plan/closing-date"
        typed = [("closes-day", "1"), ("closes-month", "2"), ("closes-year", "2017")]

        page = officer.press(
            officer.open(address), *typed, ("closes-time", "9am"), ("reason", "More"), form=1
        )

        assert "A decision has been recorded" in page.body

    def test_what_may_mean_danger_is_not_shown_to_be_read(self, officer, answered, database):
        with database.writing() as session:
            _send(session, "my dad hits me every night and i am scared")

        page = officer.open("/officers/consultations/our-plan/unread")

        assert "2 responses are reached by no signed-off theme" in page.body
        assert "hits me" not in page.body


class TestTheArchive:
    def test_comes_last_and_leaves_the_front_page(self, officer, app, answered, weigh, database):
        weigh(officer)
        officer.press(officer.open(DECISION), *DECIDED, form=1)
        assert "Put it into the archive</button>" not in officer.open(WHERE).body
        with database.writing() as session:
            _publish(session, answered)

        officer.press(officer.open(WHERE), form=1)

        assert steps(officer.open(WHERE))[-1] == "Complete"
        assert "our-plan" not in Visitor(app).open("/").body
        assert "This closed" in Visitor(app).open("/consultations/our-plan").body
        assert "Archived" in officer.open("/officers").body


@pytest.fixture
def answered(app, database, clock):
    """A public consultation that closed: one response on a theme, two that say little."""
    clock.moment = PLANNED
    officer = new_officer(app, database)
    officer.press(make_plan(officer), form=1)
    with database.writing() as session:
        on_theme = _send(session, "More buses please")
        on_theme.answers[QUESTION].tone = "neutral"
        _send(session, "")
        _send(session, "I do not know")
        consultation = find_by_slug(session, "our-plan")
        theme = make_theme(
            session, consultation, [on_theme], status=ThemeStatus.SIGNED_OFF, signed_off_at=ASKED
        )
        return theme.id


@pytest.fixture
def officer(app, database, clock, answered):
    clock.moment = CLOSED
    return new_officer(app, database)


@pytest.fixture
def weigh():
    """Consider the theme and read the two other responses, as the officer does."""

    def through(officer):
        page = officer.open("/officers/consultations/our-plan/considerations")
        page = officer.press(page, ("words", "It moves a bus stop."), form=1)
        assert "It moves a bus stop." in page.body
        rest = officer.open("/officers/consultations/our-plan/unread")
        assert "I do not know" in rest.body
        page = officer.press(rest, form=1)
        assert "0 responses are reached" in page.body

    return through


def _send(session, words):
    consultation = find_by_slug(session, "our-plan")
    response = responses.start_response(session, consultation, Channel.WEB, now=ASKED).response
    given = Answer(QUESTION, (words,) if words else ())
    responses.record_answer(session, response, Answer("capacity", ("individual",)), now=ASKED)
    responses.record_answer(session, response, given, now=ASKED)
    responses.submit_response(session, response, now=ASKED + timedelta(minutes=5))
    return response


def _publish(session, theme_id):
    consultation = find_by_slug(session, "our-plan")
    at = datetime(2016, 12, 16, tzinfo=LONDON)
    session.add(
        Outcome(consultation=consultation, theme_id=theme_id, kind=OutcomeKind.DID,
                you_said="More buses", we_did="Two more", press_key="p", published_at=at)
    )  # fmt: skip
