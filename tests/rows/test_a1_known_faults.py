"""Row A1: the form of 2017 raises at least the faults that it is known to have, at the desk."""

import pytest

from surveys.checks import check_survey
from surveys.definition import read_from_library
from surveys.drafting.sketch import sketch_of
from surveys.writing import as_definition
from tests.conftest import NOON
from tests.factories import make_consultation
from tests.voice.services.chatting import Chatter, open_survey, settings_for
from tests.voice.themed import make_officer
from tests.voice.web.visitor import Visitor
from voice.services import drafts

# From the supplementary paper that went with the form.
RESPOND_AT = "You can respond at www.bucksc.gov.uk/earlyhelp"
ON_PAPER = "the proposed solution (detailed on page two of this document) for the new"
ON_SCREEN = "the proposed solution for the new Early Help service?"
KNOWN = [
    pytest.param("age", "everyone under 16 is left out", id="no age band under 16"),
    pytest.param("children", "leave out 4", id="age 4 is in no band"),
    pytest.param("found_out", "“None of the above”", id="question 5 has no skip"),
    pytest.param("easy_to_find", "asks on about it", id="question 6 has no skip"),
    pytest.param("postcode", "promises confidentiality", id="full postcode, kept confidential"),
    pytest.param("agree", "“page two”", id="a page of the printed form"),
]


class TestTheFormOf2017:
    @pytest.mark.parametrize(("question", "words"), KNOWN)
    def test_raises_what_it_is_known_for(self, question, words):
        findings = check_survey(read_from_library("early_help_2017"))

        assert [f for f in findings if f.question == question and words in f.message]

    def test_raises_the_misspelt_address_of_its_paper(self):
        survey = read_from_library("early_help_2017")
        about = survey.about.model_copy(update={"paper": RESPOND_AT})

        findings = check_survey(survey.model_copy(update={"about": about}))

        assert any("“bucksc.gov.uk”" in f.message and "buckscc" in f.message for f in findings)

    def test_points_at_no_page_on_the_pages_and_keeps_its_words_on_paper(self, app, database):
        with database.writing() as session:
            make_consultation(session)
        visitor = Visitor(app)
        page = visitor.press(visitor.begin("early-help"), ("capacity", "individual"))

        assert ON_SCREEN in page.body
        assert ON_PAPER not in page.body
        assert ON_PAPER in visitor.open("/consultations/early-help/paper").body

    def test_points_at_no_page_in_a_chat(self, database, tmp_path):
        open_survey(database, read_from_library("early_help_2017"))
        person = Chatter(database, settings_for(tmp_path)).at_first_question()
        said = person.press("As an individual")

        assert ON_SCREEN in said
        assert ON_PAPER not in said

    def test_cannot_open_from_the_desk_before_age_4_is_in_a_band(self, session):
        survey = read_from_library("early_help_2017")
        sketch = sketch_of(as_definition(survey))
        draft = drafts.start_draft(session, sketch, make_officer(session), now=NOON)

        checked = drafts.check_draft(draft)

        stops = [note for note in checked.notes if note.stops_opening]
        assert [note.finding.question for note in stops] == ["children"]
        assert not checked.is_ready
