"""`voice analyse --themes --coded`: a council's own frame, and what its people coded."""

import csv
import json

import pytest
from click.testing import CliRunner

from voice.cli.analyse import analyse

FRAME = "key,name,note,keywords\nbus,Buses,Late or full,bus|late\nweb,Website,,website;pages\n"


@pytest.fixture
def folder(tmp_path):
    """Sixty answers about buses and the website, and a frame."""
    lines = ["id,question,text"]
    for number in range(30):
        lines += [
            f"b{number},Q,The bus number {number} is late",
            f"w{number},Q,Your website is {number}",
        ]
    (tmp_path / "answers.csv").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "frame.csv").write_text(FRAME, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(folder):
    def run(*more):
        given = [str(folder / "answers.csv"), "--text", "text", "--question", "question"]
        out = ["--out", str(folder / "out")]
        options = [str(folder / each) if each.endswith(".csv") else each for each in more]
        return CliRunner().invoke(analyse, [*given, *options, *out])

    return run


def assignments(folder):
    return json.loads((folder / "out" / "themes.json").read_text(encoding="utf-8"))["assignments"]


def write_codes(folder, of_buses, of_pages, *, first):
    """Code twelve answers of each kind, the first of them as it is given."""
    rest = [f"b{number},{of_buses}" for number in range(1, 12)]
    rest += [f"w{number},{of_pages}" for number in range(12)]
    (folder / "coded.csv").write_text("\n".join(["id,labels", first, *rest]), encoding="utf-8")


class TestAFrame:
    def test_gives_its_own_keys(self, run, folder):
        assert run("--themes", "frame.csv").exit_code == 0

        assert assignments(folder)["b3"] == ["bus"]
        assert assignments(folder)["w3"] == ["web"]
        with (folder / "out" / "themes.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert [(row["theme_id"], row["label"], row["count"]) for row in rows] == [
            ("bus", "Buses", "30"),
            ("web", "Website", "30"),
        ]

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("name\nBuses\n", "there is no column “key”"),
            ("key,name\nbus,Buses\nbus,More\n", "row 2: the key “bus” comes a second time"),
            ("key,name\n,Buses\n", "row 1: there is no key"),
            ("key,name\n", "frame.csv has no themes"),
        ],
    )
    def test_that_cannot_be_read_says_where_and_what_to_do(self, run, folder, text, said):
        (folder / "frame.csv").write_text(text, encoding="utf-8")

        result = run("--themes", "frame.csv")

        assert result.exit_code == 1
        assert said in result.output
        assert not (folder / "out").exists()


class TestCodedAnswers:
    def test_stand_and_teach(self, run, folder):
        lines = [f"b{number},bus" for number in range(12)] + [
            f"w{number},web" for number in range(12)
        ]
        lines[0] = "b0,web|bus"
        (folder / "coded.csv").write_text("\n".join(["id,labels", *lines]), encoding="utf-8")

        assert run("--themes", "frame.csv", "--coded", "coded.csv").exit_code == 0

        assert sorted(assignments(folder)["b0"]) == ["bus", "web"]
        assert assignments(folder)["b20"] == ["bus"]

    def test_alone_are_a_frame(self, run, folder):
        lines = [f"b{number},late" for number in range(12)] + [
            f"w{number},pages" for number in range(12)
        ]
        (folder / "coded.csv").write_text("\n".join(["id,labels", *lines]), encoding="utf-8")

        assert run("--coded", "coded.csv").exit_code == 0

        assert assignments(folder)["b20"] == ["late"]

    def test_name_labels_and_rows_that_are_new(self, run, folder):
        (folder / "coded.csv").write_text("id,labels\nb0,trams\nzz,bus\n", encoding="utf-8")

        result = run("--themes", "frame.csv", "--coded", "coded.csv")

        assert "labels that frame.csv lacks became themes: “trams”" in result.output
        assert "1 coded rows are of answers that are not here" in result.output

    def test_of_another_file_are_refused(self, run, folder):
        (folder / "coded.csv").write_text("id,labels\nzz,bus\n", encoding="utf-8")

        result = run("--themes", "frame.csv", "--coded", "coded.csv")

        assert result.exit_code == 1
        assert "codes no answer of this file: its first id is “zz”" in result.output

    def test_of_an_id_with_two_answers_must_name_the_question(self, run, folder):
        with (folder / "answers.csv").open("a", encoding="utf-8") as file:
            file.write("\nb0,R,The bus is late")
        (folder / "coded.csv").write_text("id,labels\nb0,bus\n", encoding="utf-8")
        assert "add a column “question”" in run("--coded", "coded.csv").output

        (folder / "coded.csv").write_text("id,labels,question\nb0,bus,R\n", encoding="utf-8")
        assert run("--coded", "coded.csv").exit_code == 0
