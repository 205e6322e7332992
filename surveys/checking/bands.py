"""Number bands in the labels of options, such as ages: who falls between two, and who into both."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from surveys.bands import TOP, Band, band_in
from surveys.checking.findings import Finding, must, should
from surveys.engine import Survey
from surveys.questions import OneOf

_ABOUT_THE_READER = re.compile(r"\b(?:how old are you|(?:what is )?your age)\b", re.IGNORECASE)


def check_bands(survey: Survey) -> Iterator[Finding]:
    """Find numbers that no option or more than one option of a question takes in."""
    for question in survey.questions:
        if not isinstance(question, OneOf):
            continue
        bands = bands_in(option.label for option in question.options)
        if len(bands) < 2:
            continue
        for before, after in pairwise(bands):
            yield from _between(question.code, before, after)
        if _ABOUT_THE_READER.search(question.text):
            yield from _at_the_ends(question.code, bands)


def bands_in(labels: Iterable[str]) -> list[Band]:
    """Return the bands that these labels name, lowest first."""
    return sorted(band for label in labels if (band := band_in(label)))


def _between(code: str, before: Band, after: Band) -> Iterator[Finding]:
    if after.lowest > before.highest + 1:
        left_out = _in_words(before.highest + 1, after.lowest - 1)
        yield must(
            code,
            f"“{before.label}” and “{after.label}” leave out {left_out}; "
            f"let one end where the other begins",
        )
    if after.lowest <= before.highest:
        twice = _in_words(after.lowest, min(before.highest, after.highest))
        yield must(
            code, f"“{before.label}” and “{after.label}” both take in {twice}; end one before it"
        )


def _at_the_ends(code: str, bands: list[Band]) -> Iterator[Finding]:
    if bands[0].lowest > 0:
        yield should(
            code,
            f"everyone under {bands[0].lowest} is left out; "
            f"add “Under {bands[0].lowest}”, or say who the survey is for",
        )
    if bands[-1].highest < TOP:
        top = bands[-1].highest
        yield should(code, f"everyone over {top} is left out; add “{top + 1} or over”")


def _in_words(lowest: int, highest: int) -> str:
    return str(lowest) if lowest == highest else f"{lowest} to {highest}"
