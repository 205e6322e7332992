"""Figures as somebody printed them: a share, with the count and the base that stand beside it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+"
_PERCENT = re.compile(
    r"(?<![\w.,])(?P<whole>\d+)(?:\.(?P<tenth>\d))?\s?(?:%|per\s?cent\b|percent\b)", re.IGNORECASE
)
_PAIR = re.compile(
    rf"(?<![\w.,])(?P<count>{_NUMBER})\s*(?:out\s+of|of|/)\s*(?:the\s+|all\s+)*(?P<base>{_NUMBER})"
    r"(?![\d.,]*\d|\s?%)",
    re.IGNORECASE,
)
_BASE = re.compile(
    rf"\bn\s*=\s*(?P<n>{_NUMBER})"
    rf"|\b(?:of|from|among)\s+(?:the\s+|all\s+)*(?P<of>{_NUMBER})(?![\d.,]*\d|\s?%)",
    re.IGNORECASE,
)
_COUNT_BEFORE = re.compile(
    rf"(?<![\w.,])(?P<count>{_NUMBER})"
    r"(?:(?:\s+[a-z]+){0,2}\s*\(|,?\s+(?:or|equalling|which is)\s+)$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s(),;=]*(?:or|is|that is)?[\s(),;=]*", re.IGNORECASE)
_FIRST_NUMBER = re.compile(rf"(?<![\w.,])({_NUMBER})(?![\d.,]*\d)")
_LABEL_CHARS = 100


@dataclass(frozen=True, slots=True)
class Printed:
    """One figure; what the line does not say is None. `tenths` is the share in tenths of a cent."""

    tenths: int | None = None
    decimals: int = 0  # 0: printed in whole per cents; 1: with one decimal
    count: int | None = None
    base: int | None = None

    @property
    def share_words(self) -> str:
        """The share as it was printed, such as "82%" or "99.1%"; "" without one."""
        if self.tenths is None:
            return ""
        whole, tenth = divmod(self.tenths, 10)
        return f"{whole}.{tenth}%" if self.decimals else f"{whole}%"


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of a draft: what it is of, if it names that before a colon, and its figures.

    `base` is how many it says there were, or what a line of nothing but "n = 534" said before it.
    """

    words: str
    label: str
    figures: tuple[Printed, ...]
    base: int | None


def read_blocks(text: str) -> tuple[tuple[PrintedLine, ...], ...]:
    """Return the lines of a draft, block by block: an empty line begins another.

    A line of nothing but "n = 534" holds for those after it in its block, until there is another.
    """
    blocks: list[list[PrintedLine]] = [[]]
    for raw in text.splitlines():
        if not (words := " ".join(raw.split())):
            blocks.append([])
            continue
        alone = (line.base for line in reversed(blocks[-1]) if not line.figures)
        blocks[-1].append(_read_line(words, next(alone, None)))
    return tuple(tuple(block) for block in blocks if block)


def _read_line(words: str, base_before: int | None) -> PrintedLine:
    label, colon, said = words.partition(":")
    if not colon or len(label) > _LABEL_CHARS or _PAIR.search(label):
        label, said = "", words
    base = _base_in(words) or base_before
    return PrintedLine(words, label.strip(), tuple(_figures(said, base)), base)


def _base_in(words: str) -> int | None:
    """Return how many a line says that there were; a count's own base is not for others."""
    for found in _BASE.finditer(_PAIR.sub("", words)):
        return _number(found["n"] or found["of"])
    return None


def _figures(said: str, base: int | None) -> Iterator[Printed]:
    shares, pairs = list(_PERCENT.finditer(said)), list(_PAIR.finditer(said))
    for share in shares:
        pair = _pair_of(share, said, pairs, is_only=len(shares) == 1)
        tenths = 10 * int(share["whole"]) + int(share["tenth"] or 0)
        decimals = int(share["tenth"] is not None)
        if pair is not None:
            yield Printed(tenths, decimals, _number(pair["count"]), _number(pair["base"]))
        else:
            before = _COUNT_BEFORE.search(said[: share.start()])
            yield Printed(tenths, decimals, _number(before["count"]) if before else None, base)
    if shares:
        return
    for pair in pairs:
        yield Printed(count=_number(pair["count"]), base=_number(pair["base"]))
    if not pairs and (alone := _FIRST_NUMBER.search(said)) and not _BASE.search(said):
        yield Printed(count=_number(alone[1]))


def _pair_of(
    share: re.Match[str], said: str, pairs: Sequence[re.Match[str]], *, is_only: bool
) -> re.Match[str] | None:
    """Return the "so many of so many" that belongs to a share: beside it, or the only one."""
    for pair in pairs:
        first, last = sorted((pair, share), key=lambda found: found.start())
        if _BETWEEN.fullmatch(said, first.end(), last.start()):
            return pair
    return pairs[0] if is_only and len(pairs) == 1 else None


def _number(digits: str) -> int:
    return int(digits.replace(",", ""))
