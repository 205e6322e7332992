"""Whether printed figures can be true: each by its own numbers, and those of one thing together.

A share is checked as it is printed: in whole per cents or with one decimal, halves rounded up.
Source: section 4 of the council's papers, where 86% is the total of 68% and 16%, and 95% and "9 out
of 10" are said of the same reviews.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from voice.reports.figures import Figure
from voice.reports.printed import Printed, PrintedLine, read_blocks

MAX_CHARS = 20_000
MANNER_OF_SPEAKING = frozenset({10, 100})  # "9 out of 10" need not mean that there were ten
TOTALS = frozenset({"total", "all", "in all", "all together", "together", "altogether", "sum"})
TENTHS = 10


class Verdict(StrEnum):
    """What became of a check, the worst last."""

    COUNT = "count"  # a number that is a share of nothing
    AGREES = "agrees"
    NO_BASE = "no base"
    CONFLICT = "conflict"  # not with itself: with another line
    WRONG = "wrong"

    @property
    def label(self) -> str:
        """The verdict in a word or two."""
        return _LABELS[self]


_LABELS = {
    Verdict.COUNT: "Count",
    Verdict.AGREES: "Agrees",
    Verdict.NO_BASE: "Base missing",
    Verdict.CONFLICT: "Conflict",
    Verdict.WRONG: "Does not follow",
}
_WORST_LAST = tuple(Verdict)


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """A line that says a figure, the worst verdict on it, and why in sentences."""

    words: str
    verdict: Verdict
    reasons: tuple[str, ...]


Finding = tuple[Verdict, str]


def check_printed(text: str) -> tuple[CheckedLine, ...]:
    """Return every line of a draft that says a figure, checked; the others are left out."""
    return tuple(line for block in read_blocks(text) for line in _check_block(block))


def check_figure(printed: Printed) -> Finding:
    """Return whether a figure can be true by its own numbers, and why."""
    if printed.tenths is None:
        return _check_count(printed)
    if printed.base is None:
        shown = printed.share_words if printed.count is None else f"{printed.count} people"
        return Verdict.NO_BASE, f"{shown} of how many? Say the number of people (n) behind it."
    if printed.count is None:
        return _check_share(printed, printed.base)
    if printed.count > printed.base:
        return Verdict.WRONG, f"{printed.count:,} is more than the {printed.base:,} it is of."
    exact = f"{printed.count:,} of {printed.base:,} is {_exact(printed.count, printed.base)}"
    if _rounded(printed.count, printed) == printed.tenths:
        return Verdict.AGREES, f"{exact}."
    return Verdict.WRONG, f"{exact}, not {printed.share_words}."


def _check_count(printed: Printed) -> Finding:
    count, base = printed.count or 0, printed.base
    if base is None:
        return Verdict.COUNT, "A count: no share to check."
    if count > base:
        return Verdict.WRONG, f"{count:,} is more than the {base:,} it is of."
    words = f"{count:,} of {base:,} is {_exact(count, base)}."
    if base in MANNER_OF_SPEAKING:
        return Verdict.NO_BASE, f"{words} Were there {base}? If not, say how many there were (n)."
    return Verdict.AGREES, words


def _check_share(printed: Printed, base: int) -> Finding:
    """Say which counts the printed share leaves open."""
    wanted = printed.tenths or 0
    near = wanted * base // 1000
    around = range(max(near - base // 100 - 2, 0), min(near + base // 100 + 2, base) + 1)
    fitting = [count for count in around if _rounded(count, printed) == wanted]
    if base == 0 or not fitting:
        return Verdict.WRONG, f"No whole number out of {base:,} is {printed.share_words}."
    if fitting[0] == fitting[-1]:
        return Verdict.AGREES, f"Only {fitting[0]:,} of {base:,} is {printed.share_words}."
    between = f"{fitting[0]:,} to {fitting[-1]:,} of {base:,} are {printed.share_words}"
    return Verdict.AGREES, f"{between}: the count is not printed."


def _rounded(count: int, printed: Printed) -> int:
    """Return a count's share in tenths of a per cent, rounded as the printed one is."""
    base = printed.base or 1
    if printed.decimals:
        return (2000 * count + base) // (2 * base)
    return TENTHS * ((200 * count + base) // (2 * base))


def _exact(count: int, base: int) -> str:
    return Figure("", count, base, decimals=1).percent_words


# Lines together ------------------------------------------------------------------------------


def _check_block(block: Sequence[PrintedLine]) -> Iterator[CheckedLine]:
    for place, line in enumerate(block):
        if not line.figures:
            continue
        findings = [check_figure(each) for each in line.figures]
        findings += _against_others(line, [*block[:place], *block[place + 1 :]])
        if line.label.lower() in TOTALS:
            findings += _against_parts(line.figures[0], _parts(block[:place]))
        worst = max((verdict for verdict, _ in findings), key=_WORST_LAST.index)
        telling = [each for each in findings if each[0] is not Verdict.COUNT] or findings
        yield CheckedLine(line.words, worst, tuple(words for _, words in telling))


def _against_others(line: PrintedLine, others: Iterable[PrintedLine]) -> Iterator[Finding]:
    """Give what other lines say of the same thing that cannot be true as well."""
    of = line.label.lower()
    if not of or of in TOTALS:
        return
    for other in others:
        if other.label.lower() != of or not other.figures:
            continue
        mine, theirs = line.figures[0], other.figures[0]
        if not _may_be_one(mine, theirs):
            said = f"“{other.words}” says {_said(theirs)} of the same"
            yield Verdict.CONFLICT, f"{said}: find out which is true, or say how they differ."


def _may_be_one(mine: Printed, theirs: Printed) -> bool:
    if mine.base and theirs.base and mine.base != theirs.base:
        return _range(mine) == _range(theirs)
    if None in {mine.tenths or mine.base, theirs.tenths or theirs.base}:
        return mine.count == theirs.count
    low, high = _range(mine)
    other_low, other_high = _range(theirs)
    return low <= other_high and other_low <= high


def _range(printed: Printed) -> tuple[float, float]:
    """Return between which per cents the true share lies, as it was printed."""
    if printed.tenths is None:
        share = 100 * (printed.count or 0) / (printed.base or 1)
        return share, share
    half = 0.05 if printed.decimals else 0.5
    return printed.tenths / TENTHS - half, printed.tenths / TENTHS + half


def _said(printed: Printed) -> str:
    if printed.tenths is None and printed.base:
        exact = _exact(printed.count or 0, printed.base)
        return f"{printed.count:,} of {printed.base:,} ({exact})"
    return printed.share_words or f"{printed.count or 0:,}"


def _parts(before: Sequence[PrintedLine]) -> list[Printed]:
    """Return the figures that a total adds up: those since the total before it."""
    parts: list[Printed] = []
    for line in before:
        if line.label.lower() in TOTALS:
            parts = []
        elif line.label:
            parts.extend(line.figures[:1])
    return parts


def _against_parts(total: Printed, parts: Sequence[Printed]) -> Iterator[Finding]:
    if len(parts) > 1 and total.tenths is not None:
        yield from _sum_of_shares(total, [each.tenths for each in parts if each.tenths is not None])
    elif len(parts) > 1 and total.count is not None:
        yield from _sum_of_counts(total.count, [each.count for each in parts])


def _sum_of_shares(total: Printed, parts: Sequence[int]) -> Iterator[Finding]:
    """Give whether shares add up; each may be half a step out by rounding, and so may the total."""
    together, step = sum(parts), 1 if total.decimals else TENTHS
    added = " + ".join(f"{each / TENTHS:g}%" for each in parts)
    if abs(together - (total.tenths or 0)) * 2 > step * (len(parts) + 1):
        wrong = f"{added} is {together / TENTHS:g}%, not {total.share_words}"
        yield Verdict.CONFLICT, f"{wrong}: they may be shares of different bases."
    elif parts:
        yield Verdict.AGREES, f"{added} is {together / TENTHS:g}%."


def _sum_of_counts(total: int, parts: Sequence[int | None]) -> Iterator[Finding]:
    known = [each for each in parts if each is not None]
    added, together = " + ".join(f"{each:,}" for each in known), sum(known)
    if len(known) < len(parts):
        return
    if together == total:
        yield Verdict.AGREES, f"{added} is {together:,}."
    elif together < total:
        left = f"{added} is {together:,}, which leaves {total - together:,} of {total:,}"
        yield Verdict.CONFLICT, f"{left}. Say how many did not answer."
    else:
        yield Verdict.CONFLICT, f"{added} is {together:,}, more than {total:,}."
