"""`voice screen`: which texts of a spreadsheet may tell of somebody at risk."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from voice.analysis.safeguarding import Screening, Tier
from voice.analysis.safeguarding import screen as screen_text
from voice.cli.columns import as_plain_cell, read_texts, write_rows

HEADER = ("id", "pred", "category", "urgency", "tier")


@click.command(name="screen")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--text", "column", required=True, help="The column that holds the texts.")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the answer, a CSV file.",
)
def screen(file: Path, column: str, out: Path) -> None:
    """Notice texts in FILE that may tell of somebody at risk.

    Writes id, pred, category, urgency and tier. `pred` is "concern" where the safeguarding lead
    would be woken (tier "alert") and "none" elsewhere. Where only help would be shown (tier
    "support") `pred`, `category` and `urgency` are "none", because nobody is asked to act.

    The command points a reader to texts; it never says that a text holds no concern.
    """
    texts = read_texts(file, column)
    counted = {tier: 0 for tier in Tier}
    write_rows(out, HEADER, _screened(texts, counted))
    click.echo(
        f"{len(texts)} texts read: {counted[Tier.ALERT]} to read today, "
        f"{counted[Tier.SUPPORT]} more where help would be shown. "
        "Every text still needs its reader.",
        err=True,
    )


def _screened(texts: list[tuple[str, str]], counted: dict[Tier, int]) -> Iterator[tuple[str, ...]]:
    with click.progressbar(texts, label="Screening", file=sys.stderr) as progress:
        for key, text in progress:
            screening = screen_text(text)
            counted[screening.tier] += 1
            yield (as_plain_cell(key), *_answer(screening))


def _answer(screening: Screening) -> tuple[str, str, str, str]:
    if screening.tier is not Tier.ALERT or screening.category is None:
        return ("none", "none", "none", screening.tier.value)
    return ("concern", screening.category.value, screening.urgency.value, screening.tier.value)
