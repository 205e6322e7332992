"""Large files in parts: one part in memory at a time, and nothing lost when the work is stopped.

The folder of unfinished work holds what was asked for, and two files a part: who raises what, and
what it counts to. A part is done when its counts are there: they are moved in last, in one step.
"""

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import click

from voice.analysis.findings import Comment, Report
from voice.analysis.tallies import Tally, Whole, sum_parts, tally
from voice.cli.answers import Answers
from voice.cli.spreadsheets import write_sheet

UNFINISHED = ".unfinished-parts"
FORM = 1  # of the files in it; a run of another form is not taken up

Progress = Callable[[float, str], None]
Sort = Callable[[Sequence[Comment]], Report]


@dataclass(frozen=True, slots=True)
class Sizes:
    """From how many answers on a file is read in parts, and how large those are."""

    whole: int = 20_000
    part: int = 10_000
    sample: int = 10_000


@dataclass(frozen=True, slots=True)
class Sorter:
    """Themes with names and quotes, in a report of a sample, and who of other answers raises them.

    `sort` takes answers to the same question.
    """

    report: Report
    sort: Sort


class Parts:
    """The parts of one run that are done, in a folder."""

    def __init__(self, out: Path, asked: Mapping[str, object]) -> None:
        """Take up what lies in the folder, or begin.

        Raises:
            ClickException: if what lies there is of another file or was asked for differently.
        """
        self.folder = out / UNFINISHED
        self._asked = self.folder / "asked.json"
        wanted = {**asked, "form": FORM}
        if self._asked.is_file() and json.loads(self._asked.read_text("utf-8")) != wanted:
            raise click.ClickException(
                f"{self.folder} holds an analysis that was not finished, of another file or with "
                "other options. Finish that one, name another folder, or delete it."
            )
        self.folder.mkdir(parents=True, exist_ok=True)
        self._write(self._asked, json.dumps(wanted))
        self.done = sorted(path.stem for path in self.folder.glob("q*.json"))

    def has(self, name: str) -> bool:
        """Return whether the part of this name is done."""
        return name in self.done

    def keep(self, name: str, question: str, report: Report, counted: Tally) -> None:
        """Keep a part for good: who raises what first, what it counts to last."""
        rows = (
            (mention.comment_id, question, theme.key, mention.strength)
            for theme in report.themes
            for mention in theme.mentions
        )
        unfinished = self.folder / "mentions.unfinished"
        write_sheet(unfinished, (), rows)
        os.replace(unfinished, self.mentions(name))
        counts = asdict(counted) | {"counts": [[*key, n] for key, n in counted.counts.items()]}
        self._write(self.folder / f"{name}.json", json.dumps(counts))
        self.done.append(name)

    def mentions(self, name: str) -> Path:
        """Return where it lies who raises what in a part."""
        return self.folder / f"{name}.csv"

    def read(self, name: str) -> Tally:
        """Return what a part that is done counts to."""
        kept = json.loads((self.folder / f"{name}.json").read_text("utf-8"))
        counts = Counter({tuple(key): many for *key, many in kept.pop("counts")})
        listed = {one: [tuple(pair) for pair in kept[one]] for one in ("serious", "copies")}
        return Tally(counts, unassigned=kept["unassigned"], **listed)

    def finish(self) -> None:
        """Take the folder away."""
        shutil.rmtree(self.folder)

    def _write(self, path: Path, text: str) -> None:
        unfinished = path.with_suffix(".unfinished")
        unfinished.write_text(text, encoding="utf-8")
        os.replace(unfinished, path)


@dataclass(frozen=True, slots=True)
class InParts:
    """All that is left of a large file: what each question adds up to, and where the parts lie."""

    wholes: Mapping[str, Whole]
    mentions: Sequence[Path]


def sort_in_parts(
    answers: Answers,
    parts: Parts,
    find: Callable[[int, str, Sequence[Comment]], Sorter],
    *,
    sizes: Sizes,
    tell: Progress,
) -> InParts:
    """Return what all answers add up to, sorted part by part into what a sample shows.

    `find` is given the number of a question, the question and a sample of its answers. Parts that
    are done are not read again, and the result is the same as if nobody had stopped.
    """
    wholes: dict[str, Whole] = {}
    names: list[str] = []
    passed = 0
    for number, question in enumerate(answers.asked, start=1):
        where = f"Question {number} of {len(answers.asked)}: " if len(answers.asked) > 1 else ""
        tell(passed / len(answers), f"{where}Looking for themes in a sample")
        sample = answers.draw(question, sizes.sample)
        sorter = find(number, question, sample)
        counted = Tally()
        for place, part in enumerate(_cut(answers.of(question), sizes.part), start=1):
            name = f"q{number:03}-{place:05}"
            tell(passed / len(answers), f"{where}Sorting part {place}")
            if not parts.has(name):
                report = sorter.sort(part)
                parts.keep(name, question, report, tally(report, part))
            counted.add(parts.read(name))
            names.append(name)
            passed += len(part)
        texts = {comment.id: comment.text for comment in sample}
        quoted = {one: texts[one] for theme in sorter.report.themes for one in theme.quotes}
        wholes[question] = sum_parts(sorter.report, quoted, counted, len(sample))
    tell(1.0, "Writing")
    return InParts(wholes, [parts.mentions(name) for name in names])


def _cut(comments: Iterator[Comment], size: int) -> Iterable[list[Comment]]:
    while part := list(islice(comments, size)):
        yield part
