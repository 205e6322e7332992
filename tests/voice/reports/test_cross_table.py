"""Tables of two questions, read by somebody who wants to find a few people in them."""

from itertools import product
from random import Random

import pytest

from voice.reports.cross_table import WITHHELD, Asked, cross

KINDS = tuple(product((True, False), repeat=2))
TABLES_OF_EACH_KIND = 250


class Reader:
    """Somebody who reads a printed table, narrowing each number that is withheld by the others."""

    def __init__(self, lines, *, one_row, one_column):
        self._one_row, self._one_column = one_row, one_column
        *rows, bases = lines
        self._down, self._across = len(rows), len(rows[0]) - 1
        self.printed = {
            (r, c): cell.split(" ")[0]
            for r, row in enumerate(rows)
            for c, cell in enumerate(row[1:])
        } | {("base", c): cell for c, cell in enumerate(bases[1:])}
        self.withheld = {place for place, cell in self.printed.items() if cell == WITHHELD}
        people = self.printed[self._down - 1, self._across - 1]
        top = 5 if people == WITHHELD else int(people)
        self.between = {
            place: (0, top) if cell == WITHHELD else (int(cell),) * 2
            for place, cell in self.printed.items()
        }

    def find(self):
        """Return what is withheld and was worked out."""
        rules = [*self._rules()]
        before = None
        while before != self.between:
            before = dict(self.between)
            for more, less in rules:
                self._narrow(more, less)
        return {place for place in self.withheld if len(set(self.between[place])) == 1}

    def _narrow(self, more, less):
        """Use that what is in `more` adds up to no less than what is in `less`."""
        spare = sum(self.between[one][1] for one in more)
        spare -= sum(self.between[one][0] for one in less)
        for one in more:
            low, high = self.between[one]
            self.between[one] = (max(low, high - spare), high)
        for one in less:
            low, high = self.between[one]
            self.between[one] = (low, min(high, low + spare))

    def _rules(self):
        last_row, last_column = self._down - 1, self._across - 1  # the totals
        for c in range(self._across):
            line = [(r, c) for r in range(last_row)]
            yield from self._adding(line, (last_row, c), one_each=self._one_row)
            yield from self._equal([("base", c), (last_row - 1, c)], [(last_row, c)])
        for r in range(self._down):
            line = [(r, c) for c in range(last_column)]
            yield from self._adding(line, (r, last_column), one_each=self._one_column)
        for r, c in product(range(last_row), range(last_column)):
            yield [(r, c), (last_row, last_column)], [(r, last_column), (last_row, c)]

    def _adding(self, line, total, *, one_each):
        yield line, [total]
        if one_each:
            yield [total], line
        for option in line[:-1]:
            yield [total], [option, line[-1]]

    def _equal(self, some, others):
        yield some, others
        yield others, some


def make_table(random, *, one_row, one_column):
    """Return a table of up to 150 people's answers, some options far more often chosen."""
    rows, columns = (
        Asked(name, {f"{name}{n}": f"{name}{n}" for n in range(random.randint(2, 4))}, one_each)
        for name, one_each in (("row", one_row), ("column", one_column))
    )
    likely = {code: random.random() ** 2 for code in (*rows.options, *columns.options)}

    def answer(asked):
        codes = list(asked.options)
        if random.random() < 0.08:
            return ()
        if asked.one_each:
            return random.choices(codes, [likely[code] for code in codes])
        return [code for code in codes if random.random() < likely[code]]

    people = random.choice((6, 15, 30, 60, 150))
    return cross(rows, columns, [(answer(rows), answer(columns)) for _ in range(people)])


class TestAReader:
    @pytest.mark.parametrize(("one_row", "one_column"), KINDS)
    def test_finds_nothing_that_is_withheld_in_any_of_many_tables(self, one_row, one_column):
        random = Random(26)

        tables = [
            make_table(random, one_row=one_row, one_column=one_column)
            for _ in range(TABLES_OF_EACH_KIND)
        ]

        assert sum(each.has_withheld for each in tables) > TABLES_OF_EACH_KIND / 2
        assert [
            each.lines
            for each in tables
            if Reader(each.lines, one_row=one_row, one_column=one_column).find()
        ] == []

    def test_would_find_a_total_withheld_alone(self):
        lines = (
            ("a", "20", "20", "0", "40"),
            ("b", "withheld", "withheld", "0", "withheld"),
            ("Did not answer", "0", "0", "0", "0"),
            ("All together", "22", "21", "0", "43"),
            ("Base", "22", "21", "0", "43"),
        )

        assert (1, 3) in Reader(lines, one_row=True, one_column=True).find()

    def test_reads_every_number_of_a_table_of_many_people(self):
        assert table_of((20, 30), (40, 50)).withheld == frozenset()

    def test_of_very_few_people_reads_nothing(self):
        found = {cell for line in table_of((2, 1), (0, 1)).lines for cell in line[1:]}

        assert found == {WITHHELD}


def table_of(*lines):
    """Return the table in which so many people stand; none gave no answer."""
    rows = Asked("row", {f"r{n}": f"r{n}" for n in range(len(lines))}, one_each=True)
    columns = Asked("column", {f"c{n}": f"c{n}" for n in range(len(lines[0]))}, one_each=True)
    return cross(
        rows,
        columns,
        [
            ((f"r{r}",), (f"c{c}",))
            for r, line in enumerate(lines)
            for c, many in enumerate(line)
            for _ in range(many)
        ],
    )
