"""`voice analyse`: the themes of any spreadsheet."""

import csv
import json
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from voice.cli.analyse import analyse

WORDS = (
    "The bus to school is always late",
    "Buses are late in the morning",
    "The late bus makes me miss lessons",
    "The website is too cluttered",
    "Website pages feel cluttered and corporate",
    "A simpler website with less cluttered pages",
)
HEADER = "id,question,text,age\n"
FILES = ["mentions.csv", "summary.html", "themes.csv", "themes.json"]


class TestAnalysing:
    def test_writes_four_files_and_nothing_else(self, written):
        assert sorted(path.name for path in written.iterdir()) == FILES

    def test_lists_each_theme_with_its_columns(self, written):
        rows = read_rows(written / "themes.csv")

        assert list(rows[0]) == [
            *("question", "theme_id", "label", "description", "count", "share"),
            *("quote1", "quote2", "quote3"),
            *("base", "without_content", "positive", "neutral", "negative", "mixed"),
            *("for", "against", "neither"),
        ]
        assert {row["question"] for row in rows} == {"What should change?", "Anything else?"}

    def test_lists_each_mention_with_the_ids_of_the_file(self, written):
        rows = read_rows(written / "mentions.csv")

        assert list(rows[0]) == ["id", "question", "theme_id", "strength"]
        assert {row["id"] for row in rows} <= {f"r{number}" for number in range(24)}
        assert all(0 <= float(row["strength"]) <= 1 for row in rows)

    def test_tells_the_same_in_json(self, written):
        found = json.loads((written / "themes.json").read_text(encoding="utf-8"))

        assert set(found) == {
            *("themes", "assignments", "ranked", "model", "secs", "peak_mb"),
            *("without_content", "unassigned", "noticed", "together", "serious"),
        }
        assert [theme["key"] for theme in found["themes"]] == [
            row["theme_id"] for row in read_rows(written / "themes.csv")
        ]
        assert sorted(
            (comment, key) for comment, keys in found["assignments"].items() for key in keys
        ) == sorted((row["id"], row["theme_id"]) for row in read_rows(written / "mentions.csv"))

    def test_ranks_all_themes_of_the_question_and_no_others(self, written):
        found = json.loads((written / "themes.json").read_text(encoding="utf-8"))
        keys = {theme["key"]: theme["question"] for theme in found["themes"]}

        for number in range(24):
            asked = "What should change?" if number % 2 == 0 else "Anything else?"
            expected = {key for key, question in keys.items() if question == asked}
            assert set(found["ranked"][f"r{number}"]) == expected

    def test_says_which_group_says_a_theme_more(self, tmp_path):
        rows = "".join(
            f"{number},Q,{WORDS[number % 3 + (0 if young else 3)]} {number},{age}\n"
            for number in range(60)
            for young in [number % 2 == 0]
            for age in ["young" if young else "old"]
        )

        run(tmp_path, HEADER + rows, "--group", "age")

        assert "Said more by age: young" in (tmp_path / "out/summary.html").read_text("utf-8")
        found = json.loads((tmp_path / "out/themes.json").read_text("utf-8"))
        groups = [one for theme in found["themes"] for one in theme["said_more_by"]]
        assert {one["group"] for one in groups} == {"young", "old"}
        assert all(0 < one["low"] < one["excess"] < one["high"] for one in groups)

    def test_knows_answers_by_row_number_from_one_without_an_id(self, tmp_path):
        run(tmp_path, "text\n" + "".join(f"{words}\n" for words in WORDS))

        found = json.loads((tmp_path / "out/themes.json").read_text("utf-8"))
        assert set(found["ranked"]) == {"1", "2", "3", "4", "5", "6"}

    def test_counts_answers_without_content_and_names_them(self, tmp_path):
        rows = "".join(f"{words}\n" for words in (*WORDS, "n/a", "Don't know"))

        run(tmp_path, "text\n" + rows)

        found = json.loads((tmp_path / "out/themes.json").read_text("utf-8"))
        assert found["without_content"] == {"": ["7", "8"]}
        table = read_rows(tmp_path / "out/themes.csv")
        assert {(row["base"], row["without_content"]) for row in table} == {("6", "2")}

    def test_sets_another_language_apart_in_every_file(self, tmp_path):
        rows = "".join(f"{words}\n" for words in (*WORDS, "Autobus jest zawsze za późno"))

        run(tmp_path, "text\n" + rows)

        last = read_rows(tmp_path / "out/themes.csv")[-1]
        assert (last["label"], last["count"], last["quote1"]) == ("Written in Polish", "1", "")
        found = json.loads((tmp_path / "out/themes.json").read_text("utf-8"))
        assert found["assignments"]["7"] == [last["theme_id"]]
        assert "Written in Polish" in (tmp_path / "out/summary.html").read_text("utf-8")

    def test_counts_a_councils_own_names_as_one(self, tmp_path):
        (tmp_path / "own.csv").write_text("name,also\nThe Hive,Bee Centre|hive\n", "utf-8")

        rows = "text\nThe Bee Centre is shut\nI like the hive\nOpen the Hive on Sundays\n"
        run(tmp_path, rows, "--aliases", str(tmp_path / "own.csv"))

        found = json.loads((tmp_path / "out/themes.json").read_text("utf-8"))
        assert found["noticed"][""]["names"] == {"The Hive": 3}

    def test_leaves_other_files_in_the_folder_alone(self, tmp_path):
        (tmp_path / "out").mkdir()
        (tmp_path / "out/mine.txt").write_text("mine")

        run(tmp_path, "text\nThe bus is late\n")

        left = sorted(path.name for path in (tmp_path / "out").iterdir())
        assert left == sorted(["mine.txt", *FILES])

    @pytest.fixture
    def written(self, tmp_path):
        rows = "".join(
            f"r{number},{'Anything else?' if number % 2 else 'What should change?'},"
            f"{WORDS[number // 2 % 6]},11\n"
            for number in range(24)
        )
        run(tmp_path, HEADER + rows, "--question", "question")
        return tmp_path / "out"


class TestWhatIsWritten:
    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
    def test_is_never_a_formula(self, tmp_path, start):
        """SEC-3."""
        rows = "".join(f'"{start}1+1 bus is late {n % 2}"\n' for n in range(6))

        run(tmp_path, "text\n" + rows)

        (row,) = read_rows(tmp_path / "out/themes.csv")
        assert row["quote1"].startswith(f"'{start}1+1")

    def test_escapes_what_people_wrote(self, tmp_path):
        run(tmp_path, "text\n" + "<script>alert(1)</script> bus is late\n" * 3)

        page = (tmp_path / "out/summary.html").read_text("utf-8")
        assert "<script" not in page
        assert "&lt;script&gt;alert(1)" in page

    def test_asks_nothing_of_anybody_else(self, tmp_path):
        run(tmp_path, "text\n" + "The bus is late\n" * 3)

        page = (tmp_path / "out/summary.html").read_text("utf-8")
        assert not re.search(r"(src|href)=\"(?!#)|url\(|@import", page)

    def test_keeps_every_letter(self, tmp_path):
        words = "Llyfrgell ŵ’n well 👨‍👩‍👧 e\u0301 اختبار"

        run(tmp_path, "text\n" + f"{words}\n" * 3)

        (row,) = read_rows(tmp_path / "out/themes.csv")
        assert row["quote1"] == words


class TestStartingUp:
    def test_loads_nothing_heavy_before_there_is_work(self):
        check = (
            "import sys, voice.cli.analyse; "
            "print({'numpy', 'pandas', 'nltk', 'sklearn', 'jinja2'} & set(sys.modules))"
        )

        loaded = subprocess.run(
            [sys.executable, "-c", check], check=True, capture_output=True, text=True
        )

        assert loaded.stdout.strip() == "set()"


class TestReadingTheFile:
    @pytest.mark.parametrize(
        "encoding",
        ["utf-8", "utf-8-sig", "utf-16", "cp1252"],
    )
    def test_accepts_what_councils_save(self, tmp_path, encoding):
        run(tmp_path, ("text\n" + "The café – it’s closed\n" * 3).encode(encoding))

        (row,) = read_rows(tmp_path / "out/themes.csv")
        assert row["quote1"] == "The café – it’s closed"

    @pytest.mark.parametrize("mark", [";", "\t"])
    def test_accepts_other_separators(self, tmp_path, mark):
        run(tmp_path, f"id{mark}text\n" + f"1{mark}The bus, it is late\n" * 3)

        assert len(read_rows(tmp_path / "out/themes.csv")) == 1

    def test_says_when_the_file_was_not_utf8(self, tmp_path):
        result = run(tmp_path, "text\ncafé\n".encode("cp1252"))

        assert "cp1252" in result.stderr

    def test_copes_with_rows_too_short_and_too_long(self, tmp_path):
        result = run(tmp_path, "id,text\n1\n2,The bus is late,what,ever\n\n3,The bus was late\n")

        found = json.loads((tmp_path / "out/themes.json").read_text("utf-8"))
        assert set(found["assignments"]) == {"1", "2", "3"}
        assert "left out in 1 of the rows" in result.stderr

    def test_counts_everybody_when_an_id_comes_twice(self, tmp_path):
        result = run(tmp_path, "id,text\n7,The bus is late\n7,The bus was late\n,Buses are late\n")

        found = json.loads((tmp_path / "out/themes.json").read_text("utf-8"))
        assert set(found["assignments"]) == {"7", "7 (2)", "3"}
        assert "came before" in result.stderr

    def test_accepts_a_file_without_answers(self, tmp_path):
        run(tmp_path, "id,text\n")

        assert json.loads((tmp_path / "out/themes.json").read_text("utf-8"))["themes"] == []
        assert read_rows(tmp_path / "out/themes.csv") == []

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            pytest.param(
                "id,comment\n1,x\n",
                "there is no column “text”; the columns are “id”, “comment”",
                id="missing column",
            ),
            pytest.param("", "file.csv is empty", id="empty file"),
            pytest.param("\n\n", "file.csv is empty", id="empty lines"),
        ],
    )
    def test_refuses_in_one_line_and_writes_nothing(self, tmp_path, content, says):
        result = run(tmp_path, content, exit_code=1)

        assert says in result.stderr
        assert len(result.stderr.strip().splitlines()) == 1
        assert not (tmp_path / "out").exists()


def run(folder, content, *options, exit_code=0):
    """Analyse `content` as a file in `folder` and return what the command said."""
    path = folder / "file.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    arguments = [str(path), "--text", "text", "--out", str(folder / "out"), *options]
    result = CliRunner().invoke(analyse, arguments)
    assert result.exit_code == exit_code, result.output
    return result


def read_rows(path):
    """Return the rows of a CSV file by column."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
