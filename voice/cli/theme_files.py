"""What `voice analyse` leaves behind: four files, all there or none."""

import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, astuple
from pathlib import Path

import click

from voice.analysis.comparison import compare_groups, count_groups
from voice.analysis.findings import Comment, Report, Theme
from voice.analysis.noticing import list_serious, sum_up
from voice.analysis.suppression import HIDDEN, show_officers
from voice.analysis.together import find_together
from voice.cli.spreadsheets import write_sheet
from voice.reports.theme_summary import theme_summary

QUOTES = 3
THEME_COLUMNS = (
    *("question", "theme_id", "label", "description", "count", "share"),
    *(f"quote{number}" for number in range(1, QUOTES + 1)),
    *("base", "without_content", "positive", "neutral", "negative", "mixed"),
)
MENTION_COLUMNS = ("id", "question", "theme_id", "strength")
SHARE_DECIMALS = 4


def write_findings(
    folder: Path,
    reports: Mapping[str, Report],
    comments: Sequence[Comment],
    *,
    title: str,
    group_names: Sequence[str],
) -> None:
    """Write themes.csv, mentions.csv, themes.json and summary.html to `folder`, made if needed.

    They are moved in when all four are complete; other files there are left alone.

    Raises:
        ClickException: if the folder cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".unfinished-") as unfinished:
            place = Path(unfinished)
            _write_themes(place / "themes.csv", reports, comments)
            _write_mentions(place / "mentions.csv", reports)
            groups = _compare_all(reports, comments, group_names)
            _write_json(place / "themes.json", reports, groups)
            page = theme_summary(title, reports, comments, group_names=group_names)
            (place / "summary.html").write_text(page, encoding="utf-8")
            for written in sorted(place.iterdir()):
                os.replace(written, folder / written.name)
    except OSError as error:
        raise click.ClickException(f"cannot write to {folder}: {error.strerror}") from error


def _write_themes(path: Path, reports: Mapping[str, Report], comments: Sequence[Comment]) -> None:
    texts = {(comment.question, comment.id): comment.text for comment in comments}
    rows = []
    for question, report in reports.items():
        for theme in report.themes:
            quotes = [texts[question, quoted] for quoted in theme.quotes]
            quotes += [""] * (QUOTES - len(quotes))
            share = round(theme.share, SHARE_DECIMALS)
            named = (question, theme.key, theme.label, theme.description)
            tone = astuple(theme.tone)
            beside = (report.base, len(report.without_content), *tone)
            rows.append((*named, theme.count, share, *quotes, *beside))
    write_sheet(path, THEME_COLUMNS, rows)


def _write_mentions(path: Path, reports: Mapping[str, Report]) -> None:
    rows = (
        (mention.comment_id, question, theme.key, mention.strength)
        for question, report in reports.items()
        for theme in report.themes
        for mention in theme.mentions
    )
    write_sheet(path, MENTION_COLUMNS, rows)


def _compare_all(
    reports: Mapping[str, Report], comments: Sequence[Comment], group_names: Sequence[str]
) -> dict[str, list[dict[str, object]]]:
    """Return by theme which groups raise it more: a log-odds ratio with its 95 % interval."""
    found: dict[str, list[dict[str, object]]] = {}
    for question, report in reports.items() if group_names else ():
        speaking = [
            each for each in comments if each.question == question and each.id in report.ranked
        ]
        for theme in report.themes:
            found[theme.key] = [
                {"column": name, **asdict(one)}
                for name in group_names
                for one in compare_groups(count_groups(theme, speaking, name))
                if one.says_more and show_officers(one.mentions, one.comments).text != HIDDEN
            ]
    return found


def _write_json(
    path: Path,
    reports: Mapping[str, Report],
    groups: Mapping[str, Sequence[Mapping[str, object]]],
) -> None:
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
    found = {
        "themes": [
            _describe(question, theme) | {"said_more_by": groups.get(theme.key, [])}
            for question, report in reports.items()
            for theme in report.themes
        ],
        "assignments": assignments,
        "ranked": ranked,
        "without_content": _by_question(reports, lambda report: list(report.without_content)),
        "unassigned": _by_question(reports, lambda report: list(report.unassigned)),
        "together": _by_question(reports, _tell_together),
        "serious": _by_question(reports, lambda report: list(list_serious(report))),
        "noticed": _by_question(reports, _tell_noticed),
        "model": next((report.model for report in reports.values()), ""),
        "secs": round(sum(report.seconds for report in reports.values()), 3),
        "peak_mb": max((report.peak_mb for report in reports.values()), default=0.0),
    }
    path.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")


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
