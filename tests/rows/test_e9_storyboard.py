"""E9: a storyboard of what came of a consultation, under the four heads that boards use."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from docx import Document

from tests.conftest import NOON
from tests.factories import make_consultation
from tests.voice.themed import make_officer, make_people, make_theme, sign_in
from voice.models import Outcome, OutcomeKind, ThemeStatus
from voice.reports.handout_document import handout_document
from voice.reports.page import handout_page
from voice.services.consultations import current_survey
from voice.services.storyboards import write_storyboard

HEADS = [
    "Why did we seek improvement?",
    "What did we do?",
    "Next steps?",
    "Evidence of impact and outcomes?",
]


def made_told(session):
    """Twelve people speak of buses; one thing was done, another was promised."""
    made = make_consultation(session, slug="buses")
    made.reasons = "The timetable is ten years old."
    made.decision_on = (NOON + timedelta(days=30)).date()
    people = make_people(session, made, 12)
    theme = make_theme(session, made, people, status=ThemeStatus.SIGNED_OFF)
    for kind, said, did in (
        (OutcomeKind.DID, "Buses stop too early.", "They run until ten."),
        (OutcomeKind.WILL, "Buses are dirty.", "Clean them each night."),
    ):
        session.add(
            Outcome(
                consultation_id=made.id, theme_id=theme.id, kind=kind, you_said=said, we_did=did,
                press_key=said, published_at=NOON,
            )
        )  # fmt: skip
    session.flush()
    return made


@pytest.fixture
def told(session):
    return made_told(session)


@pytest.fixture
def storyboard(session, told):
    return write_storyboard(session, told, council="Test Council", now=NOON)


class TestTheStoryboard:
    def test_e9_has_the_four_heads_of_the_boards(self, storyboard):
        assert [part.heading for part in storyboard.parts] == HEADS

    def test_e9_says_under_each_head_what_belongs_there(self, told, storyboard):
        why, did, to_come, evidence = storyboard.parts

        assert why.lines == (current_survey(told).about.why, "The timetable is ten years old.")
        assert "12 responses (n = 12)" in did.lines[0]
        assert "You said: Buses stop too early. We did: They run until ten." in did.lines
        assert to_come.lines[0].startswith("A decision is due on ")
        assert "You said: Buses are dirty. We will: Clean them each night." in to_come.lines
        assert "Theme: Buses: 12 of 12 (100%), indicative." in evidence.lines
        assert evidence.quotes == ("More buses please 0",)

    def test_e9_is_written_as_a_document_and_as_a_page(self, storyboard):
        document = Document(BytesIO(handout_document(storyboard)))
        page = handout_page(storyboard)

        found = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
        assert found == HEADS
        assert [page.index(f"<h2>{head}</h2>") for head in HEADS] == sorted(
            page.index(f"<h2>{head}</h2>") for head in HEADS
        )
        assert "More buses please 0</blockquote>" in page

    def test_words_are_inert_on_the_page(self, storyboard):
        page = handout_page(replace(storyboard, title="<script>alert(1)</script>"))

        assert "<script>" not in page

    def test_is_offered_beside_the_briefing(self, client, database):
        with database.writing() as session:
            sign_in(client, session, make_officer(session))
            made_told(session)
        address = "/officers/consultations/buses/storyboard"

        page = client.get("/officers/consultations/buses/briefing").text

        assert f"{address}.docx" in page
        assert f"{address}.html" in page
        assert Document(BytesIO(client.get(f"{address}.docx").data)).paragraphs
        assert HEADS[3] in client.get(f"{address}.html").text
