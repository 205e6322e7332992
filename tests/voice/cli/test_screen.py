"""`voice screen` from file to file."""

import csv

import pytest
from click.testing import CliRunner

from voice.cli.screen import screen


class TestScreeningAFile:
    def test_answers_for_every_row_and_keeps_its_id(self, texts, out):
        result = run(texts, out)

        assert result.exit_code == 0
        assert read(out) == [
            ["id", "pred", "category", "urgency", "tier"],
            ["r1", "concern", "abuse_physical", "high", "alert"],
            ["r2", "none", "none", "none", "none"],
        ]

    def test_numbers_the_rows_from_one_without_an_id_column(self, tmp_path, out):
        path = tmp_path / "in.csv"
        path.write_text("text\nhello\nmore buses please\n", encoding="utf-8")

        run(path, out)

        assert [row[0] for row in read(out)] == ["id", "1", "2"]

    def test_reads_a_file_with_a_byte_order_mark(self, texts, out):
        texts.write_bytes(b"\xef\xbb\xbf" + texts.read_bytes())

        assert run(texts, out).exit_code == 0

    def test_names_a_missing_column_and_those_there_are(self, texts, out):
        result = run(texts, out, column="comment")

        assert result.exit_code == 1
        assert "no column 'comment'. Its columns: id, text." in result.stderr

    def test_refuses_another_encoding_in_one_line(self, texts, out):
        texts.write_bytes("id,text\n1,café\n".encode("latin-1"))

        result = run(texts, out)

        assert "is not UTF-8" in result.stderr
        assert not out.exists()

    def test_leaves_no_half_written_file(self, texts, out):
        out.write_text("as it was", encoding="utf-8")

        run(texts, out, column="comment")

        assert out.read_text(encoding="utf-8") == "as it was"
        assert sorted(path.name for path in out.parent.iterdir()) == ["in.csv", "out.csv"]

    def test_never_says_that_there_is_no_concern(self, texts, out):
        assert "Every text still needs its reader" in run(texts, out).stderr

    @pytest.fixture
    def texts(self, tmp_path):
        path = tmp_path / "in.csv"
        path.write_text("id,text\nr1,my dad slaps me\nr2,more buses please\n", encoding="utf-8")
        return path

    @pytest.fixture
    def out(self, tmp_path):
        return tmp_path / "out.csv"


def run(path, out, column="text"):
    return CliRunner().invoke(screen, [str(path), "--text", column, "--out", str(out)])


def read(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))
