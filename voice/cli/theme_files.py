"""What `voice analyse` leaves behind: four files, all there or none."""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple
from functools import partial
from pathlib import Path

import click

from voice.analysis.comparison import GroupCount, compare_groups, count_groups
from voice.analysis.findings import Comment, Report, Theme
from voice.analysis.noticing import list_serious, sum_up
from voice.analysis.stance import Stance
from voice.analysis.suppression import HIDDEN, show_officers
from voice.analysis.tallies import SILENT
from voice.analysis.together import find_together
from voice.cli.parts import InParts
from voice.cli.spreadsheets import write_sheet
from voice.reports.theme_summary import Beside, parts_summary, sides_of, theme_summary

QUOTES = 3
THEME_COLUMNS = (
    *("question", "theme_id", "label", "description", "count", "share"),
    *(f"quote{number}" for number in range(1, QUOTES + 1)),
    *("base", "without_content", "positive", "neutral", "negative", "mixed"),
    *(side.value for side in Stance),
)
MENTION_COLUMNS = ("id", "question", "theme_id", "strength")
SHARE_DECIMALS = 4

Count = Callable[[str, Theme, str], Mapping[str, GroupCount]]
"""How many of each group in a column raise a theme of a question."""


def write_findings(
    folder: Path,
    reports: Mapping[str, Report],
    comments: Sequence[Comment],
    *,
    title: str,
    beside: Beside,
) -> None:
    """Write themes.csv, mentions.csv, themes.json and summary.html to `folder`, made if needed.

    They are moved in when all four are complete; other files there are left alone.

    Raises:
        ClickException: if the folder cannot be written to.
    """
    speaking: dict[str, list[Comment]] = {question: [] for question in reports}
    for each in comments:
        if each.id in reports[each.question].ranked:
            speaking[each.question].append(each)

    def count(question: str, theme: Theme, column: str) -> Mapping[str, GroupCount]:
        return count_groups(theme, speaking[question], column)

    def write(place: Path) -> None:
        texts = {(comment.question, comment.id): comment.text for comment in comments}
        silent = {one: len(report.without_content) for one, report in reports.items()}
        rows = _theme_rows(reports, texts, silent, beside, count=count)
        write_sheet(place / "themes.csv", THEME_COLUMNS, rows)
        _write_mentions(place / "mentions.csv", reports)
        found = _describe_all(reports, beside, count) | _describe_comments(reports)
        _write_json(place, found)
        page = theme_summary(title, reports, comments, beside=beside)
        (place / "summary.html").write_text(page, encoding="utf-8")

    _write_together(folder, write)


def write_parts(folder: Path, done: InParts, *, title: str, beside: Beside) -> None:
    """Write the same four files of a file that was sorted in parts.

    mentions.csv is in the order of the parts. themes.json says nothing of single answers.

    Raises:
        ClickException: if the folder cannot be written to.
    """
    wholes = done.wholes
    reports = {question: whole.report for question, whole in wholes.items()}

    def count(question: str, theme: Theme, column: str) -> Mapping[str, GroupCount]:
        return wholes[question].groups(theme, column)

    def write(place: Path) -> None:
        texts = {
            (question, one): text
            for question, whole in wholes.items()
            for one, text in whole.quoted.items()
        }
        silent = {one: whole.tally.counts[SILENT] for one, whole in wholes.items()}
        rows = _theme_rows(reports, texts, silent, beside, count=count)
        write_sheet(place / "themes.csv", THEME_COLUMNS, rows)
        write_sheet(place / "mentions.csv", MENTION_COLUMNS, ())
        with (place / "mentions.csv").open("ab") as mentions:
            for part in done.mentions:
                with part.open("rb") as rows_of_part:
                    shutil.copyfileobj(rows_of_part, mentions)
        sampled = {question: whole.sampled for question, whole in wholes.items()}
        _write_json(place, _describe_all(reports, beside, count) | {"sampled": sampled})
        page = parts_summary(title, wholes, beside=beside)
        (place / "summary.html").write_text(page, encoding="utf-8")

    _write_together(folder, write)


def _write_together(folder: Path, write: Callable[[Path], None]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".unfinished-") as unfinished:
            place = Path(unfinished)
            write(place)
            for written in sorted(place.iterdir()):
                os.replace(written, folder / written.name)
    except OSError as error:
        raise click.ClickException(f"cannot write to {folder}: {error.strerror}") from error


def _theme_rows(
    reports: Mapping[str, Report],
    texts: Mapping[tuple[str, str], str],
    silent: Mapping[str, int],
    beside: Beside,
    *,
    count: Count,
) -> Iterator[Sequence[object]]:
    for question, report in reports.items():
        for theme in report.themes:
            quotes = [texts[question, quoted] for quoted in theme.quotes]
            quotes += [""] * (QUOTES - len(quotes))
            share = round(theme.share, SHARE_DECIMALS)
            named = (question, theme.key, theme.label, theme.description)
            sides = sides_of(question, theme, beside, partial(count, question, theme))
            stance = [sides[side] for side in Stance] if sides else [""] * len(Stance)
            numbers = (report.base, silent[question], *astuple(theme.tone), *stance)
            yield (*named, theme.count, share, *quotes, *numbers)


def _write_mentions(path: Path, reports: Mapping[str, Report]) -> None:
    rows = (
        (mention.comment_id, question, theme.key, mention.strength)
        for question, report in reports.items()
        for theme in report.themes
        for mention in theme.mentions
    )
    write_sheet(path, MENTION_COLUMNS, rows)


def _compare_all(
    question: str, theme: Theme, group_names: Sequence[str], count: Count
) -> list[dict[str, object]]:
    """Return which groups raise a theme more: a log-odds ratio with its 95 % interval."""
    return [
        {"column": name, **asdict(one)}
        for name in group_names
        for one in compare_groups(count(question, theme, name))
        if one.says_more and show_officers(one.mentions, one.comments).text != HIDDEN
    ]


def _describe_all(reports: Mapping[str, Report], beside: Beside, count: Count) -> dict[str, object]:
    themes = []
    for question, report in reports.items():
        for theme in report.themes:
            sides = sides_of(question, theme, beside, partial(count, question, theme))
            more = _compare_all(question, theme, beside.groups, count)
            stance = {side.value: many for side, many in sides.items()} if sides else None
            told = _describe(question, theme)
            themes.append(told | {"stance": stance, "said_more_by": more})
    return {
        "themes": themes,
        "model": next((report.model for report in reports.values()), ""),
        "secs": round(sum(report.seconds for report in reports.values()), 3),
        "peak_mb": max((report.peak_mb for report in reports.values()), default=0.0),
    }


def _describe_comments(reports: Mapping[str, Report]) -> dict[str, object]:
    assignments: dict[str, list[str]] = {}
    ranked: dict[str, list[str]] = {}
    for report in reports.values():
        raised = _raised_by(report)
        for comment in (*report.ranked, *report.without_content):
            keys = report.ranked.get(comment, ())
            ranked.setdefault(comment, []).extend(keys)
            assignments.setdefault(comment, []).extend(
                key for key in keys if key in raised.get(comment, ())
            )
    return {
        "assignments": assignments,
        "ranked": ranked,
        "without_content": _by_question(reports, lambda report: list(report.without_content)),
        "unassigned": _by_question(reports, lambda report: list(report.unassigned)),
        "together": _by_question(reports, _tell_together),
        "serious": _by_question(reports, lambda report: list(list_serious(report))),
        "noticed": _by_question(reports, _tell_noticed),
    }


def _write_json(place: Path, found: Mapping[str, object]) -> None:
    written = json.dumps(found, ensure_ascii=False, indent=1)
    (place / "themes.json").write_text(written, encoding="utf-8")


def _tell_together(report: Report) -> list[dict[str, object]]:
    """Return the pairs of themes that the same people raise beyond chance."""
    raised = {
        theme.key: frozenset(mention.comment_id for mention in theme.mentions)
        for theme in report.themes
    }
    return [asdict(pair) for pair in find_together(raised, report.base)]


def _by_question(
    reports: Mapping[str, Report], tell: Callable[[Report], object]
) -> dict[str, object]:
    return {question: tell(report) for question, report in reports.items()}


def _tell_noticed(report: Report) -> dict[str, object]:
    noticed = sum_up(report.notes)
    return {
        "near_copies": [list(ids) for ids in noticed.copies],
        "look_alike_letters": list(noticed.disguised),
        "names": dict(noticed.names),
    }


def _raised_by(report: Report) -> dict[str, set[str]]:
    raised: dict[str, set[str]] = {}
    for theme in report.themes:
        for mention in theme.mentions:
            raised.setdefault(mention.comment_id, set()).add(theme.key)
    return raised


def _describe(question: str, theme: Theme) -> dict[str, object]:
    return {
        "key": theme.key,
        "question": question,
        "label": theme.label,
        "description": theme.description,
        "words": list(theme.words),
        "count": theme.count,
        "share": round(theme.share, SHARE_DECIMALS),
        "quotes": list(theme.quotes),
        "tone": asdict(theme.tone),
        "language": theme.language,
    }
