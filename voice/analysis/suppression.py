"""Keeping small numbers from pointing at people. Standard library only, so pages may import it.

Source: requirement CON-5; the council sets both thresholds, never below `LOWEST_THRESHOLD`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voice.analysis.public_shares import PublicShare, share_told, shares_told

LOWEST_THRESHOLD = 3
PUBLIC_SMALLEST_COUNT = 8
PUBLIC_ROUNDED_TO = 5
PUBLIC_SMALLEST_BREAKDOWN = 10
OFFICERS_SMALLEST_COUNT = 5
OFFICERS_WARNING_BELOW = 10
HIDDEN = "*"


@dataclass(frozen=True, slots=True)
class ShownCount:
    """A count as it may be shown, its percentage if there may be one, and whether to warn."""

    text: str
    percent: int | None = None
    warning: bool = False
    share: PublicShare | None = None  # what the public may be told instead of a percentage


def publish_count(count: int, *, smallest: int = PUBLIC_SMALLEST_COUNT) -> str:
    """Return `count` as the public may see it: "0", "*" when small, else rounded to 5.

    Raises:
        ValueError: if `count` is negative or `smallest` is below `LOWEST_THRESHOLD`.
    """
    _check(count, smallest)
    if count == 0:
        return "0"
    return HIDDEN if count < smallest else str(_rounded(count))


def publish_percent(count: int, base: int, *, smallest: int = PUBLIC_SMALLEST_COUNT) -> int | None:
    """Return what percentage the rounded count is of the rounded base, or None if either is hidden.

    A count of 0 is 0 per cent. Never above 100.

    Raises:
        ValueError: if `count` is negative or above `base`, or `smallest` is too low.
    """
    _check(count, smallest)
    if count > base:
        raise ValueError("a count cannot be larger than its base")
    if 0 < count < smallest or base < smallest:
        return None
    return _percent(_rounded(count), _rounded(base))


def publish_breakdown(
    counts: Mapping[str, int],
    *,
    base: int,
    smallest: int = PUBLIC_SMALLEST_COUNT,
    smallest_base: int = PUBLIC_SMALLEST_BREAKDOWN,
    one_each: bool = False,
) -> dict[str, ShownCount] | None:
    """Return each row of a public table, or None when `base` is too small to break down.

    Rows keep the order they came in. `one_each` says that everybody of the base is in one row and
    no more. The shares are worked out from the shown counts alone, so they tell nothing more.

    Raises:
        ValueError: if a count is negative or above `base`, or a threshold is too low.
    """
    _check(base, smallest_base)
    if base < smallest_base:
        return None
    bounds = {row: _could_be(count, smallest) for row, count in counts.items()}
    of = _could_be(base, smallest_base)
    shares = shares_told(bounds, of, one_each=one_each)
    return {
        row: ShownCount(
            publish_count(count, smallest=smallest),
            share=None if 0 < count < smallest else shares[row],
        )
        for row, count in counts.items()
    }


def publish_share(count: int, base: int, *, rest: Sequence[int]) -> PublicShare | None:
    """Return between what the share lies, as the rounded counts tell; None where one is hidden.

    `rest` are the rows that the others of the base stand in, each in one.

    Raises:
        ValueError: if `count` is negative or above `base`.
    """
    if publish_percent(count, base) is None:
        return None
    apart = [_could_be(each, PUBLIC_SMALLEST_COUNT) for each in rest]
    return share_told(
        _could_be(count, PUBLIC_SMALLEST_COUNT),
        _could_be(base, PUBLIC_SMALLEST_BREAKDOWN),
        others=(sum(each[0] for each in apart), sum(each[-1] for each in apart)),
    )


def publish_mean(mean: float, base: int, *, smallest: int = PUBLIC_SMALLEST_COUNT) -> float | None:
    """Return `mean` with one decimal, or None when fewer than `smallest` people stand behind it.

    Raises:
        ValueError: if `base` is negative or `smallest` is below `LOWEST_THRESHOLD`.
    """
    _check(base, smallest)
    return None if base < smallest else round(mean, 1)


def show_officers(
    count: int,
    base: int,
    *,
    smallest: int = OFFICERS_SMALLEST_COUNT,
    warning_below: int = OFFICERS_WARNING_BELOW,
) -> ShownCount:
    """Return `count` of `base` as officers may see it inside: hidden when small, with a warning.

    The warning says that the number is small enough to point at somebody: do not pass it on.
    The percentage is None when the count is hidden or there is no base.

    Raises:
        ValueError: if `count` is negative or above `base`, or a threshold is too low.
    """
    _check(count, smallest)
    _check(base, warning_below)
    if count > base:
        raise ValueError("a count cannot be larger than its base")
    if 0 < count < smallest:
        return ShownCount(HIDDEN, warning=True)
    percent = _percent(count, base) if base else None
    return ShownCount(str(count), percent, warning=0 < count < warning_below)


def show_parts(counts: Mapping[str, int], base: int, *, one_each: bool) -> dict[str, ShownCount]:
    """Return each row as officers may see it where `base` is told too.

    Where everybody stands in one row (`one_each`), so is withheld what would tell a small one.

    Raises:
        ValueError: if a count is negative or above `base`.
    """
    hidden = kept_back(counts, smallest=OFFICERS_SMALLEST_COUNT) if one_each else frozenset()
    return {
        row: ShownCount(HIDDEN, warning=True) if row in hidden else show_officers(count, base)
        for row, count in counts.items()
    }


def kept_back(bases: Mapping[str, int], *, smallest: int, apart: int = 0) -> frozenset[str]:
    """Return the groups whose figures are withheld where the figure of all of them is known.

    Those of fewer than `smallest` people; and the next smallest, with all that are as many, while
    fewer than `smallest` stand behind what is withheld together or it could be worked out. `apart`
    are people of no group: they are in the figure of all, and nobody is told how many they are.

    Where nobody's group is shown, or all are fewer than `smallest` together, the groups of nobody
    are withheld as well: which of them are empty could give the others away.

    Promise: whoever knows this rule, the figure of all, what is shown and whether everybody is of
    a group finds two counts or more for every group withheld. But for one: a group that is known
    to be the only one, and to have everybody, is as many as all are.

    Raises:
        ValueError: if a base is negative, or `smallest` is below `LOWEST_THRESHOLD`.
    """
    for base in bases.values():
        _check(base, smallest)
    counts = sorted(base for base in bases.values() if base)
    hidden = [base for base in counts if base < smallest]
    while (
        hidden and len(hidden) < len(counts) and gives_away(hidden, smallest=smallest, apart=apart)
    ):
        # All that tie go together: no name decides, so whoever is withheld may have any of these.
        hidden = [base for base in counts if base <= counts[len(hidden)]]
    if 0 < sum(counts) + apart < smallest or len(hidden) == len(counts) > 0:
        return frozenset(bases)
    return frozenset(group for group, base in bases.items() if hidden and 0 < base <= hidden[-1])


def gives_away(hidden: Sequence[int], *, smallest: int, apart: int) -> bool:
    """Return whether so few are withheld, or all so alike, that their sum tells each of them.

    `hidden` are the counts withheld, one at least; `apart` as for `kept_back`.
    """
    if sum(hidden) + apart < smallest:
        return True
    is_alike = len(set(hidden)) == 1 and not apart
    return is_alike and (len(hidden) == 1 or hidden[0] in {1, smallest - 1})


def withheld_cells(
    counts: Sequence[Sequence[int]], *, smallest: int = OFFICERS_SMALLEST_COUNT
) -> frozenset[tuple[int, int]]:
    """Return which cells of a table of two questions are withheld, as (row, column) from 0.

    Everybody stands in one cell, those who did not answer among them, so that the totals of the
    rows and columns are known from elsewhere. Withheld are the cells of fewer than `smallest`
    people, and with each its neighbours: rows and columns are read in groups of two or more with
    twice `smallest` people, and where a group of rows meets a group of columns all is shown or
    nothing. Where what is withheld has one row or one column with anybody in it, groups are joined.
    A row or column of nobody is shown: its total says it already.

    Promise: a table of two rows and two columns with anybody in them, or more, holds no withheld
    count that the totals and what is shown leave only one value for. Whoever knows this rule as
    well may rule out more: with every table of 226 pairs of totals tried, in 2 of 1,985 views.

    Raises:
        ValueError: if a count is negative or `smallest` is below `LOWEST_THRESHOLD`.
    """
    for count in (each for row in counts for each in row):
        _check(count, smallest)
    rows = neighbours([sum(row) for row in counts], smallest)
    columns = neighbours([sum(column) for column in zip(*counts, strict=True)], smallest)
    every_row, every_column = [_joined(rows)], [_joined(columns)]
    blocks: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    for groups in ((rows, columns), (rows, every_column), (every_row, every_column)):
        found = [(down, across) for down in groups[0] for across in groups[1]]
        blocks = [each for each in found if _has_small(counts, *each, smallest)]
        if not any(_tells_all(counts, *each) for each in blocks):
            break
    return frozenset(
        (r, c)
        for down, across in blocks
        for r in down
        for c in across
        if any(counts[r]) and any(row[c] for row in counts)
    )


def neighbours(totals: Sequence[int], smallest: int) -> list[tuple[int, ...]]:
    """Return the places in groups: each with two totals of somebody or more, and not few people."""
    groups: list[tuple[int, ...]] = []
    open_group: tuple[int, ...] = ()
    for place, total in enumerate(totals):
        open_group = (*open_group, place)
        filled = [totals[each] for each in open_group if totals[each]]
        if total and len(filled) > 1 and sum(filled) >= 2 * smallest:
            groups.append(open_group)
            open_group = ()
    if open_group and groups:
        groups[-1] += open_group
    return groups or [open_group]


def _joined(groups: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(place for group in groups for place in group)


def _has_small(
    counts: Sequence[Sequence[int]], down: Sequence[int], across: Sequence[int], smallest: int
) -> bool:
    return any(0 < counts[r][c] < smallest for r in down for c in across)


def _tells_all(counts: Sequence[Sequence[int]], down: Sequence[int], across: Sequence[int]) -> bool:
    """Return whether a block has people in one row or one column only: its totals are they."""
    filled = sum(any(counts[r][c] for c in across) for r in down)
    return filled < 2 or sum(any(counts[r][c] for r in down) for c in across) < 2


def _check(count: int, threshold: int) -> None:
    if count < 0:
        raise ValueError("a count cannot be negative")
    if threshold < LOWEST_THRESHOLD:
        raise ValueError(f"a threshold cannot be below {LOWEST_THRESHOLD}")


def _could_be(count: int, smallest: int) -> range:
    """Return every count that would be shown as this one is."""
    if count < smallest:
        return range(1, smallest) if count else range(1)
    near = _rounded(count)
    reach = PUBLIC_ROUNDED_TO // 2
    return range(max(smallest, near - reach), near + reach + 1)


def _rounded(count: int) -> int:
    return PUBLIC_ROUNDED_TO * ((count + PUBLIC_ROUNDED_TO // 2) // PUBLIC_ROUNDED_TO)


def _percent(count: int, base: int) -> int:
    return (200 * count + base) // (2 * base)
