"""Concerns of the demonstration: as the present software sees what was made up, and no more."""

from datetime import timedelta

import pytest

from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from voice.analysis import safeguarding
from voice.models import Channel, Concern
from voice.services import demonstration_concerns

HARMLESS = "The bus is late on Sundays"
ALERT = "My dad hits me every night and I am scared to go home"


@pytest.fixture
def raised(session):
    """Raise a concern of an older version about a made-up answer, unless told otherwise."""
    asked = make_consultation(session)

    def raised(words, *, wave="2017", later=timedelta(), read_at=None, made_of="Printed counts."):
        asked.demonstration = made_of
        response = make_response(session, asked)
        response.wave = wave
        concern = Concern(
            consultation_id=asked.id,
            response_id=response.id,
            question="best",
            channel=Channel.WEB,
            words=words,
            sentence=words,
            category="self_harm_suicide",
            tier="alert",
            urgency="immediate",
            detector="an older one",
            shown="help card",
            raised_at=response.started_at + later,
            acknowledged_at=read_at,
        )
        session.add(concern)
        session.flush()
        return concern

    return raised


def test_those_that_raise_nothing_now_are_gone(session, raised):
    raised(HARMLESS)

    assert demonstration_concerns.screen_again(session) == 1
    assert session.query(Concern).count() == 0


def test_those_that_stand_are_said_as_the_present_software_says_them(session, raised):
    concern = raised(ALERT)

    assert demonstration_concerns.screen_again(session) == 0
    assert (concern.category, concern.urgency) == ("abuse_physical", "high")
    assert concern.detector == safeguarding.detector_version()


@pytest.mark.parametrize(
    "how",
    [
        pytest.param({"wave": ""}, id="a visitor's"),
        pytest.param({"later": timedelta(minutes=1)}, id="said after the answers were loaded"),
        pytest.param({"read_at": NOON}, id="read by a person"),
        pytest.param({"made_of": ""}, id="of no demonstration"),
    ],
)
def test_no_other_is_touched(session, raised, how):
    concern = raised(HARMLESS, **how)

    assert demonstration_concerns.screen_again(session) == 0
    assert (concern.detector, concern.tier) == ("an older one", "alert")
