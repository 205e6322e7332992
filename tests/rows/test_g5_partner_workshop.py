"""G5: what partners wrote to the workshop's three questions, summed up under each question."""

from io import BytesIO

import pytest
from docx import Document

from surveys.engine import Survey
from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from tests.surveys.conftest import ABOUT
from voice.models import ThemeStatus
from voice.reports.document import briefing_document
from voice.reports.page import briefing_page
from voice.services import analyses, briefings, theme_views, themes

QUESTIONS = {
    "lead_worker": "Is the Lead Family Worker Role working effectively in your organisation?",
    "outcome_star": (
        "Agencies are in agreement that a single overarching family assessment and plan (Family "
        "Outcome Star) is the way forward- how is this working in practice?"
    ),
    "protocols": (
        "Based on the Early Help Coordination proposal what additional protocols/policies do you "
        "need to support these changing requirements?"
    ),
}
# Ours: the paper prints the themes of the workshop, and none of the words.
WRITTEN = {
    "lead_worker": (
        "The lead worker role is not clear to our staff",
        "Many of our staff do not know what the lead worker does",
        "Staff are unsure who the lead worker is",
        "The role of the lead worker needs to be explained to staff",
        "Nobody is clear about the lead worker role",
        "More awareness of the lead worker role is needed among staff",
    ),
    "outcome_star": (
        "The star is seen but not used by schools",
        "Every agency uses its own assessment form instead of the star",
        "We still fill in our own assessment form beside the star",
        "The star is on the shelf and each agency keeps its own form",
        "Health uses another assessment form, not the star",
        "Two assessment forms are filled in, the star and our own",
    ),
    "protocols": (
        "A protocol on consent to share what families tell us",
        "We need one consent form for sharing with other agencies",
        "Confidentiality stops agencies from sharing without consent",
        "A clear policy about consent and confidentiality",
        "Consent for sharing must be asked once for all agencies",
        "Guidance on when to share without consent",
    ),
}


@pytest.fixture
def workshop(session):
    """24 partners: six of four wordings to each question, and themes that a person signed off."""
    survey = Survey.model_validate(
        {
            "code": "partner_workshop",
            "title": "Partner workshop",
            "about": ABOUT,
            "questions": [
                {"code": code, "kind": "free_text", "text": text}
                for code, text in QUESTIONS.items()
            ],
        }
    )
    made = make_consultation(session, survey=survey, slug="workshop")
    for place in range(24):
        said = {code: f"{words[place % 6]}." for code, words in WRITTEN.items()}
        make_response(session, made, **said)
    for code in QUESTIONS:
        gathered = analyses.gather(session, made, code, now=NOON)
        report = analyses.find_themes(gathered.comments)
        analyses.keep_report(session, made, code, gathered, report)
        for theme in themes.themes_of(session, made, code):
            theme.status = ThemeStatus.SIGNED_OFF
    session.flush()
    return made


@pytest.fixture
def briefing(session, workshop):
    return briefings.write_briefing(session, workshop, council="Test Council", now=NOON)


class TestThreeQuestions:
    def test_g5_each_has_a_theme_summary_of_its_own(self, briefing):
        summed_up = {each.text: each.themes for each in briefing.themes}

        assert list(summed_up) == list(QUESTIONS.values())
        assert all(summed_up.values())
        for code, asked in QUESTIONS.items():
            others = [words for other in QUESTIONS if other != code for words in WRITTEN[other]]
            quotes = [quote for theme in summed_up[asked] for quote in theme.quotes]
            assert quotes
            assert {quote.rstrip(".") for quote in quotes} <= set(WRITTEN[code])
            assert {quote.rstrip(".") for quote in quotes}.isdisjoint(others)

    def test_g5_themes_are_about_what_that_question_was_answered_with(self, session, workshop):
        about = {
            code: " ".join(
                f"{theme.label} {' '.join(theme.words)}".lower()
                for theme in themes.themes_of(session, workshop, code)
            )
            for code in QUESTIONS
        }

        assert "role" in about["lead_worker"] or "lead" in about["lead_worker"]
        assert "form" in about["outcome_star"] or "star" in about["outcome_star"]
        assert "consent" in about["protocols"]
        assert "consent" not in about["lead_worker"] + about["outcome_star"]
        assert theme_views.read_themes(session, workshop, "protocols").base == 24

    def test_the_page_and_the_document_put_the_themes_under_their_question(self, briefing):
        page = briefing_page(briefing)
        document = Document(BytesIO(briefing_document(briefing)))
        heads = [
            (each.style.name, each.text)
            for each in document.paragraphs
            if each.style.name.startswith("Heading")
        ]
        said = heads.index(("Heading 1", "What people said"))

        for question in briefing.themes:
            place = heads.index(("Heading 2", question.text), said)
            below = heads[place + 1 : place + 1 + len(question.themes)]
            assert below == [("Heading 3", theme.label) for theme in question.themes]
            quote = next(quote for theme in question.themes for quote in theme.quotes)
            assert page.index(question.text) < page.index(quote)
