"""The briefing as files, whatever stands in it: hostile words, or nothing at all."""

from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn

from voice.reports.briefing import Briefing, BriefQuestion, BriefTheme
from voice.reports.document import briefing_document
from voice.reports.figures import Figure, QuestionFigures
from voice.reports.page import briefing_page

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }} {% raw %} ${7*7} {0.__class__}",
    "=HYPERLINK(\"http://example.org\")",
    "]]><w:p/><!-- &amp; &#0;",
    "zero\x00 bell\x07 escape\x1b \ufffe \ud800 vertical\x0b",
    "مرحبا 👩‍👩‍👧 Ünïcödé \u202egnihtemos",
    "'; DROP TABLE answer; --",
)  # fmt: skip
THEME = BriefTheme(
    label="Buses",
    people=Figure("Buses", 12, 40),
    tones=(Figure("negative", 12, 12),),
    quotes=("The bus is late",),
    said_more_by=(),
    answered="",
)
AGREE = QuestionFigures(
    code="agree",
    text="Do you agree?",
    kind="scale",
    base=45,
    skipped=2,
    not_asked=3,
    rows=(Figure("Yes", 37, 45), Figure("No", 8, 45)),
)
BRIEFING = Briefing(
    title="Early help: what people told us",
    council="Test Council",
    made_on="Monday 1 June 2026",
    period="Open from one day to another.",
    demonstration="",
    responses=50,
    invited=200,
    rate=Figure("Response rate", 50, 200),
    channels=(Figure("Web page", 50, 50),),
    headlines=("50 people answered (n = 50).",),
    questions=(AGREE,),
    themes=(BriefQuestion("important", "What matters?", 40, (THEME,), 0, "fewer than 8"),),
    outcomes=(("Buses are late.", "We did: more buses."),),
    decisions=("Decide about buses.",),
    method=("Halves are rounded up.",),
)


def opened(briefing):
    return docx.Document(BytesIO(briefing_document(briefing)))


def words_in(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def saying(words):
    """Return the briefing with these words wherever somebody's words can stand."""
    theme = replace(THEME, label=words, quotes=(words,), said_more_by=(words,), answered=words)
    figures = replace(AGREE, text=words, rows=(Figure(words, 37, 45),), note=words)
    return replace(
        BRIEFING,
        title=words,
        council=words,
        demonstration=words,
        headlines=(words,),
        questions=(figures,),
        themes=(replace(BRIEFING.themes[0], text=words, themes=(theme,)),),
        outcomes=((words, words),),
        decisions=(words,),
    )


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, tuple(name for name, _ in attrs)))


def tags_in(page):
    reader = _Tags()
    reader.feed(page)
    return reader.seen


class TestTheDocument:
    def test_has_real_headings_in_order(self):
        headings = [
            one.text for one in opened(BRIEFING).paragraphs if one.style.name == "Heading 1"
        ]

        assert headings == [
            "In brief",
            "Decisions asked of you",
            "Who answered",
            "What people said",
            "Figures, question by question",
            "You said, we did",
            "How this was made",
        ]

    def test_marks_the_heading_of_each_table_and_names_it_for_screen_readers(self):
        for table in opened(BRIEFING).tables:
            assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
            assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))

    @pytest.mark.parametrize("words", HOSTILE)
    def test_holds_whatever_people_wrote_as_words(self, words):
        assert len(opened(saying(words)).paragraphs) == len(opened(saying("plain")).paragraphs)

    def test_is_a_file_even_when_nobody_answered(self):
        empty = replace(BRIEFING, responses=0, rate=None, channels=(), questions=(), themes=())

        assert "0 responses (n = 0)" in words_in(opened(empty))


class TestThePage:
    @pytest.mark.parametrize("words", HOSTILE)
    def test_holds_whatever_people_wrote_as_words(self, words):
        assert tags_in(briefing_page(saying(words))) == tags_in(briefing_page(saying("plain")))
