"""What was a command only: the evidence of a consultation, and translators' workbooks."""

import html
import io
import re
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select

from surveys.definition import read_from_library
from surveys.drafting.sketch import sketch_of
from surveys.translating import header_for
from surveys.writing import as_definition
from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from tests.voice.themed import make_officer
from voice.models import AuditEntry, Draft
from voice.services import drafts
from voice.services.workbooks import Column, read_workbook, write_workbook

EVIDENCE = "/officers/consultations/early-help/evidence"
HERE = "/officers/consultations/early-help"
RESULTS = f"{HERE}/results.zip"
GUIDE = Path(__file__).parents[3] / "docs" / "guides" / "translator.md"
SECRET_WORDS = "the swings by the mill are broken"


class TestTheEvidence:
    def test_is_one_file_whose_checksums_hold_and_quotes_nobody(self, clerk, consultation):
        assert "Download the evidence" in clerk.get(EVIDENCE).text

        reply = clerk.get(f"{EVIDENCE}.zip")

        with zipfile.ZipFile(io.BytesIO(reply.data)) as packed:
            held = {name: packed.read(name) for name in packed.namelist()}
        assert "attachment" in reply.headers["Content-Disposition"]
        assert {"decisions.csv", "figures.csv", "manifest.csv", "plan.txt"} <= set(held)
        listed = held.pop("manifest.csv").decode("utf-8-sig")
        assert all(sha256(each).hexdigest() in listed for each in held.values())
        assert all(SECRET_WORDS.encode() not in each for each in held.values())

    def test_says_who_took_it(self, clerk, consultation, database):
        clerk.get(f"{EVIDENCE}.zip")

        with database.reading() as session:
            assert "evidence taken" in session.scalars(select(AuditEntry.action)).all()


class TestTheResultsToTakeAway:
    @pytest.mark.parametrize("page", ["results", "responses"])
    def test_are_linked_where_the_answers_are_read(self, clerk, consultation, page):
        assert f'href="{RESULTS}"' in clerk.get(f"{HERE}/{page}").text

    def test_are_the_files_of_the_pack_and_name_nobody(self, clerk, consultation, database):
        reply = clerk.get(RESULTS)

        with zipfile.ZipFile(io.BytesIO(reply.data)) as packed:
            held = {name: packed.read(name) for name in packed.namelist()}
        assert "attachment" in reply.headers["Content-Disposition"]
        assert {"counts.csv", "themes.csv", "quotes.csv", "briefing.docx"} <= set(held)
        assert all(SECRET_WORDS.encode() not in each for each in held.values())
        with database.reading() as session:
            assert "results taken" in session.scalars(select(AuditEntry.action)).all()


class TestAWorkbookForATranslator:
    def test_goes_out_and_comes_back_whole(self, clerk, draft, stored):
        rows = read_workbook(clerk.get(f"{draft}/workbook?to=cy").data)
        filled = [[*row[:3], f"Cymraeg {number}"] for number, row in enumerate(rows[1:])]

        page = send(clerk, draft, filled, by="A. Jones")

        (welsh,) = stored().reading.survey.translations
        assert (welsh.language, welsh.source) == ("cy", "A. Jones")
        assert set(welsh.texts.values()) == {each[-1] for each in filled}
        assert "Welsh (Cymraeg): all" in page.text

    def test_replaces_the_one_before_and_leaves_other_languages(self, clerk, draft, stored):
        rows = read_workbook(clerk.get(f"{draft}/workbook?to=cy").data)[1:]
        polish = [[*row[:3], "po polsku"] for row in rows]
        send(clerk, draft, polish, language="pl")

        for words in ("cyntaf", "ail"):
            send(clerk, draft, [[*row[:3], words] for row in rows])

        spoken = {each.language: each.texts for each in stored().reading.survey.translations}
        assert set(spoken) == {"cy", "pl"}
        assert set(spoken["cy"].values()) == {"ail"}

    def test_is_refused_row_by_row_and_nothing_of_it_comes_in(self, clerk, draft, stored):
        rows = read_workbook(clerk.get(f"{draft}/workbook?to=cy").data)[1:]
        filled = [[*row[:3], "geiriau"] for row in rows]
        filled[0][-1], filled[1][2], filled[2][0] = "", "Another text", "nowhere"

        page = send(clerk, draft, filled)

        assert page.status_code == 422
        for words in ("Row 2: “", "is not translated", "Row 3: the text has changed", "Row 4: “no"):
            assert words in page.text
        assert stored().reading.survey.translations == ()

    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            pytest.param(b"no zip", "The workbook is no Excel workbook", id="another kind of file"),
            pytest.param(b"", "Choose the workbook", id="no file"),
        ],
    )
    def test_is_refused_in_words(self, clerk, draft, sent, words):
        assert words in send(clerk, draft, sent).text


class TestTheTranslatorsGuide:
    """docs/guides/translator.md, step by step: the sheet out, every row, and back."""

    def test_names_the_columns_of_the_sheet_that_an_officer_sends(self, clerk, draft):
        (header, *rows) = read_workbook(clerk.get(f"{draft}/workbook?to=cy").data)

        told = [cell for cell, _ in guide_table()]
        assert header[:3] == told[:3]
        assert told[3].startswith("Your language")
        assert "Welsh" in told[3]
        assert header[3] == "Welsh"
        assert {"Question", "Hint", "Answer"} & {row[1] for row in rows}

    def test_the_place_is_protected_and_the_translation_is_not(self, clerk, draft):
        workbook = clerk.get(f"{draft}/workbook?to=cy").data
        with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
            sheet = parts.read("xl/worksheets/sheet1.xml").decode()
            styles = parts.read("xl/styles.xml").decode()

        assert "<sheetProtection" in sheet
        assert 'locked="0"' in styles

    def test_an_empty_row_is_refused_by_name_as_it_says(self, clerk, draft, stored):
        rows = read_workbook(clerk.get(f"{draft}/workbook?to=cy").data)[1:]
        filled = [[*row[:3], "geiriau"] for row in rows]
        filled[3][-1] = ""

        page = send(clerk, draft, filled)

        assert page.status_code == 422
        assert html.escape(filled[3][2])[:20] in page.text
        assert stored().reading.survey.translations == ()

    def test_the_next_workbook_has_what_is_translated_already(self, clerk, draft):
        rows = read_workbook(clerk.get(f"{draft}/workbook?to=cy").data)[1:]
        send(clerk, draft, [[*row[:3], "geiriau"] for row in rows])

        again = read_workbook(clerk.get(f"{draft}/workbook?to=cy").data)[1:]

        assert {row[3] for row in again} == {"geiriau"}


def guide_table():
    """Return the rows of the guide's table, without its heading."""
    lines = GUIDE.read_text("utf-8").splitlines()
    cells = [each.strip("|").split("|") for each in lines if each.startswith("|")]
    return [(first.strip(), second.strip()) for first, second in cells[2:]]


def send(clerk, address, rows, *, language="cy", by=""):
    """Bring a workbook back, as the page's second form does."""
    page = clerk.get(address).text
    hidden = re.findall(r'name="(csrf_token|press|edition)"[^>]*value="([^"]*)"', page)
    if isinstance(rows, list):
        columns = [Column(name) for name in header_for(language)]
        rows = write_workbook(columns, rows)
    sent = {"file": (io.BytesIO(rows), "back.xlsx")} if rows else {}
    form = dict(hidden) | {"language": language, "by": by} | sent
    return clerk.post(address, data=form, content_type="multipart/form-data", follow_redirects=True)


@pytest.fixture
def consultation(database):
    with database.writing() as session:
        made = make_consultation(session)
        make_response(session, made, important=SECRET_WORDS)
        return made


@pytest.fixture
def draft(database):
    """The address of the languages of a draft."""
    with database.writing() as session:
        sketch = sketch_of(as_definition(read_from_library("parent_feedback")))
        made = drafts.start_draft(session, sketch, make_officer(session), now=NOON)
        return f"/officers/drafts/{made.id}/languages"


@pytest.fixture
def stored(database):
    """The draft as it is stored, checked."""

    def stored():
        with database.reading() as session:
            return drafts.check_draft(session.scalars(select(Draft)).one())

    return stored
