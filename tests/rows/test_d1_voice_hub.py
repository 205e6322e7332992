"""D1: one public hub holds the five things asked for, each at most two links from the front page.

Links are counted on the pages; that they can be tapped on a phone is in journeys/test_every_page.
"""

import re

import pytest

from tests.conftest import COUNCIL
from tests.factories import make_consultation
from voice.config import Signpost
from voice.models import Outcome, OutcomeKind

FIVE = {
    "ways to give views": "say",
    "links": "places",
    "You said, we did": "did",
    "signposts": "help",
    "rights": "rights",
}


@pytest.fixture
def hub(app, database, clock):
    own = Signpost(name="Youth Voice Bucks", url="https://youth.example.gov.uk", kind="views")
    council = COUNCIL.model_copy(
        update={"email": "say@example.gov.uk", "phone": "01296 000000", "own_signposts": (own,)}
    )
    object.__setattr__(app.extensions["voice"].settings, "council", council)
    with database.writing() as session:
        play = make_consultation(session, survey="chelseas_choice_2015", slug="play")
        did = Outcome(consultation=play, kind=OutcomeKind.DID, you_said="Longer talks",
                      we_did="Longer talks now", press_key="p", published_at=clock())  # fmt: skip
        session.add(did)
    return app.test_client()


class TestTheHub:
    @pytest.mark.parametrize("section", FIVE.values(), ids=FIVE.keys())
    def test_d1_is_two_taps_away_from_the_front_page(self, hub, section):
        first = re.findall(r'href="(/young-people)"', hub.get("/").text)
        page = hub.get(first[0]).text

        assert f'href="#{section}"' in page
        assert f'id="{section}"' in page

    def test_d1_holds_all_five(self, hub):
        page = hub.get("/young-people").text
        held = dict(zip(FIVE.values(), re.split(r"<h2[^>]* id=", page)[1:], strict=True))

        for address in ("/consultations/play", "/consultations/play/chat", "/paper",
                        "mailto:say@example.gov.uk", "tel:01296000000"):  # fmt: skip
            assert address in held["say"]
        assert "https://youth.example.gov.uk" in held["places"]
        assert "Longer talks now" in held["did"]
        assert "tel:08001111" in held["help"]
        assert "01296 383962" in held["help"]
        assert "Article 12" in held["rights"]
