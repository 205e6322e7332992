"""An earlier analysis of the same question, whose themes keep their keys and names."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from voice.analysis.stability import Known
from voice.cli.spreadsheets import read_sheet

Before = Mapping[str, Sequence[Known]]
"""The themes of each question."""


def read_before(folder: Path) -> Before:
    """Return the themes that `voice analyse` wrote to `folder`, with names as they are there now.

    Raises:
        ClickException: if its files are not there or not as they were written.
    """
    try:
        told = json.loads((folder / "themes.json").read_text(encoding="utf-8"))["themes"]
        words = {theme["key"]: frozenset(theme["words"]) for theme in told}
        members: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for row in read_sheet(folder / "mentions.csv").rows():
            members[row["question"], row["theme_id"]].add(_plain(row["id"]))
        named: defaultdict[str, list[Known]] = defaultdict(list)
        for row in read_sheet(folder / "themes.csv").rows():
            question, key = row["question"], row["theme_id"]
            own = Known(key, members[question, key], words.get(key, frozenset()), row["label"])
            named[_plain(question)].append(own)
    except (OSError, KeyError, ValueError) as error:
        raise click.ClickException(f"{folder} holds no earlier analysis") from error
    return named


def _plain(cell: str) -> str:
    """Return a cell as it was before it was kept from being a formula."""
    return cell.removeprefix("'")
