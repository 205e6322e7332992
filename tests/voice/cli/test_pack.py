"""Row A5: from the close, one command yields a results pack and a public page; and evidence."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest

from surveys.answers import Answer
from tests.conftest import COUNCIL
from tests.factories import make_consultation
from tests.voice.themed import QUESTION, make_officer, make_theme
from tests.voice.web.visitor import Visitor
from voice.app import create_app
from voice.clock import LONDON
from voice.config import Settings
from voice.models import Channel, ThemeStatus
from voice.services import considering, dates, information, responses
from voice.services.considering import Deciding
from voice.services.consultations import find_by_slug
from voice.services.dates import NewClosing
from voice.services.information import Information

OPENS = datetime(2017, 7, 14, tzinfo=LONDON)
FIRST_CLOSE = datetime(2017, 9, 22, 23, 59, tzinfo=LONDON)
CLOSES = datetime(2017, 10, 16, 23, 59, tzinfo=LONDON)
ANSWERED = datetime(2017, 8, 1, 12, tzinfo=UTC)
SEPTEMBER = datetime(2017, 9, 4, 12, tzinfo=UTC)
WORDS = "Please keep the children centre in Wendover open, number {}"
PACK = {
    "before-and-after-information.csv",
    "briefing.docx",
    "briefing.html",
    "counts.csv",
    "cross-tables.csv",
    "how-we-count.txt",
    "dates.csv",
    "priorities.csv",
    "quotes.csv",
    "themes.csv",
    "themes-by-wave.csv",
}


def rows_of(held):
    """Return the rows of a CSV file, each by its columns."""
    return list(csv.DictReader(io.StringIO(held.decode("utf-8-sig"))))


class TestRowA5:
    def test_one_command_yields_counts_themes_and_quotes_every_step_dated(
        self, voice, consulted, tmp_path
    ):
        result = voice("consultation", "results", "early-help", "--to", str(tmp_path / "pack"))

        assert result.exit_code == 0, result.output
        files = {path.name: path.read_bytes() for path in (tmp_path / "pack").iterdir()}
        assert set(files) == PACK
        counts = rows_of(files["counts.csv"])
        assert ("12", "12") in {
            (row["people"], row["of"]) for row in counts if row["answer"].startswith("As an indiv")
        }
        themes = rows_of(files["themes.csv"])
        assert [(row["theme"], row["people"], row["of"]) for row in themes] == [
            ("Centres", "12", "12")
        ]
        assert len(rows_of(files["quotes.csv"])) == 1  # all wrote nearly the same words
        steps = [(row["moment"][:10], row["what"].partition(",")[0]) for row in
                 rows_of(files["dates.csv"])]  # fmt: skip
        assert ("2017-07-13", "Opened") in steps
        assert ("2017-10-16", "Closed") in steps
        assert ("2017-09-04", "Information version 2 published: More detail") in steps
        assert any(words.startswith("Closing date changed from") for _, words in steps)
        assert "Results published" in {words for _, words in steps}

    def test_and_a_public_page_that_hides_small_numbers(self, voice, consulted, home, store):
        page = self._publish(voice, home, store)

        assert page.status == 200
        assert "About 10 responses were sent in and counted" in page.body
        assert "12 of 12" not in page.body
        assert "Centres: about 10 people" in page.body
        assert "Wendover" not in page.body

    def test_which_stays_as_it_was_when_more_comes_in(self, voice, consulted, home, store):
        before = self._publish(voice, home, store).body
        with store.writing() as session:
            for number in range(20):
                _send(session, number, ANSWERED)

        app = create_app(Settings(home, "", "s" * 40, COUNCIL), store)

        shown = Visitor(app).open("/consultations/early-help/results").body
        assert before.partition("</main>")[0].partition("<main")[2] in shown

    def test_before_the_close_nothing_is_published(self, voice, store, tmp_path):
        with store.writing() as session:
            make_consultation(
                session,
                opens_at=datetime(2017, 7, 14, tzinfo=UTC),
                closes_at=datetime(2117, 7, 14, tzinfo=UTC),
            )

        result = voice("consultation", "results", "early-help", "--to", str(tmp_path / "pack"))

        assert result.exit_code == 1
        assert "once the consultation has closed" in result.output
        assert not (tmp_path / "pack").exists()

    def _publish(self, voice, home, store):
        result = voice("consultation", "results", "early-help", "--to", str(home / "pack"))
        assert result.exit_code == 0, result.output
        app = create_app(Settings(home, "", "s" * 40, COUNCIL), store)
        return Visitor(app).open("/consultations/early-help/results")


class TestTheEvidence:
    """CON-4: one command."""

    def test_holds_what_was_asked_told_weighed_and_decided(self, voice, consulted, tmp_path):
        files = self._files(voice, tmp_path)

        assert b'"questions"' in files["definition/version-1.json"]
        assert b"All about it" in files["information/version-1.txt"]
        assert len(rows_of(files["closing-dates.csv"])) == 1
        assert rows_of(files["considerations.csv"])[0]["how it was considered"] == "We keep two."
        assert rows_of(files["decisions.csv"])[0]["by"] == "Cabinet"
        assert {"people", "of"} <= set(rows_of(files["figures.csv"])[0])

    def test_quotes_nobody(self, voice, consulted, tmp_path):
        files = self._files(voice, tmp_path)

        assert not [name for name, held in files.items() if b"Wendover" in held]

    def test_can_be_checked_against_its_manifest(self, voice, consulted, tmp_path):
        files = self._files(voice, tmp_path)
        named = {row["file"]: row["sha256"] for row in rows_of(files.pop("manifest.csv"))}

        assert named == {name: sha256(held).hexdigest() for name, held in files.items()}

    def _files(self, voice, tmp_path):
        path = tmp_path / "evidence.zip"
        result = voice("consultation", "evidence", "early-help", "--to", str(path))
        assert result.exit_code == 0, result.output
        with zipfile.ZipFile(path) as packed:
            return {name: packed.read(name) for name in packed.namelist()}


@pytest.fixture
def consulted(store):
    """The consultation of 2017 to its decision: told more, extended, weighed, decided."""
    with store.writing() as session:
        made = make_consultation(session, opens_at=OPENS, closes_at=FIRST_CLOSE)
        officer = make_officer(session)
        for moment, title in ((OPENS, "The proposal"), (SEPTEMBER, "More detail")):
            written = Information(title, "All about it", "", title)
            information.publish_information(session, made, officer, written, now=moment)
        new = NewClosing(CLOSES, "People asked for more detail", FIRST_CLOSE, "one press")
        dates.change_closing(session, made, officer, new, now=SEPTEMBER)
        sent = [_send(session, number, ANSWERED) for number in range(12)]
        theme = make_theme(
            session, made, sent, label="Centres", status=ThemeStatus.SIGNED_OFF,
            signed_off_at=CLOSES + timedelta(days=1),
        )  # fmt: skip
        later = CLOSES + timedelta(days=20)
        considering.record_consideration(
            session, theme, officer, "We keep two.", press_key="k", now=later
        )
        decided = Deciding("Two stay.", date(2017, 11, 4), "Cabinet", "d")
        considering.record_decision(session, made, officer, decided, now=later)


def _send(session, number, now):
    made = find_by_slug(session, "early-help")
    response = responses.start_response(session, made, Channel.WEB, now=now).response
    responses.record_answer(session, response, Answer("capacity", ("individual",)), now=now)
    words = Answer(QUESTION, (WORDS.format(number),))
    responses.record_answer(session, response, words, now=now)
    response.answers[QUESTION].tone = "negative"
    responses.submit_response(session, response, now=now)
    return response
