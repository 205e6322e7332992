"""A recommendation that rests on a theme, and those who may write of it and rate it."""

from datetime import date, timedelta

import pytest

from tests.conftest import NOON
from tests.factories import make_consultation
from tests.voice.themed import make_officer, make_people, make_theme
from voice.models import Role, ThemeStatus
from voice.services import recommendations
from voice.services.recommendations import NewRecommendation

NEW = NewRecommendation(
    words="Bring the evening bus back",
    lead_member="Cabinet Member for Transport",
    lead_officer="Head of Transport",
    due_on=date(2026, 12, 1),
    measure="Buses after eight in the evening",
    response="Agreed. We ask the companies.",
    agreed_on=NOON.date(),
)


@pytest.fixture
def asked(session):
    return make_consultation(session, slug="buses")


@pytest.fixture
def theme(session, asked):
    people = make_people(session, asked, 9)
    return make_theme(
        session, asked, people, status=ThemeStatus.SIGNED_OFF,
        signed_off_at=NOON - timedelta(days=9),
    )  # fmt: skip


@pytest.fixture
def officer(session):
    return make_officer(session)


@pytest.fixture
def committee(session):
    return make_officer(session, role=Role.COMMITTEE)


def recommend(session, asked, officer, new=NEW):
    """Write a recommendation down."""
    return recommendations.make_recommendation(
        session, asked, officer, new, press_key=new.words, now=NOON
    )
