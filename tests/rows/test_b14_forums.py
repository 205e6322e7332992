"""B14: what a client forum says leads to a "we did", which stands beside what it said."""

import pytest

from tests.conftest import NOON
from tests.factories import make_consultation
from tests.voice.themed import QUESTION, make_officer, make_theme
from voice.models import (
    Capacity,
    Gathering,
    GatheringMention,
    GatheringPoint,
    OutcomeKind,
    ThemeStatus,
)
from voice.services import briefings, outcomes
from voice.services.outcomes import Saying


@pytest.fixture
def asked(session):
    return make_consultation(session)


@pytest.fixture
def theme(session, asked):
    """A theme that six clients at a forum raised, and nobody who answered the survey."""
    theme = make_theme(
        session, asked, [], label="A day of photography", status=ThemeStatus.SIGNED_OFF
    )
    point = GatheringPoint(
        question=QUESTION, words="We would love to take pictures", is_verbatim=True, place=0
    )
    forum = Gathering(
        consultation=asked, kind=Capacity.FOCUS_GROUP, held_on=NOON.date(), place="", locality="",
        service="", who="Client forum", headcount=6, recorder="", notes="", points=[point],
        press_key="a forum", recorded_at=NOON,
    )  # fmt: skip
    session.add(forum)
    session.flush()
    session.add(GatheringMention(theme_id=theme.id, point_id=point.id, strength=1.0))
    session.flush()
    return theme


class TestRowB14:
    """TEST: forum input links to a "we did" entry."""

    def test_b14_what_a_forum_said_stands_beside_what_was_done(self, session, asked, theme):
        officer = make_officer(session)
        saying = Saying(OutcomeKind.DID, "You want to be creative.", "We held a day of pictures.")

        outcomes.publish_outcome(session, theme, saying, officer=officer, press_key="p", now=NOON)

        brief = briefings.write_briefing(session, asked, council="Test Council", now=NOON)
        (found,) = (one for question in brief.themes for one in question.themes)
        assert found.is_only_heard
        assert "Client forum" in found.heard[0]
        assert found.answered == "We did: We held a day of pictures."

    def test_b14_of_a_forum_alone_no_number_is_published(self, session, theme):
        saying = Saying(OutcomeKind.DID, "6 of you want to be creative.", "We held a day.")

        with pytest.raises(outcomes.OutcomeRefusedError, match="number"):
            outcomes.check_saying(session, theme, saying, officer=make_officer(session))
