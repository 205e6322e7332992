"""`voice mask` from file to file."""

import csv

from click.testing import CliRunner

from voice.cli.mask import mask


class TestMaskingAFile:
    def test_gives_spans_of_the_text_as_it_stands_and_the_text_masked(self, tmp_path):
        rows = run(tmp_path, 'id,text\n7,"ring 07700 900811 for Dean"\n8,nothing\n')

        assert rows == [
            ["id", "spans", "masked"],
            ["7", "5:17:PHONE 22:26:PERSON", "ring [phone number] for [name]"],
            ["8", "", "nothing"],
        ]

    def test_keeps_spreadsheets_from_running_a_text_without_moving_the_spans(self, tmp_path):
        rows = run(tmp_path, "text\n=HYPERLINK(1) my mate jayden\n")

        assert rows[1] == ["1", "22:28:PERSON", "'=HYPERLINK(1) my mate [name]"]

    def test_leaves_a_number_given_as_a_helpline(self, tmp_path):
        rows = run(tmp_path, "text\nring 01632 960333\n", "--helpline", "01632 960333")

        assert rows[1] == ["1", "", "ring 01632 960333"]

    def test_names_a_missing_column(self, tmp_path):
        path = tmp_path / "in.csv"
        path.write_text("id,words\n", encoding="utf-8")

        result = CliRunner().invoke(
            mask, [str(path), "--text", "text", "--out", str(tmp_path / "out.csv")]
        )

        assert "no column 'text'. Its columns: id, words." in result.stderr


def run(folder, contents, *options):
    path, out = folder / "in.csv", folder / "out.csv"
    path.write_text(contents, encoding="utf-8")
    arguments = [str(path), "--text", "text", "--out", str(out), *options]
    assert CliRunner().invoke(mask, arguments).exit_code == 0
    with out.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))
