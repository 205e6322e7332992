"""The briefing as a page and as a Word document: every figure with its base, every word inert."""

import re
import zipfile
from io import BytesIO

import pytest
from docx import Document

from voice.reports.briefing import Briefing, BriefQuestion, BriefTheme
from voice.reports.document import briefing_document
from voice.reports.figures import Figure, QuestionFigures
from voice.reports.page import briefing_page

PAYLOAD = "<script>alert(1)</script>{{7*7}}\x00\x0b\ud800&amp;"
AGREE = QuestionFigures(
    code="agree",
    text="Do you agree?",
    kind="scale",
    base=45,
    skipped=3,
    not_asked=2,
    rows=(Figure("A lot", 37, 45), Figure("A bit", 6, 45), Figure("No", 2, 45)),
)
THEME = BriefTheme(
    label="Buses stop too early",
    people=Figure("Buses stop too early", 12, 40),
    tones=(Figure("negative", 9, 12), Figure("positive", 3, 12)),
    quotes=("The last bus is at six",),
    said_more_by=(),
    answered="",
)


def brief(**changed):
    """A briefing that is valid as it comes."""
    given = {
        "title": "Early help: what people told us",
        "council": "Test Council",
        "made_on": "Monday 1 June 2026",
        "period": "Open from Sunday 31 May 2026 to Tuesday 2 June 2026.",
        "demonstration": "",
        "responses": 50,
        "invited": 200,
        "rate": Figure("Response rate", 50, 200),
        "channels": (Figure("Web page", 30, 50), Figure("Telegram", 20, 50)),
        "headlines": ("50 people answered (n = 50).",),
        "questions": (AGREE,),
        "themes": (themes_of(THEME),),
        "outcomes": (("Buses stop too early", "We did: They run until ten"),),
        "decisions": ("Decide what to do about buses.",),
        "method": ("Halves are rounded up.",),
    }
    return Briefing(**given | changed)


def themes_of(*themes):
    """A free-text question with these themes."""
    return BriefQuestion(
        code="what_else",
        text="What else?",
        base=40,
        themes=themes,
        not_signed_off=0,
        removed="fewer than 8",
    )


def read_page(briefing):
    """What the page says, without its marks."""
    page = re.sub(r"<style>.*?</style>", "", briefing_page(briefing), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def open_document(briefing):
    """The Word document, as Word opens it."""
    return Document(BytesIO(briefing_document(briefing)))


def read_document(briefing):
    """What the document says: paragraphs, then tables cell by cell."""
    document = open_document(briefing)
    words = [paragraph.text for paragraph in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*words, *cells]).split())


@pytest.mark.parametrize("read", [read_page, read_document], ids=["page", "document"])
class TestEitherKind:
    def test_says_who_answered_and_of_how_many(self, read):
        assert "50 responses (n = 50) from 200 people asked. Response rate: 25%." in read(brief())

    def test_says_that_the_rate_is_not_known(self, read):
        assert "Response rate: not known" in read(brief(invited=None, rate=None))

    def test_gives_every_figure_with_its_base(self, read):
        assert "A lot 37 45 82%" in read(brief())

    def test_says_who_skipped_a_question_and_who_was_not_asked(self, read):
        assert "n = 45 answered, 3 skipped it, 2 were not asked." in read(brief())

    def test_keeps_back_how_few_chose_an_option(self, read):
        assert "No withheld 45 –" in read(brief())

    def test_gives_a_theme_with_its_count_share_and_tone(self, read):
        words = "12 of 40 (30%) people. Tone: 9 negative, 3 positive."

        assert words in read(brief())

    def test_keeps_back_how_few_raise_a_theme(self, read):
        few = BriefTheme("Ponds", Figure("Ponds", 4, 40), (Figure("negative", 4, 4),), (), (), "")

        words = read(brief(themes=(themes_of(few),)))

        assert "fewer than 5 of 40 people." in words
        assert "4 negative" not in words

    def test_says_how_many_were_removed_for_safeguarding(self, read):
        assert "Answers removed for safeguarding: fewer than 8." in read(brief())

    def test_says_what_the_council_did(self, read):
        assert "We did: They run until ten" in read(brief())

    def test_says_where_demonstration_answers_come_from(self, read):
        assert "Demonstration. From the papers." in read(brief(demonstration="From the papers."))

    def test_has_the_findings_before_the_figures(self, read):
        words = read(brief())

        assert words.index("In brief") < words.index("Who answered") < words.index("Figures,")


class TestThePage:
    @pytest.mark.parametrize("place", ["title", "council", "demonstration", "period"])
    def test_lets_no_word_be_a_part_of_the_page(self, place):
        page = briefing_page(brief(**{place: PAYLOAD}))

        assert "<script" not in page
        assert "49" not in page.split("</style>")[1].replace("1649", "")

    def test_lets_no_quote_and_no_label_be_a_part_of_the_page(self):
        hostile = BriefTheme(PAYLOAD, Figure(PAYLOAD, 9, 9), (), (PAYLOAD,), (PAYLOAD,), PAYLOAD)
        question = QuestionFigures("q", PAYLOAD, "scale", 9, 0, 0, (Figure(PAYLOAD, 9, 9),))

        page = briefing_page(brief(themes=(themes_of(hostile),), questions=(question,)))

        assert "<script" not in page

    def test_asks_nobody_for_anything(self):
        page = briefing_page(brief())

        assert not re.findall(r"""(?:src|href|url)\s*[=(]""", page)

    def test_has_a_table_beside_each_bar(self):
        page = briefing_page(brief())

        assert page.count("<svg") > 0
        assert all("<svg" not in part for part in re.split(r"<table.*?</table>", page, flags=re.S))


class TestTheDocument:
    def test_opens_with_words_that_xml_cannot_hold(self):
        hostile = BriefTheme(PAYLOAD, Figure(PAYLOAD, 9, 9), (), (PAYLOAD,), (PAYLOAD,), PAYLOAD)

        document = open_document(brief(title=PAYLOAD, themes=(themes_of(hostile),)))

        assert "<script>alert(1)</script>{{7*7}}" in document.paragraphs[0].text

    def test_has_real_headings(self):
        headings = [
            paragraph.text
            for paragraph in open_document(brief()).paragraphs
            if paragraph.style.name == "Heading 1"
        ]

        assert headings[:3] == ["In brief", "Decisions asked of you", "Who answered"]

    def test_has_tables_whose_first_row_is_their_heading(self):
        for table in open_document(brief()).tables:
            marks = table.rows[0]._tr.trPr

            assert "tblHeader" in marks.xml

    def test_numbers_its_pages(self):
        with zipfile.ZipFile(BytesIO(briefing_document(brief()))) as parts:
            footers = [parts.read(name) for name in parts.namelist() if "footer" in name]

        assert any(b'w:instr="PAGE"' in footer for footer in footers)
