"""Row I1: every view, whichever survey it was gathered by, is found in one place (K20)."""

import re

import pytest

from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from tests.surveys.conftest import survey_asking
from voice.models import AuditEntry, Channel, Role
from voice.services import concerns
from voice.services.concerns import Heard
from voice.services.hub_filling import fill

WHAT = {"code": "what", "kind": "free_text", "text": "What should we know?",
        "service": "Reviews"}  # fmt: skip
CHANNELS = (Channel.WEB, Channel.TELEGRAM, Channel.PAPER)


class TestRowI1:
    """TEST: one search over >= 3 surveys/channels returns de-identified text with its source.

    And date, service; permission by role; audit log.
    """

    def test_one_search_finds_words_of_three_surveys_and_channels(self, three, search):
        words = search(words="meetings")

        for number, channel in enumerate(CHANNELS):
            assert f"Survey {number}" in words
            assert channel.label in words
        assert words.count("about Reviews") == 3
        assert words.count("Monday 1 June 2026") == 3
        assert "3 answers from 3 responses" in words

    def test_nobodys_name_is_in_what_is_found(self, three, search):
        words = search(words="meetings")

        assert "Daniel" not in words
        assert words.count("[name]") == 3

    def test_a_name_that_was_masked_finds_nothing(self, three, search):
        assert "0 answers from 0 responses" in search(words="Daniel")

    def test_a_response_that_raises_a_concern_is_gone_at_once(self, three, search, database):
        with database.writing() as session:
            heard = Heard(three[0].consultation_id, Channel.WEB, "he hits me", "what", three[0].id)
            concerns.screen_words(session, heard, now=NOON)

        assert "2 answers from 2 responses" in search(words="meetings")

    def test_is_refused_to_those_who_read_no_words(self, three, browse):
        assert browse(role=Role.ANALYST).post("/officers/hub").status_code == 403
        assert browse(role=Role.SAFEGUARDING).get("/officers/hub").status_code == 403

    def test_another_team_finds_none_of_it(self, three, search, browse):
        assert "0 answers" in search(words="meetings", by=browse(team="roads"))

    def test_every_search_is_in_the_audit_log_with_its_filters(self, three, search, stored):
        search(words="meetings", channel="paper", service="Reviews")

        (noted,) = [each for each in stored(AuditEntry) if each.action == "hub searched"]
        assert noted.subject.endswith("service=Reviews; channel=paper")
        assert "meetings" not in noted.subject
        assert noted.officer_id is not None

    @pytest.fixture
    def three(self, database):
        """Somebody who names Daniel, in each of three surveys and by another channel each."""
        with database.writing() as session:
            made = [self.said(session, number, each) for number, each in enumerate(CHANNELS)]
        fill(database, since=None, now=NOON)
        return made

    def said(self, session, number, channel):
        survey = survey_asking(WHAT).model_copy(update={"title": f"Survey {number}"})
        asked = make_consultation(session, survey=survey, slug=f"s{number}")
        words = f"The meeting with Daniel Brown was too long, number {number}"
        return make_response(session, asked, channel=channel, what=words)

    @pytest.fixture
    def search(self, clerk):
        """Return a function that searches and gives what its page says."""

        def search(*, by=clerk, **asked):
            guard = re.search('name="csrf_token"[^>]*value="([^"]+)"', by.get("/officers/hub").text)
            reply = by.post("/officers/hub", data=asked | {"csrf_token": guard[1]})
            return by.get(reply.location).text

        return search
