"""`voice mask`: blank personal details in the texts of a spreadsheet."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from voice.analysis.identity import HELPLINES, Span, find_spans
from voice.analysis.identity import mask as mask_text
from voice.cli.columns import as_plain_cell, read_texts, write_rows

HEADER = ("id", "spans", "masked")


@click.command(name="mask")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--text", "column", required=True, help="The column that holds the texts.")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the answer, a CSV file.",
)
@click.option(
    "--helpline",
    "helplines",
    multiple=True,
    help="A public number that must stay readable. May be given several times.",
)
def mask(file: Path, column: str, out: Path, helplines: tuple[str, ...]) -> None:
    """Blank names, numbers, addresses, schools and accounts in FILE.

    Writes id, spans and masked. `spans` holds `start:end:TYPE` parted by spaces, counted in code
    points of the text as it stands in FILE. A masked text that a spreadsheet would run as a
    formula gets an apostrophe before it; the spans never count that apostrophe.
    """
    texts = read_texts(file, column)
    public = HELPLINES | {"".join(filter(str.isdecimal, number)) for number in helplines}
    write_rows(out, HEADER, _masked(texts, public))


def _masked(texts: list[tuple[str, str]], public: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    with click.progressbar(texts, label="Masking", file=sys.stderr) as progress:
        for key, text in progress:
            spans = find_spans(text, helplines=public)
            yield as_plain_cell(key), _written(spans), as_plain_cell(mask_text(text, spans))


def _written(spans: Sequence[Span]) -> str:
    return " ".join(f"{span.start}:{span.end}:{span.kind.value}" for span in spans)
