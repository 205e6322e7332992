"""`voice analyse` of a large file: part by part, and nothing lost when it is stopped."""

import csv
import gc
import io
import json
import sys
from dataclasses import replace

import click
import pytest

from tests.voice.cli.test_analyse import HEADER, WORDS, read_rows
from voice.analysis.findings import Comment, Report
from voice.cli.analyse import analyse_file
from voice.cli.answers import Answers
from voice.cli.parts import UNFINISHED, Parts, Sizes, Sorter, sort_in_parts
from voice.cli.spreadsheets import read_sheet

SIZES = Sizes(whole=20, part=15, sample=30)
ROWS = 100
FILES = ("themes.csv", "mentions.csv", "summary.html")
ASKED = {
    "text": "text",
    "question": "question",
    "groups": ["age"],
    "stance": None,
    "frame": None,
    "coded": None,
    "aliases": None,
    "before": None,
}


class TestInParts:
    def test_counts_every_answer(self, answers, tmp_path):
        analyse_file(answers, tmp_path / "out", ASKED, sizes=SIZES)

        rows = read_rows(tmp_path / "out/themes.csv")
        assert {row["base"] for row in rows} == {"40"}
        assert {row["without_content"] for row in rows} == {"10"}
        mentions = read_rows(tmp_path / "out/mentions.csv")
        for row in rows:
            own = [one["id"] for one in mentions if one["theme_id"] == row["theme_id"]]
            assert len(set(own)) == len(own) == int(row["count"]) > 0

    def test_sorts_as_the_whole_file_is_sorted(self, answers, tmp_path):
        whole = Sizes(whole=20, part=1_000, sample=1_000)
        analyse_file(answers, tmp_path / "whole", ASKED, sizes=whole)
        several = Sizes(whole=20, part=15, sample=1_000)
        analyse_file(answers, tmp_path / "several", ASKED, sizes=several)

        themes = [(tmp_path / one / "themes.csv").read_bytes() for one in ("whole", "several")]
        assert themes[0] == themes[1]

    def test_says_on_the_page_what_differs(self, answers, tmp_path):
        analyse_file(answers, tmp_path / "out", ASKED, sizes=SIZES)

        page = (tmp_path / "out/summary.html").read_text("utf-8")
        assert "Read in parts." in page
        assert "found in 30 of these answers" in page
        found = json.loads((tmp_path / "out/themes.json").read_text("utf-8"))
        assert set(found["sampled"].values()) == {30}
        assert "assignments" not in found

    def test_holds_one_part_at_a_time(self, answers, tmp_path):
        read = Answers(read_sheet(answers), text="text", question="question", groups=[])
        nothing = Report((), 0, (), (), {}, "none", 0.0, 0.0)
        held = []

        def sort(part):
            held.append(count_comments() - before)
            return replace(nothing, without_content=tuple(one.id for one in part))

        before = count_comments()
        sort_in_parts(
            read,
            Parts(tmp_path, {}),
            lambda _number, _question, _sample: Sorter(nothing, sort),
            sizes=SIZES,
            tell=lambda _share, _stage: None,
        )

        assert len(held) == 8
        assert max(held) <= SIZES.sample + SIZES.part

    def test_leaves_four_files(self, answers, tmp_path):
        analyse_file(answers, tmp_path / "out", ASKED, sizes=SIZES)

        assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
            *("mentions.csv", "summary.html", "themes.csv", "themes.json")
        ]


class TestARunThatWasStopped:
    @pytest.mark.parametrize("after", [1, 5, 7])
    def test_goes_on_and_gives_the_same_to_the_letter(self, answers, tmp_path, stop, after):
        analyse_file(answers, tmp_path / "unbroken", ASKED, sizes=SIZES)

        stop(after, answers, tmp_path / "out")
        analyse_file(answers, tmp_path / "out", ASKED, sizes=SIZES)

        for name in FILES:
            unbroken = (tmp_path / "unbroken" / name).read_bytes()
            assert (tmp_path / "out" / name).read_bytes() == unbroken

    def test_sorts_no_part_twice(self, answers, tmp_path, stop):
        stop(5, answers, tmp_path / "out")
        done = tmp_path / "out" / UNFINISHED / "q001-00002.json"
        written = done.stat().st_mtime_ns

        said = stop(6, answers, tmp_path / "out")

        assert done.stat().st_mtime_ns == written
        assert "Going on with what was begun: 5 parts are done." in said

    def test_shows_no_files_before_it_is_whole(self, answers, tmp_path, stop):
        stop(3, answers, tmp_path / "out")

        assert [path.name for path in (tmp_path / "out").iterdir()] == [UNFINISHED]

    def test_is_not_taken_up_for_another_file_or_other_options(self, answers, tmp_path, stop):
        stop(2, answers, tmp_path / "out")

        with pytest.raises(click.ClickException, match="of another file or with other options"):
            analyse_file(answers, tmp_path / "out", {**ASKED, "groups": []}, sizes=SIZES)
        answers.write_text(answers.read_text("utf-8") + "r999,Q,One more bus,old\n", "utf-8")
        with pytest.raises(click.ClickException, match="of another file or with other options"):
            analyse_file(answers, tmp_path / "out", ASKED, sizes=SIZES)

    @pytest.fixture
    def stop(self, monkeypatch):
        """Return what runs an analysis and stops it when so many parts are done."""

        def run(after, answers, out):
            with monkeypatch.context() as stopped:
                stopped.setattr(sys, "stderr", StoppingTerminal(out, after))
                with pytest.raises(KeyboardInterrupt):
                    analyse_file(answers, out, ASKED, sizes=SIZES)
                return sys.stderr.getvalue()

        return run


class StoppingTerminal(io.StringIO):
    """A terminal in which somebody presses Ctrl-C when so many parts are done."""

    def __init__(self, out, after):
        super().__init__()
        self.out, self.after = out, after

    def isatty(self):
        return True

    def write(self, text):
        done = len(list(self.out.glob(f"{UNFINISHED}/q*.json")))
        if "Sorting part" in text and done >= self.after:
            raise KeyboardInterrupt
        return super().write(text)


class TestNamesOfBefore:
    @pytest.mark.parametrize("sizes", [Sizes(), SIZES], ids=["whole", "in parts"])
    def test_stay_when_answers_come_in(self, answers, tmp_path, sizes):
        analyse_file(answers, tmp_path / "monday", ASKED, sizes=sizes)
        themes = tmp_path / "monday/themes.csv"
        (first, *_) = read_rows(themes)
        themes.write_text(themes.read_text("utf-8").replace(first["label"], "Our name"), "utf-8")
        answers.write_text(answers.read_text("utf-8") + NEW_DAY, "utf-8")

        asked = {**ASKED, "before": tmp_path / "monday"}
        analyse_file(answers, tmp_path / "tuesday", asked, sizes=sizes)

        then = {row["theme_id"]: row for row in read_rows(tmp_path / "tuesday/themes.csv")}
        assert "Our name" in then[first["theme_id"]]["label"]
        assert int(then[first["theme_id"]]["count"]) >= int(first["count"])
        keys = [row["theme_id"] for row in read_rows(themes)]
        assert set(keys) < set(then)

    def test_stay_where_the_sample_is_a_twentieth_of_the_file(self, answers, tmp_path):
        head, *rows = read_lines(answers)
        again = [f"{n}x{row}" for n in range(12) for row in rows]
        answers.write_text("\n".join([head, *again, ""]), "utf-8")
        sizes = replace(SIZES, part=1_000)
        analyse_file(answers, tmp_path / "monday", ASKED, sizes=sizes)
        themes = tmp_path / "monday/themes.csv"
        told = tmp_path / "monday/themes.json"  # other words, as after a change of ours
        told.write_text(
            told.read_text("utf-8").replace('"words": [', '"words": [], "was": ['), "utf-8"
        )

        asked = {**ASKED, "before": tmp_path / "monday"}
        analyse_file(answers, tmp_path / "tuesday", asked, sizes=sizes)

        then = read_rows(tmp_path / "tuesday/themes.csv")
        assert [row["theme_id"] for row in then] == [row["theme_id"] for row in read_rows(themes)]

    def test_need_a_folder_that_holds_some(self, answers, tmp_path):
        with pytest.raises(click.ClickException, match="no earlier analysis"):
            analyse_file(answers, tmp_path / "out", {**ASKED, "before": tmp_path})


NEW_DAY = "".join(
    f"n{number},Anything else?,{words} {number},old\n"
    for number, words in enumerate(6 * ["The swimming pool is cold", "Cold water in the pool"])
)


class TestAFrameInParts:
    def test_is_counted_by_its_own_keys(self, answers, tmp_path):
        frame = tmp_path / "frame.csv"
        frame.write_text("key,name,keywords\nbus,Buses,late|bus\nweb,Website,cluttered\n", "utf-8")
        coded = tmp_path / "coded.csv"
        coded.write_text("id,labels,question\nr0,web,Anything else?\n", "utf-8")

        asked = {**ASKED, "frame": frame, "coded": coded}
        analyse_file(answers, tmp_path / "out", asked, sizes=SIZES)

        rows = read_rows(tmp_path / "out/themes.csv")
        assert {row["theme_id"] for row in rows} == {"bus", "web"}
        mentions = read_rows(tmp_path / "out/mentions.csv")
        told = {one["theme_id"] for one in mentions if one["id"] == "r0"}
        assert told == {"web"}


class TestForAndAgainst:
    def test_is_counted_from_the_column_that_says_so(self, tmp_path):
        path = tmp_path / "answers.csv"
        with path.open("w", newline="", encoding="utf-8") as lines:
            writer = csv.writer(lines)
            writer.writerow(["text", "agree"])
            for number in range(30):
                writer.writerow([WORDS[number % 3], ["Agree", "Disagree", "Not sure"][number % 3]])

        asked = {**ASKED, "question": None, "groups": [], "stance": "agree"}
        analyse_file(path, tmp_path / "out", asked)

        (row, *_) = read_rows(tmp_path / "out/themes.csv")
        sides = [int(row[side]) for side in ("for", "against", "neither")]
        assert sum(sides) == int(row["count"])
        assert "For or against: " in (tmp_path / "out/summary.html").read_text("utf-8")

    def test_is_not_guessed(self, answers, tmp_path):
        analyse_file(answers, tmp_path / "out", ASKED, sizes=SIZES)

        rows = read_rows(tmp_path / "out/themes.csv")
        assert {row["for"] for row in rows if row["question"] == "Anything else?"} == {""}
        change = [row for row in rows if row["question"] == "What should change?"]
        assert all(row["against"] == row["count"] for row in change)


def count_comments():
    """Return how many comments are in memory."""
    gc.collect()
    return sum(isinstance(one, Comment) for one in gc.get_objects())


@pytest.fixture
def answers(tmp_path):
    """Return a file of a hundred answers to two questions, a fifth of them without content."""
    path = tmp_path / "answers.csv"
    rows = [
        f"r{number},{'What should change?' if number % 2 else 'Anything else?'},"
        f"{'n/a' if number % 10 > 7 else WORDS[number % 6]},{'old' if number % 3 else 'young'}\n"
        for number in range(ROWS)
    ]
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    return path


def read_lines(path):
    """Return the lines of a file."""
    return path.read_text("utf-8").splitlines()
