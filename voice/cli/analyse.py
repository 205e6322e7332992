"""`voice analyse`: the themes of any spreadsheet, without a database."""

import hashlib
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import TypedDict, Unpack

import click

from voice.analysis.aliases import Aliases, AliasesError, own_aliases, read_aliases
from voice.analysis.findings import Comment, Report
from voice.analysis.stability import keep_names
from voice.cli.answers import Answers
from voice.cli.before import Before, read_before
from voice.cli.frame_files import Coding, read_coding
from voice.cli.parts import Parts, Progress, Sizes, Sort, Sorter, sort_in_parts
from voice.cli.progress import ProgressBar
from voice.cli.spreadsheets import read_sheet

READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
SIZES = Sizes()


class Columns(TypedDict):
    """Which column holds people's words, the question, what to compare, and for or against."""

    text: str
    question: str | None
    groups: Sequence[str]
    stance: str | None


class Files(TypedDict):
    """The files that an analysis goes by, beside the answers."""

    frame: Path | None
    coded: Path | None
    aliases: Path | None
    before: Path | None


class Asked(Columns, Files):
    """All that somebody asked for."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What answers are read by: a frame with codes, names of one thing, and earlier themes."""

    coding: Coding
    aliases: Aliases
    before: Before


@click.command()
@click.argument("file", type=READABLE)
@click.option("--text", required=True, metavar="COLUMN", help="The column with people's words.")
@click.option("--question", metavar="COLUMN", help="The column that says which question it was.")
@click.option(
    "--group", "groups", multiple=True, metavar="COLUMN", help="A column to compare; repeatable."
)
@click.option("--stance", metavar="COLUMN", help="A column that says “agree”, “against” and so on.")
@click.option("--themes", "frame", type=READABLE, metavar="FRAME.csv", help="A coding frame.")
@click.option("--coded", type=READABLE, metavar="CODED.csv", help="Answers that people coded.")
@click.option("--aliases", type=READABLE, metavar="ALIASES.csv", help="Your names of one thing.")
@click.option(
    "--before", type=FOLDER, metavar="DIR", help="An earlier analysis, to keep its names."
)
@click.option("--out", required=True, type=FOLDER, help="The folder for what is found.")
def analyse(file: Path, *, out: Path, **asked: Unpack[Asked]) -> None:
    """Find the themes in the CSV file FILE, one answer a row.

    Writes themes.csv, mentions.csv, themes.json and summary.html to the folder of --out. A column
    called "id" names the answers; without one, or where it is empty, an answer is known by its row
    number: 1 is the first row below the header. An id that comes twice for one question gets
    " (2)" added. Everything happens on this machine.

    With --themes the answers are sorted into a frame of your own: key,name[,note,keywords], a theme
    a row, keywords separated by "|". With --coded it learns from answers that people coded:
    id,labels[,question], keys separated by "|", empty where none fits. What they coded stands.

    With --aliases a council adds its own names of one thing to ours: name,also, the other names
    separated by "|". Comments in another language than most are in form a group of their own.

    Who is for and who against is counted where --stance names a column that says so, or where the
    question asks for one side only; it is never guessed from words.

    With --before, a folder to which this wrote before, themes that are the same keep their keys and
    the names that themes.csv there gives them now. Themes that are new get new keys.

    A file of more than 20,000 answers is read in parts of 10,000, so that memory does not grow with
    it: themes are found in 10,000 answers a question, drawn by chance from all over the file, and
    every answer is sorted into them. themes.json then says nothing of single answers, and other
    languages stay one group each. If it is stopped, the same command goes on where it was.
    """
    analyse_file(file, out, asked)


def analyse_file(file: Path, out: Path, asked: Asked, *, sizes: Sizes = SIZES) -> None:
    """Write what is found in `file` to `out`, whole or, if it is large, in parts.

    Raises:
        ClickException: if a file cannot be read or written, or lacks a column.
    """
    from voice.cli.theme_files import write_findings, write_parts  # noqa: PLC0415  # loads numpy
    from voice.reports.theme_summary import Beside  # noqa: PLC0415  # likewise

    sheet = read_sheet(file)
    stance = [asked["stance"]] if asked["stance"] else []
    columns = list(dict.fromkeys([*asked["groups"], *stance]))
    answers = Answers(sheet, text=asked["text"], question=asked["question"], groups=columns)
    coding = read_coding(asked["frame"], asked["coded"], answers)
    for note in (*sheet.notes, *_note_repeated(answers.repeated), *coding.notes):
        click.echo(f"Note: {note}.", err=True)
    before = read_before(asked["before"]) if asked["before"] else {}
    rules = Rules(coding, read_own_aliases(asked["aliases"]), before)
    beside = Beside(tuple(asked["groups"]), asked["stance"])
    progress = ProgressBar(sys.stderr)
    if len(answers) <= sizes.whole:
        comments = list(answers)
        reports = _read_all(comments, rules, progress.show)
        progress.finish()
        write_findings(out, reports, comments, title=file.stem, beside=beside)
    else:
        parts = Parts(out, _tell_apart(sheet.digest, asked, sizes))
        if parts.done:
            click.echo(f"Going on with what was begun: {len(parts.done)} parts are done.", err=True)
        find = _finder(answers, rules, sizes)
        done = sort_in_parts(answers, parts, find, sizes=sizes, tell=progress.show)
        progress.finish()
        write_parts(out, done, title=file.stem, beside=beside)
        parts.finish()
        reports = {question: whole.report for question, whole in done.wholes.items()}
    themes = len({theme.key for report in reports.values() for theme in report.themes})
    people = sum(report.base for report in reports.values())
    click.echo(f"{themes} themes in {people} answers with content: {out / 'summary.html'}")
    click.echo("A file does not say how many people were asked, so there is no response rate.")


def _read_all(comments: Sequence[Comment], rules: Rules, tell: Progress) -> Mapping[str, Report]:
    """Return a report for each question: by the frame if there is one, else what is found."""
    from voice.analysis.coding.reports import code_by_question  # noqa: PLC0415  # loads scikit-learn
    from voice.analysis.comments import find_themes_by_question  # noqa: PLC0415  # likewise

    coding, aliases = rules.coding, rules.aliases
    if coding.frame:
        return code_by_question(
            comments, coding.frame, coding.codes, on_progress=tell, aliases=aliases
        )
    reports = find_themes_by_question(comments, on_progress=tell, aliases=aliases)
    return {
        question: keep_names(report, rules.before.get(question, ()))
        for question, report in reports.items()
    }


def _finder(
    answers: Answers, rules: Rules, sizes: Sizes
) -> Callable[[int, str, Sequence[Comment]], Sorter]:
    """Return what finds the themes of a sample, or learns the frame from all that was coded."""
    from voice.analysis.coding.reports import FrameSorter  # noqa: PLC0415  # loads scikit-learn
    from voice.analysis.comments import Found  # noqa: PLC0415  # likewise

    coding, aliases = rules.coding, rules.aliases

    def find(number: int, question: str, sample: Sequence[Comment]) -> Sorter:
        found = Found.find(sample, aliases=aliases, prefix=f"q{number}-")
        drawn = {comment.id for comment in sample}
        # Of an earlier whole file only what is in this sample can be compared with it.
        named = [
            replace(theme, members=theme.members & drawn)
            for theme in rules.before.get(question, ())
        ]
        report = keep_names(found.report, named)
        return Sorter(report, _forgetting(replace(found, report=report).sort))

    if not coding.frame:
        return find
    each = sizes.sample // max(1, len(answers.asked))
    known = [one for question in answers.asked for one in answers.draw(question, each)]
    drawn = {(one.question, one.id) for one in known}
    left = coding.codes.keys() - drawn
    known += [one for one in answers if (one.question, one.id) in left]
    framed = FrameSorter(known, coding.frame, coding.codes, aliases=aliases)
    return lambda _number, _question, sample: Sorter(framed.sort(sample), _forgetting(framed.sort))


def _forgetting(sort: Sort) -> Sort:
    """Return what sorts a part and remembers no text of it: there may be a million."""
    from voice.analysis.encoder import find_encoder  # noqa: PLC0415  # loads numpy

    def sort_and_forget(comments: Sequence[Comment]) -> Report:
        report = sort(comments)
        encoder = find_encoder()
        if encoder:
            encoder.forget()
        return report

    return sort_and_forget


def _tell_apart(digest: str, asked: Asked, sizes: Sizes) -> dict[str, object]:
    """Return what makes this analysis the one that it is, and no other."""
    files = {
        name: hashlib.sha256(path.read_bytes()).hexdigest() if path else None
        for name, path in (
            ("frame", asked["frame"]), ("coded", asked["coded"]), ("aliases", asked["aliases"]),
            ("before", asked["before"] / "mentions.csv" if asked["before"] else None),
            ("named", asked["before"] / "themes.csv" if asked["before"] else None),
        )
    }  # fmt: skip
    columns = [asked["text"], asked["question"], list(asked["groups"]), asked["stance"]]
    return {"answers": digest, "columns": columns, "sizes": list(astuple(sizes)), **files}


def read_own_aliases(path: Path | None) -> Aliases:
    """Return our names of one thing, with those in the file at `path` if there is one.

    Raises:
        ClickException: if the file cannot be read.
    """
    if path is None:
        return own_aliases()
    try:
        return read_aliases(path.read_text(encoding="utf-8-sig").splitlines())
    except (UnicodeDecodeError, AliasesError) as error:
        fault = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        raise click.ClickException(f"{path.name} cannot be used: {fault}") from error


def _note_repeated(repeated: int) -> list[str]:
    if not repeated:
        return []
    return [f"{repeated} rows have an id that came before for the same question; each still counts"]
