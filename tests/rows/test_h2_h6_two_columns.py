"""H2 and H6: a self-assessment or an audit in two columns.

The twelve areas that the Board's paper lists are not in our sources, and neither are its criteria:
the areas here are ours, six and six as there.
"""

import csv
from io import BytesIO, StringIO

import pytest
from docx import Document

from surveys.engine import Survey
from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from tests.surveys.conftest import ABOUT
from tests.voice.themed import make_officer, sign_in
from voice.analysis.tone import read_tone
from voice.errors import NotFoundError
from voice.models import Mention, Theme, ThemeStatus
from voice.reports.handout_document import handout_document
from voice.services.strengths import Sources, sort_themes, strengths_file, write_strengths

IMPROVED = {
    "Attendance": "Attendance at meetings is excellent",
    "Training": "The training is a great strength",
    "Challenge": "Good challenge between agencies",
    "Leadership": "Strong and supportive leadership",
    "Audits": "Better audits as a result of the new template",
    "Website": "The new website is friendly and helpful",
}
FURTHER = {
    "Voice of the child": "Children are not asked often enough",
    "Priorities": "There are too many priorities",
    "Impact": "There is not enough evidence of impact",
    "Engagement": "Schools are hard to reach",
    "Sub groups": "Sub groups are slow and confusing",
    "Reports": "Reports are too long and unclear",
}
BOTH = Sources(improved="well", further="further")


@pytest.fixture
def board(session):
    return made_board(session)


def made_board(session):
    """Five members raise each area; `all` holds every area, the other questions one column each."""
    survey = Survey.model_validate(
        {
            "code": "board",
            "title": "Board self-assessment",
            "about": ABOUT,
            "questions": [
                {"code": code, "kind": "free_text", "text": text}
                for code, text in (
                    ("well", "What has improved?"),
                    ("further", "What needs to develop further?"),
                    ("all", "What do you think of the Board?"),
                )
            ],
        }
    )
    made = make_consultation(session, survey=survey, slug="board")
    for code, areas in (("well", IMPROVED), ("further", FURTHER)):
        for label, words in areas.items():
            people = [make_response(session, made, **{code: words, "all": words}) for _ in range(5)]
            for asked in (code, "all"):
                session.add(_theme(made, asked, label, people))
                for one in people:
                    one.answers[asked].tone = read_tone([words]).value
    session.flush()
    return made


def _theme(made, code, label, people):
    theme = Theme(
        consultation_id=made.id, question=code, key=f"{code}-{label}", label=label,
        found_label=label, description="", words=[], place=[*IMPROVED, *FURTHER].index(label),
        status=ThemeStatus.SIGNED_OFF,
    )  # fmt: skip
    theme.mentions = [Mention(response_id=one.id, strength=1.0, is_quote=False) for one in people]
    return theme


def labels(views):
    return {view.label for view in views}


class TestTwoColumns:
    def test_h2_come_from_two_questions(self, session, board):
        found = sort_themes(session, board, BOTH)

        assert labels(found.improved) == IMPROVED.keys()
        assert labels(found.further) == FURTHER.keys()
        assert found.neither == ()

    def test_h2_come_from_one_question_by_tone(self, session, board):
        found = sort_themes(session, board, Sources(improved="all"))

        assert labels(found.improved) == IMPROVED.keys()
        assert labels(found.further) == FURTHER.keys()

    def test_leave_out_a_theme_that_nobody_signed_off(self, session, board):
        session.query(Theme).filter_by(
            question="well", label="Audits"
        ).one().status = ThemeStatus.FOUND
        session.flush()

        found = sort_themes(session, board, BOTH)

        assert labels(found.improved) == IMPROVED.keys() - {"Audits"}

    def test_do_not_sort_what_fewer_than_five_said(self, session, board):
        theme = session.query(Theme).filter_by(question="all", label="Reports").one()
        theme.mentions = theme.mentions[:4]
        session.flush()

        found = sort_themes(session, board, Sources(further="all"))

        assert labels(found.neither) == {"Reports"}
        assert "Reports" not in labels(found.further)

    def test_refuse_a_question_that_is_not_asked(self, session, board):
        with pytest.raises(NotFoundError):
            sort_themes(session, board, Sources("well", "nothing"))


class TestTheExport:
    def test_h6_is_a_document_with_the_two_columns(self, session, board):
        written = write_strengths(session, board, BOTH, council="Test Council", now=NOON)

        (table,) = Document(BytesIO(handout_document(written))).tables

        assert [cell.text for cell in table.rows[0].cells] == [
            "Areas of improvement",
            "Areas for further development",
        ]
        left, right = (cell.text.splitlines() for cell in table.rows[1].cells)
        assert left == [f"{label}: 5 of 30 (17%), indicative" for label in IMPROVED]
        assert right == [f"{label}: 5 of 30 (17%), indicative" for label in FURTHER]

    def test_h6_is_a_table(self, session, board):
        held = strengths_file(session, board, BOTH).decode("utf-8-sig")

        rows = list(csv.DictReader(StringIO(held)))

        assert rows[0] == {
            "column": "Areas of improvement", "theme": "Attendance", "people": "5", "of": "30",
            "response rate": "not known", "figures are": "indicative",
        }  # fmt: skip
        assert len(rows) == 12


class TestThePage:
    def test_shows_both_columns_and_gives_both_files(self, client, database):
        with database.writing() as session:
            sign_in(client, session, make_officer(session))
            made_board(session)
        asked = "improved=well&further=further"

        page = client.get(f"/officers/consultations/board/strengths?{asked}").text

        assert page.index("Areas of improvement</h2>") < page.index("Attendance: 5 of 30 (17%)")
        assert f"strengths.docx?{asked.replace('&', '&amp;')}" in page
        table = client.get(f"/officers/consultations/board/strengths.csv?{asked}")
        assert table.text.count("Areas for further development") == 6
        document = client.get(f"/officers/consultations/board/strengths.docx?{asked}")
        assert len(Document(BytesIO(document.data)).tables) == 1
