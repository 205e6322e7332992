"""Shares that are true whatever rounded counts stand for, and so tell no more than these do.

Source: requirement CON-5. A per cent of one rounded count in another is often wrong by several
points; one worked out from true counts could give a withheld count away. A range is neither.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublicShare:
    """The true share lies from `low` to `high` per cent, both whole."""

    low: int
    high: int

    @property
    def words(self) -> str:
        """Such as "38–52%"; one number where both ends are the same."""
        return f"{self.low}%" if self.low == self.high else f"{self.low}–{self.high}%"

    @property
    def middle(self) -> float:
        """Where a chart's bar ends, 0 to 1."""
        return (self.low + self.high) / 200


def share_told(count: range, base: range, *, others: tuple[int, int] | None = None) -> PublicShare:
    """Return the share, knowing only that the count and the base are one of these.

    `others` are the fewest and the most who are in the base and not in the count, if known.
    """
    fewest, most = others or (0, base[-1])
    pairs = [
        (max(count[0], whole - most), min(count[-1], whole - fewest), whole)
        for whole in base
        if max(count[0], whole - most) <= min(count[-1], whole - fewest)
    ]
    low = min(100 * least // whole for least, _, whole in pairs)
    high = max(-(-100 * greatest // whole) for _, greatest, whole in pairs)
    return PublicShare(low, high)


def shares_told(
    counts: Mapping[str, range], base: range, *, one_each: bool
) -> dict[str, PublicShare]:
    """Return each row's share; `one_each` says that everybody of the base is in just one row."""
    fewest = sum(each[0] for each in counts.values())
    most = sum(each[-1] for each in counts.values())
    return {
        row: share_told(
            count,
            base,
            others=(fewest - count[0], most - count[-1]) if one_each else None,
        )
        for row, count in counts.items()
    }
