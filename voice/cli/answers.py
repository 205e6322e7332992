"""The answers in a spreadsheet, read from the file as they are needed and never held."""

import random
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from voice.analysis.findings import Comment
from voice.cli.spreadsheets import Sheet

SEED = 20170904


class Answers:
    """A comment for each row of a sheet; ids are unique within a question.

    Of each answer only a number is kept. `asked` says how many rows each question has, in the
    order in which questions first appear; `repeated` how many rows had an id that was taken.
    """

    def __init__(
        self, sheet: Sheet, *, text: str, question: str | None, groups: Sequence[str]
    ) -> None:
        self._sheet = sheet
        self._text = sheet.get_column(text)
        self._question = sheet.get_column(question) if question else None
        self._groups = {name: sheet.get_column(name) for name in groups}
        self._named = sheet.find_column("id")
        self.asked: Counter[str] = Counter()
        marks = array("q")
        for put, name, _ in self._rows():
            self.asked[put] += 1
            marks.append(hash((put, name)))
        counts = ((mark, sum(1 for _ in same)) for mark, same in groupby(sorted(marks)))
        self._twice = {mark: many for mark, many in counts if many > 1}
        self.repeated = sum(self._twice.values()) - len(self._twice)

    def __len__(self) -> int:
        return self._sheet.size

    def __iter__(self) -> Iterator[Comment]:
        return self.of(None)

    def of(self, question: str | None) -> Iterator[Comment]:
        """Yield the answers to one question, or to all, in the order of the file."""
        seen: Counter[tuple[str, str]] = Counter()
        for put, name, row in self._rows():
            if question is not None and put != question:
                continue
            if hash((put, name)) in self._twice:
                seen[put, name] += 1
            many = seen.get((put, name), 1)
            yield Comment(
                id=name if many == 1 else f"{name} ({many})",
                text=row[self._text],
                question=put,
                groups={group: row[column] for group, column in self._groups.items()},
            )

    def draw(self, question: str, most: int) -> list[Comment]:
        """Return at most so many answers to a question, spread over the file, always the same.

        One is drawn by chance from each of as many stretches of equal length.
        """
        many = self.asked[question]
        if many <= most:
            return list(self.of(question))
        chance = random.Random(SEED)  # noqa: S311 - a sample, not a secret
        starts = [stretch * many // most for stretch in range(most + 1)]
        drawn = {chance.randrange(start, end) for start, end in pairwise(starts)}
        return [one for place, one in enumerate(self.of(question)) if place in drawn]

    def _rows(self) -> Iterator[tuple[str, str, Mapping[str, str]]]:
        for number, row in enumerate(self._sheet.rows(), start=1):
            put = row[self._question].strip() if self._question else ""
            name = (row[self._named].strip() if self._named else "") or str(number)
            yield put, name, row
