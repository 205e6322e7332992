"""I2, I4, I7, I8, I16 and section 6.12: the papers of a meeting, in the forms that it uses."""

import csv
import io
import shutil
import subprocess
from datetime import timedelta

import pytest
from click.testing import CliRunner
from docx import Document
from pypdf import PdfReader

from tests.conftest import NOON, SECRET
from tests.factories import make_consultation
from tests.rows.recommended import recommend
from tests.voice.themed import make_officer, make_people, make_theme, sign_in
from voice.cli.consultation import consultation as command
from voice.models import OutcomeKind, Theme, ThemeStatus
from voice.reports.figures import Figure
from voice.reports.handout_files import KINDS, handout_file
from voice.services import leadership_packs, outcomes
from voice.services.leadership_packs import PAPERS, Meeting
from voice.services.outcomes import Saying
from voice.services.team_papers import HEADS
from voice.services.voice_measures import VoiceMeasure, days_to_answer, read_voice_measures

WILL = Saying(
    OutcomeKind.WILL, "Buses stop too early.", "We ask the companies.", owner="Transport",
    due_on=(NOON + timedelta(days=90)).date(), young_you_said="Buses stop early.",
    young_we_did="We ask for more.",
)  # fmt: skip
COVER = ["Title:", "Committee date:", "Author:", "Contact officer:", "Cabinet Member sign-off:"]
SELECT_HEADS = [
    "Purpose of Agenda Item", "Background", "Summary", "Key issues", "Resource implications",
    "Next steps", "Appendices",
]  # fmt: skip
BOARD_HEADS = [
    "Purpose of this report:", "Summary of main issues:",
    "Recommendation for the Health and Wellbeing Board:", "Background documents:",
]  # fmt: skip
AUDIT_HEADS = [
    "Why did we do it?", "What did we find?", "Next steps?", "What improvements have taken place?",
]  # fmt: skip


def made_told(session):
    """Forty people speak of buses and twelve of trains; one thing is promised of buses."""
    made = make_consultation(session, slug="buses")
    officer = make_officer(session)
    for label, number in (("Buses", 40), ("Trains", 12)):
        people = make_people(session, made, number, words=f"{label} for all of us please")
        theme = make_theme(
            session, made, people, label=label, status=ThemeStatus.SIGNED_OFF,
            signed_off_at=NOON - timedelta(days=6),
        )  # fmt: skip
        if label == "Buses":
            outcomes.publish_outcome(session, theme, WILL, officer=officer, press_key="p", now=NOON)
    recommend(session, made, officer)
    return made


@pytest.fixture
def meeting(session):
    return Meeting(session, made_told(session), "Test Council", NOON + timedelta(days=1))


@pytest.fixture
def write(meeting):
    def write(name):
        return leadership_packs.write_paper(meeting, name)

    return write


def heads(handout):
    return [part.heading for part in handout.parts]


class TestRowI2:
    """TEST: one click: exactly those four headings, since last meeting, two pages at most."""

    def test_i2_has_exactly_the_four_headings_and_the_period(self, write):
        item = write("leadership-team")

        assert heads(item) == list(HEADS)
        assert item.cover[0][0] == "Since last meeting:"
        assert "You said: Buses stop too early. We will: We ask the companies." in (
            item.parts[3].lines
        )

    def test_i2_stays_within_two_pages_however_much_there_is(self, session, meeting, write):
        people = make_people(session, meeting.consultation, 5)
        for number in range(40):
            make_theme(
                session, meeting.consultation, people, label=f"{number} " + "long " * 60,
                status=ThemeStatus.SIGNED_OFF, signed_off_at=NOON,
            )  # fmt: skip

        assert pages(handout_file(write("leadership-team"), "pdf")) <= 2


class TestTheForms:
    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("select-committee", SELECT_HEADS),
            ("health-and-wellbeing-board", BOARD_HEADS),
            ("learning-from-audits", AUDIT_HEADS),
        ],
    )
    def test_have_the_heads_of_the_papers(self, write, name, expected):
        assert heads(write(name)) == expected

    def test_a_select_committee_report_has_its_cover(self, write):
        assert [name for name, _ in write("select-committee").cover] == COVER

    @pytest.mark.parametrize(
        ("kind", "steps"),
        [
            pytest.param(OutcomeKind.DID, [], id="kept"),
            pytest.param(OutcomeKind.THINKING, ["They look at it."], id="not decided"),
        ],
    )
    def test_next_steps_are_what_is_still_to_come(self, session, meeting, write, kind, steps):
        """What was promised and then done, or is now thought about, is no next step."""
        (first,) = outcomes.list_of_consultation(session, meeting.consultation)
        due_on = WILL.due_on if kind is OutcomeKind.THINKING else None
        saying = Saying(
            kind, "Buses stop too early.", "They look at it.", due_on=due_on, follows=first.id
        )
        outcomes.publish_outcome(
            session, session.get_one(Theme, first.theme_id), saying,
            officer=make_officer(session), press_key="next", now=NOON + timedelta(hours=1),
        )  # fmt: skip

        part = next(
            each for each in write("select-committee").parts if each.heading == "Next steps"
        )

        assert not any(WILL.we_did in line for line in part.lines)
        assert [line.partition(": ")[2] for line in part.lines if "look" in line] == steps

    def test_i7_evidence_of_impact_has_numbers_and_three_quotes_at_most(self, write):
        box = write("evidence-of-impact")

        assert box.title.startswith("Evidence of Impact: ")
        assert 0 < len(box.parts[0].lines) <= 3
        assert all("(Feedback from " in words for words in box.parts[0].lines)
        assert "52 responses (n = 52)" in box.parts[1].lines[0]

    def test_i8_a_digest_has_150_words_and_two_quotes_at_most(self, write):
        lines = write("digest").parts[0].lines

        assert len(" ".join(lines).split()) <= 150
        assert sum("“" in words for words in lines if words.startswith("“")) <= 2
        assert any("We will: We ask the companies." in words for words in lines)

    def test_i16_young_people_read_it_in_their_words(self, write):
        assert write("young-people").parts[2].lines[0] == "Buses: 40 of 52 of you."
        assert write("young-people").parts[3].lines == (
            "You said: Buses stop early. We: We ask for more.",
        )

    @pytest.mark.parametrize("name", PAPERS)
    def test_every_paper_is_a_word_document_and_a_page(self, write, name):
        written = write(name)

        document = Document(io.BytesIO(handout_file(written, "docx")))
        page = handout_file(written, "html").decode()
        found = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
        assert found == heads(written)
        assert page.count("<h2>") == len(found)


class TestRowI4:
    """TEST: voice measures in the same table format with the same RAG rule."""

    def test_i4_prints_the_tolerance_as_the_papers_do(self):
        assert measured(90).tolerance == (
            "(85-100% = Green, less than 85% = Amber, less than 76.5% = Red)"
        )

    @pytest.mark.parametrize(
        ("count", "rating"), [(85, "Green"), (84, "Amber"), (77, "Amber"), (76, "Red")]
    )
    def test_i4_rates_by_that_rule(self, count, rating):
        assert measured(count).rating == rating

    def test_i4_a_hundred_per_cent_of_four_is_no_headline(self):
        few = VoiceMeasure("Told", Figure("Told", 4, 4), 85, "d", "n", "d")

        assert (few.rating, few.position) == ("No rating", "fewer than 5")

    def test_i4_measures_voice(self, session, meeting):
        found = {each.name: each for each in read_voice_measures(session, meeting.consultation)}

        assert found["Themes with an answer in public"].position == "1 of 2 (50%)"
        assert found["Themes with an answer in public"].rating == "Red"
        assert found["Told what happened"].position == "Nobody has asked to hear"
        assert days_to_answer(session, meeting.consultation) == 6

    def test_i4_the_table_has_definition_and_tolerance(self, write):
        low = next(part for part in write("performance").parts if "Red or Amber" in part.heading)

        assert low.table.head[-1] == "RAG"
        assert low.table.colours == ("red",)


class TestThePack:
    def test_is_made_by_one_command_and_opens_in_libreoffice(self, database, tmp_path):
        with database.writing() as session:
            made_told(session)
        environment = {"VOICE_HOME": str(tmp_path), "VOICE_SECRET_KEY": SECRET + "0123456789"}

        done = CliRunner(env=environment).invoke(
            command, ["pack", "buses", "--to", f"{tmp_path}/p"]
        )

        assert done.exit_code == 0, done.output
        expected = {f"{name}.{kind}" for name in PAPERS for kind in KINDS}
        assert expected <= {each.name for each in (tmp_path / "p").iterdir()}
        assert b"Action by date" in (tmp_path / "p" / "recommendations-6-months.html").read_bytes()
        book = csv.DictReader(io.StringIO((tmp_path / "p" / "codebook.csv").read_text("utf-8-sig")))
        assert {"capacity", "important"} <= {row["variable"] for row in book}
        assert "GET DATA" in (tmp_path / "p" / "counts.sps").read_text()
        opened(tmp_path, tmp_path / "p" / "performance.docx")

    def test_is_offered_paper_by_paper(self, client, database):
        with database.writing() as session:
            sign_in(client, session, make_officer(session))
            made_told(session)
        address = "/officers/consultations/buses/papers"

        assert f"{address}/digest.pdf" in client.get(address).text
        assert "What people told us" in client.get(f"{address}/digest.html").text
        assert client.get(f"{address}/digest.exe").status_code == 404


def measured(count):
    return VoiceMeasure("Told", Figure("Told", count, 100), 85, "d", "n", "d")


def pages(pdf):
    """How many pages a PDF has."""
    return len(PdfReader(io.BytesIO(pdf)).pages)


def opened(folder, document):
    """Open a Word document in LibreOffice, which writes it as a PDF of at least one page."""
    program = shutil.which("soffice")
    subprocess.run(
        [program, f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to",
         "pdf", "--outdir", folder / "opened", document],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert pages((folder / "opened" / document.with_suffix(".pdf").name).read_bytes()) >= 1
