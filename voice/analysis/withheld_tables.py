"""What a table of two questions keeps back, decided over its cells and its totals together.

A small number is withheld, and so is whatever it could be worked out from: here somebody who reads
the table is played, who knows nothing but what is printed. Standard library only.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from voice.analysis.suppression import (
    OFFICERS_SMALLEST_COUNT,
    kept_back,
    neighbours,
    withheld_cells,
)

Place = tuple[int, int]  # row and column, from 0
ALL = -1  # instead of a row or a column: the total of all of them
MOST_ROUNDS = 100
MOST_STEPS = 400  # of the search for another table that says the same, for each part
MOST_CHANGES = 7  # by which that table may differ
Bounds = tuple[int, int]
Known = dict[Place, Bounds]
# The places that are added and those that are taken away, of which at least nought is left.
Rule = tuple[tuple[Place, ...], tuple[Place, ...]]


@dataclass(frozen=True, slots=True)
class Crossed:
    """How many people stand in each cell and each total; the last row and column gave no answer.

    Whether each person stands in one row, and in one column: else in as many as they chose, and
    the totals count them once.
    """

    cells: Sequence[Sequence[int]]
    row_totals: Sequence[int]
    column_totals: Sequence[int]
    people: int
    is_one_row: bool
    is_one_column: bool

    def parts(self) -> dict[Place, int]:
        """Return every cell, and every total, which has `ALL` in place of a row or a column."""
        found = {(r, c): n for r, row in enumerate(self.cells) for c, n in enumerate(row)}
        found |= {(r, ALL): n for r, n in enumerate(self.row_totals)}
        found |= {(ALL, c): n for c, n in enumerate(self.column_totals)}
        return found | {(ALL, ALL): self.people}


def withheld_parts(table: Crossed, *, smallest: int = OFFICERS_SMALLEST_COUNT) -> frozenset[Place]:
    """Return which cells and totals are withheld: (row, column) from 0, `ALL` for a total.

    Promise: what is printed of the table leaves none of these only one value. Where a person stands
    in one row and one column, that holds of the cells for whoever knows every total as well.
    How many gave no answer is no answer: that total is told, as it is beside every other figure.

    Raises:
        ValueError: if a count is negative or `smallest` is too low.
    """
    parts = table.parts()
    cells = set(_first_cells(table, smallest))
    if 0 < table.people < smallest:
        return frozenset(parts)
    # A row or a column of nobody says so in its total.
    cells = {(r, c) for r, c in cells if table.row_totals[r] and table.column_totals[c]}
    withheld = cells.union(_first_totals(table, smallest))
    alone = {place for place in withheld if _is_alone(table, place)}
    rules = tuple(_rules(table))
    while told := _told(parts, withheld, alone, rules, smallest=smallest):
        more = _next_to(parts, withheld, told)
        if more is None:
            return frozenset(place for place, count in parts.items() if count or place in withheld)
        withheld.add(more)
    return frozenset(withheld)


def _first_cells(table: Crossed, smallest: int) -> frozenset[Place]:
    """Return the cells of few people, and what would give them away to who knows the totals."""
    lines = list(enumerate(table.cells))
    across = list(enumerate(zip(*table.cells, strict=True)))
    if table.is_one_row and table.is_one_column:
        return withheld_cells(table.cells, smallest=smallest)
    if table.is_one_column:
        return frozenset((r, c) for r, line in lines for c in _few_of(line, smallest))
    if table.is_one_row:
        return frozenset((r, c) for c, line in across for r in _few_of(line, smallest))
    return frozenset(
        (r, c) for r, line in lines for c, count in enumerate(line) if 0 < count < smallest
    )


def _few_of(line: Sequence[int], smallest: int) -> set[int]:
    bases = {str(place): count for place, count in enumerate(line)}
    return {int(place) for place in kept_back(bases, smallest=smallest)}


def _first_totals(table: Crossed, smallest: int) -> Iterator[Place]:
    """Give the totals of few people; where totals add up, all that are read in a group with one."""
    for r in _few_totals(table.row_totals, smallest, adds_up=table.is_one_row):
        yield r, ALL
    for c in _few_totals(table.column_totals, smallest, adds_up=table.is_one_column):
        yield ALL, c


def _few_totals(totals: Sequence[int], smallest: int, *, adds_up: bool) -> Iterator[int]:
    groups = neighbours(totals, smallest) if adds_up else [(at,) for at in range(len(totals))]
    for group in groups:
        if any(0 < totals[at] < smallest for at in group if at != len(totals) - 1):
            yield from (at for at in group if totals[at])


def _is_alone(table: Crossed, place: Place) -> bool:
    """Return whether a part is withheld for being small and for no other reason."""
    if place[0] == ALL:
        return not table.is_one_column
    if place[1] == ALL:
        return not table.is_one_row
    return not table.is_one_row and not table.is_one_column


def _rules(table: Crossed) -> Iterator[Rule]:
    """Give what holds in every such table, as sums that are never below nought."""
    rows = range(len(table.row_totals))
    columns = range(len(table.column_totals))
    for c in (*columns, ALL):
        yield from _adds_up([(r, c) for r in rows], (ALL, c), is_one=table.is_one_row)
    for r in (*rows, ALL):
        yield from _adds_up([(r, c) for c in columns], (r, ALL), is_one=table.is_one_column)
    for r in rows:
        for c in columns:
            yield ((r, c), (ALL, ALL)), ((r, ALL), (ALL, c))


def _adds_up(line: Sequence[Place], total: Place, *, is_one: bool) -> Iterator[Rule]:
    """Everybody of the total stands in the line, once or in several but never also in the last."""
    yield tuple(line), (total,)
    if is_one:
        yield (total,), tuple(line)
    else:
        yield from (((total,), (each, line[-1])) for each in line[:-1])


def _told(
    parts: Mapping[Place, int],
    withheld: set[Place],
    alone: Set[Place],
    rules: Sequence[Rule],
    *,
    smallest: int,
) -> set[Place]:
    """Return what is withheld and can be worked out.

    Of what is withheld `alone`, with nothing beside it, it is known that it is small.
    """
    most = parts[ALL, ALL]
    known: Known = {place: (count, count) for place, count in parts.items()}
    known |= {each: (1, smallest - 1) if each in alone else (0, most) for each in withheld}
    held = [each for each in rules if not withheld.isdisjoint(each[0] + each[1])]
    _narrow(known, held)
    told = {place for place in withheld if known[place][0] == known[place][1]}
    return told or _joined(parts, known, held)


def _joined(parts: Mapping[Place, int], known: Known, rules: Sequence[Rule]) -> set[Place]:
    """Return what may be worked out by several rules together.

    A part is safe once another table is found that says the same and has another number there.
    """
    search = _Search(known, rules)
    unsure = {place for place, (low, high) in known.items() if low < high}
    for place in sorted(unsure):
        for change in (1, -1) if place in unsure else ():
            unsure -= search.changes(parts, place, change)
    return unsure


class _Search:
    """Looks for tables that say the same as one that is printed, a few people apart from it."""

    def __init__(self, known: Known, rules: Sequence[Rule]) -> None:
        self._known = known
        self._rules = rules
        self._at: dict[Place, list[int]] = {}
        for number, (added, taken) in enumerate(rules):
            for place in added + taken:
                self._at.setdefault(place, []).append(number)

    def changes(self, parts: Mapping[Place, int], place: Place, change: int) -> set[Place]:
        """Return the parts that are other than they are in some table with `place` so changed."""
        for most in range(1, MOST_CHANGES + 1):
            self._left = MOST_STEPS
            self._moved: dict[Place, int] = {}
            self._spare = [sum(map(parts.__getitem__, added)) - sum(map(parts.__getitem__, taken))
                           for added, taken in self._rules]  # fmt: skip
            if self._move(parts, place, change, most=most):
                return {each for each, moved in self._moved.items() if moved}
        return set()

    def _move(self, parts: Mapping[Place, int], place: Place, change: int, *, most: int) -> bool:
        """Change one part, and others until every rule holds again; else leave all as it was."""
        self._left -= 1
        before = self._moved.get(place, 0)
        low, high = self._known[place]
        if not low <= parts[place] + before + change <= high or before * change < 0:
            return False
        self._shift(place, change)
        self._moved[place] = before + change
        broken = next((at for at, spare in enumerate(self._spare) if spare < 0), None)
        if broken is None:
            return True
        if most > 1:
            added, taken = self._rules[broken]
            moves = [*((each, 1) for each in added), *((each, -1) for each in taken)]
            for each, by in moves:
                if self._left > 0 and self._move(parts, each, by, most=most - 1):
                    return True
        self._shift(place, -change)
        self._moved[place] = before
        return False

    def _shift(self, place: Place, change: int) -> None:
        for at in self._at.get(place, ()):
            self._spare[at] += change if place in self._rules[at][0] else -change


def _narrow(known: Known, rules: Sequence[Rule]) -> None:
    """Narrow between what each part lies, until no rule narrows it further."""
    for _ in range(MOST_ROUNDS):
        is_moving = False
        for added, taken in rules:
            spare = sum(known[each][1] for each in added) - sum(known[each][0] for each in taken)
            for each in added:
                low, high = known[each]
                if high - low > spare:
                    known[each], is_moving = (high - spare, high), True
            for each in taken:
                low, high = known[each]
                if high - low > spare:
                    known[each], is_moving = (low, low + spare), True
        if not is_moving:
            break


def _next_to(parts: Mapping[Place, int], withheld: set[Place], told: set[Place]) -> Place | None:
    """Return the smallest cell with anybody in it that stands in line with what is told."""
    rows = {r for r, _ in told}
    columns = {c for _, c in told}
    free = [
        place
        for place, count in parts.items()
        if count
        and ALL not in place
        and place not in withheld
        and (place[0] in rows or place[1] in columns)
    ]
    return min(free, key=lambda place: (parts[place], place), default=None)
