"""Capability K2: answers collected elsewhere come in whole, checked row by row, or not at all."""

import io
import json
import re
import zipfile
from datetime import timedelta
from functools import partial

import pytest

from tests.conftest import NOON
from tests.factories import make_consultation
from voice.models import AuditEntry, Capacity, Channel, Concern, Import, ImportStatus
from voice.services import importing, imports, jobs, workbooks
from voice.services.consultations import current_version
from voice.services.responses import answers_of
from voice.spreadsheets import SpreadsheetError

BASE = "/officers/consultations/early-help/imports"
DAY = {"received-day": "31", "received-month": "5", "received-year": "2026"}
BACKGROUND = {
    "code": "background",
    "kind": "several",
    "text": "What is your background?",
    "equality": True,
    "options": [{"code": each, "label": each.title()} for each in ("asian", "black")],
}
FILE = """capacity,Q1,important,Where do you live?,Date received
individual,Agree,"Buses, please",x,31/5/2026
As an individual,agree,=1+1,y,2026-05-31
On behalf of an organisation,Strongly agree,Café,z,
"""


class TestBringingAFileIn:
    def test_makes_a_response_of_each_row_when_the_total_agrees(self, clerk, sent):
        page = clerk.bring_in(FILE, expected="3")

        assert "3 answers came in" in page.text
        assert [each.channel for each in sent()] == [Channel.IMPORT] * 3
        said = sorted(answers_of(each)["important"].text for each in sent())
        assert said == ["=1+1", "Buses, please", "Café"]
        assert {each.capacity for each in sent()} == {Capacity.INDIVIDUAL, Capacity.ORGANISATION}

    def test_asked_nobody_what_no_column_answers(self, clerk, sent):
        clerk.bring_in(FILE, expected="3")

        assert {frozenset(each.answers) for each in sent()} == {
            frozenset({"capacity", "agree", "important"})
        }

    def test_stops_when_the_total_does_not_agree(self, clerk, sent):
        page = clerk.bring_in(FILE, expected="4")

        assert page.status_code == 422
        assert "The file holds 3 answers and you said 4" in page.text
        assert sent() == []

    def test_says_what_is_wrong_in_which_row_and_column_and_keeps_nothing(self, clerk, sent):
        page = clerk.match(f"{FILE}individual,Perhaps,Trains,x,31/2/2026\n,Agree,Trams,x,\n")

        for words in ("is none of the options", "is no date", "is empty, and must be answered"):
            assert words in page
        assert re.search(r'<th scope="row"[^>]*>5</th>\s*<td[^>]*>Q1</td>', page)
        assert "Bring them in" not in page
        assert sent() == []

    def test_lists_the_columns_that_are_left_out(self, clerk):
        assert "Left out: “Where do you live?”" in clerk.match(FILE)

    def test_screens_every_word_and_queues_a_concern(self, clerk, stored):
        page = clerk.bring_in("capacity,important\nindividual,My dad hits me every night\n")

        assert stored(Concern)[0].channel is Channel.IMPORT
        assert "The safeguarding team has it in its queue now" in page.text

    def test_screens_the_wave_too(self, clerk, stored):
        clerk.bring_in("capacity,important,wave\nindividual,Buses,My dad hits me every night\n")

        assert [each.words for each in stored(Concern)] == ["My dad hits me every night"]

    def test_keeps_only_the_first_half_of_a_postcode(self, clerk, sent):
        clerk.bring_in("capacity,postcode\nindividual,HP20 1UA\n")

        assert answers_of(sent()[0])["postcode"].text == "HP20"

    def test_marks_late_what_came_after_the_close(self, clerk, sent, closed):
        clerk.bring_in("capacity,important,Received\nindividual,Buses,1/6/2026\n")

        assert (sent()[0].is_late, sent()[0].counts) == (True, False)

    def test_forgets_the_file_once_it_is_in(self, clerk, stored):
        clerk.bring_in(FILE, expected="3")

        assert stored(Import)[0].content is None


class TestAQuestionAboutWhoSomebodyIs:
    def test_is_never_offered_nor_brought_in(self, clerk, database, consultation, sent):
        with database.writing() as session:
            version = current_version(session.merge(consultation))
            asked = json.loads(version.definition)
            asked["questions"].append(BACKGROUND)
            version.definition = json.dumps(asked)

        clerk.upload("capacity,important,background\nindividual,Buses,Asian\n")
        matching = clerk.client.get(f"{clerk.at}/columns").text
        page = clerk.save_columns().text
        clerk.confirm(expected="1")

        assert "columns about who people are" in matching
        assert "What is your background?" not in matching
        assert "Left out: “background”" in page
        assert set(answers_of(sent()[0])) == {"capacity", "important"}


class TestAgreedNames:
    def test_are_asked_for_once_and_remembered_for_the_next_file(self, clerk, sent):
        clerk.upload("capacity,Q1\nindividual,Yes I do\n")
        page = clerk.save_columns(**{"named-0": "agree", "question-0": "agree",
                                     "name-0": "Yes I do"})  # fmt: skip
        clerk.confirm(expected="1")

        again = clerk.match("capacity,Q1\nindividual,yes i do\nindividual,Agree\n")

        assert "1 answer can come in. No faults" in page.text
        assert "2 answers can come in. No faults" in again
        assert answers_of(sent()[0])["agree"].values == ("agree",)

    def test_take_several_options_out_of_one_cell_though_labels_hold_commas(self, clerk, sent):
        both = "Play groups (e.g. ‘stay and play’ sessions, toddler groups), Clubs (arts, drama, "
        clerk.bring_in(f'capacity,used\nindividual,"{both}holiday clubs, youth clubs)"\n')

        assert answers_of(sent()[0])["used"].values == ("play", "clubs")

    def test_take_a_column_for_each_option(self, clerk, sent):
        clerk.bring_in("capacity,used [play],used [clubs],used [health]\nindividual,Yes,1,No\n")

        assert answers_of(sent()[0])["used"].values == ("play", "clubs")


class TestTheSameFileAgain:
    def test_is_refused_unless_an_officer_says_so(self, clerk, sent):
        clerk.bring_in(FILE, expected="3")

        page = clerk.upload(FILE)
        clerk.bring_in(FILE, expected="3", again="yes")

        assert "This very file was brought in before" in page.text
        assert len(sent()) == 6


class TestUndoing:
    def test_deletes_every_response_of_the_file_and_no_other(self, clerk, sent, stored):
        clerk.bring_in("capacity,important\nindividual,Trains\n")
        clerk.bring_in(FILE, expected="3")

        clerk.press("undo")

        assert [answers_of(each)["important"].text for each in sent()] == ["Trains"]
        assert stored(AuditEntry)[-1].action == "import undone"
        assert {each.status for each in stored(Import)} == {
            ImportStatus.IMPORTED,
            ImportStatus.UNDONE,
        }


class TestALongFile:
    def test_is_brought_in_by_a_worker(self, clerk, sent, database):
        rows = "".join(f"individual,Buses {number}\n" for number in range(150))
        page = clerk.bring_in(f"capacity,important\n{rows}", expected="150")
        before = len(sent())

        works = {jobs.IMPORT: importing.bring_in}
        assert jobs.work_once(database, works, now=lambda: NOON)

        assert "0 of 150 rows are read" in page.text
        assert (before, len(sent())) == (0, 150)

    def test_goes_back_whole_when_the_questions_have_changed_meanwhile(
        self, clerk, sent, stored, database, consultation
    ):
        rows = "".join(f"individual,Buses {number}\n" for number in range(101))
        clerk.bring_in(f"capacity,important\n{rows}", expected="101")
        with database.writing() as session:
            version = current_version(session.merge(consultation))
            version.definition = version.definition.replace('"important"', '"matters"')

        assert jobs.work_once(database, {jobs.IMPORT: importing.bring_in}, now=lambda: NOON)

        kept = stored(Import)[0]
        assert (sent(), kept.status, kept.problem) == ([], ImportStatus.UPLOADED, "faults")
        assert kept.content is not None
        assert "the questions have changed" in clerk.client.get(clerk.at).text


class TestABadFile:
    """SEC-11."""

    @pytest.mark.parametrize(
        ("raw", "words"),
        [
            pytest.param(b"", "is empty: its first line must name the columns", id="empty"),
            pytest.param(b"capacity,important\n", "no rows below it", id="only a header"),
            pytest.param(b"a,b,A\n1,2,3\n", "two columns called “a”", id="a header twice"),
            pytest.param(b"PK\x03\x04 not really", "is damaged", id="no workbook"),
            pytest.param(b"\xd0\xcf\x11\xe0old", "old or a locked workbook", id="an old workbook"),
        ],
    )
    def test_is_refused_in_words(self, clerk, stored, raw, words):
        page = clerk.upload(raw)

        assert page.status_code == 422
        assert words in page.text
        assert stored(Import) == []

    def test_that_is_a_zip_bomb_is_refused_before_it_is_unpacked(self, clerk):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
            book.writestr("xl/worksheets/sheet1.xml", b"0" * 70_000_000)

        assert "unpacks to more than 60 MB" in clerk.upload(packed.getvalue()).text

    def test_that_is_too_large_is_refused(self):
        with pytest.raises(SpreadsheetError, match="is larger than 5 MB"):
            imports.read_upload(b"x" * 5_000_001, name="answers.csv")

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_may_be_in_any_usual_encoding_and_parted_by_semicolons(self, clerk, sent, encoding):
        clerk.bring_in("capacity;important\nindividual;Café\n\n;\n".encode(encoding))

        assert [answers_of(each)["important"].text for each in sent()] == ["Café"]

    def test_stands_for_nothing_until_a_column_answers_a_question(self, clerk):
        clerk.upload("name,town\nA,B\n")

        assert "No column answers a question" in clerk.save_columns().text


class TestAWorkbook:
    def test_by_its_name_alone_is_refused_under_that_name(self, clerk):
        page = clerk.upload("name,town\nA,B\n", name="b.xlsx").text

        assert "b.xlsx is no workbook: save it anew as XLSX or CSV" in page

    def test_comes_in_with_its_days_numbers_and_words(self, clerk, sent):
        cells = (
            "<row r='1'><c r='A1' t='inlineStr'><is><t>capacity</t></is></c>"
            "<c r='B1' t='s'><v>0</v></c><c r='C1' t='inlineStr'><is><t>Received</t></is></c></row>"
            "<row r='3'><c r='A3' t='inlineStr'><is><t>individual</t></is></c>"
            "<c r='B3' t='str'><f>1+1</f><v>Buses &amp; trains</v></c>"
            "<c r='C3' s='1'><v>46173</v></c></row>"
        )

        page = clerk.bring_in(workbook(cells, shared="important"), name="answers.xlsx")

        assert "1 answer came in" in page.text
        assert answers_of(sent()[0])["important"].text == "Buses & trains"
        assert f"{sent()[0].submitted_at:%Y-%m-%d}" == "2026-05-31"

    def test_packed_in_a_way_that_no_spreadsheet_uses_is_refused(self, clerk):
        raw = workbook("", shared="important", packed_as=zipfile.ZIP_LZMA)

        assert "is damaged" in clerk.upload(raw).text

    def test_with_one_text_in_very_many_cells_is_refused(self):
        cells = "<row>" + "<c t='s'><v>0</v></c>" * 70 + "</row>"

        with pytest.raises(SpreadsheetError, match="holds more than 60,000,000 characters"):
            imports.read_upload(workbook(cells, shared="x" * 1_000_000), name="answers.xlsx")

    @pytest.mark.parametrize(
        ("read", "refusal"),
        [
            pytest.param(partial(imports.read_upload, name="a.xlsx"), SpreadsheetError, id="files"),
            pytest.param(workbooks.read_workbook, workbooks.WorkbookError, id="translations"),
        ],
    )
    def test_is_never_unpacked_beyond_the_limit_whatever_it_says_of_its_size(
        self, monkeypatch, read, refusal
    ):
        asked = []
        monkeypatch.setattr(
            zipfile.ZipExtFile, "read", lambda _part, most=-1: asked.append(most) or b"<a"
        )

        with pytest.raises(refusal):
            read(workbook("", shared="important"))

        assert asked
        assert all(0 < most <= 60_000_001 for most in asked)

    def test_with_a_document_type_is_refused(self, clerk):
        raw = workbook("", shared="important", before="<!DOCTYPE x [<!ENTITY a 'b'>]>")

        assert "is damaged" in clerk.upload(raw).text


def workbook(rows, *, shared, before="", packed_as=zipfile.ZIP_DEFLATED):
    """A small workbook, as a spreadsheet program packs it."""
    main = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
    linked = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "xl/workbook.xml": f"<workbook {main} xmlns:r='{linked}'><sheets>"
        "<sheet name='A' sheetId='1' r:id='r1'/></sheets></workbook>",
        "xl/_rels/workbook.xml.rels": "<Relationships><Relationship Id='r1' "
        "Target='worksheets/sheet1.xml'/></Relationships>",
        "xl/sharedStrings.xml": f"<sst {main}><si><t>{shared}</t></si></sst>",
        "xl/styles.xml": f"<styleSheet {main}><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/>"
        "</cellXfs></styleSheet>",
        "xl/worksheets/sheet1.xml": f"{before}<worksheet {main}><sheetData>{rows}</sheetData>"
        "</worksheet>",
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", packed_as) as book:
        for path, xml in parts.items():
            book.writestr(path, xml)
    return packed.getvalue()


class Clerk:
    """An officer who hands files in."""

    def __init__(self, client):
        self.client = client
        self.at = ""

    def _guard(self, address):
        page = self.client.get(address).text
        return {"csrf_token": re.search(r'name="csrf_token"[^>]*value="([^"]*)"', page)[1]}, page

    def _chosen(self, page):
        """What the page of columns sends by itself."""
        chosen = {}
        for name, inside in re.findall(
            r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.S
        ):
            found = re.search(r'<option value="([^"]*)" selected', inside)
            chosen[name] = found[1] if found else ""
        return chosen

    def upload(self, raw, *, name="answers.csv", **more):
        raw = raw.encode() if isinstance(raw, str) else raw
        guard, _ = self._guard(BASE)
        page = self.client.post(BASE, data=guard | more | {"file": (io.BytesIO(raw), name)})
        self.at = page.location.removesuffix("/columns") if page.location else self.at
        return page

    def save_columns(self, **more):
        guard, page = self._guard(f"{self.at}/columns")
        sent = guard | self._chosen(page) | more
        return self.client.post(f"{self.at}/columns", data=sent, follow_redirects=True)

    def match(self, raw):
        self.upload(raw)
        return self.save_columns().text

    def confirm(self, **typed):
        guard, _ = self._guard(self.at)
        return self.client.post(self.at, data=guard | DAY | typed, follow_redirects=True)

    def bring_in(self, raw, *, expected="1", name="answers.csv", **more):
        self.upload(raw, name=name, **more)
        self.save_columns()
        return self.confirm(expected=expected)

    def press(self, button):
        guard, _ = self._guard(self.at)
        return self.client.post(f"{self.at}/{button}", data=guard)


@pytest.fixture
def consultation(database):
    with database.writing() as session:
        return make_consultation(session)


@pytest.fixture
def closed(database, consultation):
    with database.writing() as session:
        opened = session.merge(consultation)
        opened.opens_at, opened.closes_at = NOON - timedelta(days=9), NOON - timedelta(days=1)


@pytest.fixture
def clerk(browse, consultation):
    return Clerk(browse())
