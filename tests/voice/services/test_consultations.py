"""Consultations: opened only when ready, listed by their close, found by their address."""

from datetime import timedelta

import pytest

from surveys.definition import read_from_library
from tests.conftest import COUNCIL, NOON
from tests.factories import make_consultation
from voice.config import Council
from voice.errors import ConsultationNotReadyError, NotFoundError
from voice.services import consultations
from voice.services.consultations import Opening, current_survey

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


class TestOpening:
    def test_keeps_the_survey_as_it_is_worded(self, session):
        consultation = make_consultation(session)

        assert current_survey(consultation) == read_from_library("early_help_2017")

    def test_is_refused_when_it_would_close_before_it_opens(self, session):
        with pytest.raises(ConsultationNotReadyError, match="closes_at"):
            make_consultation(session, opens_at=NOON, closes_at=NOON)

    def test_is_refused_for_children_while_the_helplines_are_empty(self, session):
        """SAF-2."""
        with pytest.raises(ConsultationNotReadyError, match="helplines"):
            open_for("hmip_viewpoint", session, council=Council())

    def test_needs_no_helplines_of_its_own_for_adults(self, session):
        assert open_for("early_help_2017", session, council=Council()).slug == "asked"

    def test_is_possible_for_children_once_the_helplines_are_filled_in(self, session):
        assert open_for("hmip_viewpoint", session, council=COUNCIL).slug == "asked"


def open_for(code, session, *, council):
    opening = Opening(slug="asked", team="families", opens_at=NOON, closes_at=NOON + DAY)
    return consultations.open_consultation(
        session, read_from_library(code), opening, council=council, now=NOON
    )


class TestListing:
    def test_puts_first_what_closes_soonest(self, session):
        for slug, days in (("later", 3), ("sooner", 2)):
            make_consultation(session, slug=slug, closes_at=NOON + days * DAY)

        listed = consultations.list_public(session, now=NOON)

        assert [each.slug for each in listed] == ["sooner", "later"]

    def test_shows_nothing_before_it_opens(self, session):
        make_consultation(session, opens_at=NOON + SECOND)

        assert consultations.list_public(session, now=NOON) == []

    def test_shows_it_from_the_very_moment_it_opens(self, session):
        make_consultation(session, opens_at=NOON)

        assert len(consultations.list_open(session, now=NOON)) == 1

    def test_takes_nothing_closed_for_open(self, session):
        make_consultation(session, closes_at=NOON - SECOND, opens_at=NOON - DAY)

        assert consultations.list_open(session, now=NOON) == []

    def test_shows_a_team_its_own_alone(self, session):
        make_consultation(session, slug="ours", team="families")
        make_consultation(session, slug="theirs", team="youth")

        listed = consultations.list_all(session, team="families")

        assert [each.slug for each in listed] == ["ours"]


class TestFinding:
    def test_answers_an_unknown_one_and_one_to_come_alike(self, session):
        make_consultation(session, slug="to-come", opens_at=NOON + SECOND)

        for slug in ("unknown", "to-come"):
            with pytest.raises(NotFoundError, match=r"^consultation$"):
                consultations.get_public(session, slug, now=NOON)

    def test_finds_a_closed_one(self, session):
        make_consultation(session, closes_at=NOON - SECOND, opens_at=NOON - DAY)

        assert consultations.get_public(session, "early-help", now=NOON).title
