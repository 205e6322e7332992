"""Two sides next to each other: victims and young people, children and parents. Sums, no people.

Every number here may be read by whoever holds the paper. So a count of 1 to 4 is withheld, with
the next one where it could be worked out from the rest, and nothing is said of fewer than 5.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voice.analysis.suppression import OFFICERS_SMALLEST_COUNT, kept_back
from voice.reports.csv_files import csv_file
from voice.reports.figures import Figure, QuestionFigures

WITHHELD = "withheld"
NOT_ASKED, NOT_OFFERED = "not asked", "not offered"
FEW = f"fewer than {OFFICERS_SMALLEST_COUNT}"
SEVERAL = frozenset({"several", "picture_several"})  # kinds whose shares need not add up
AVERAGED = frozenset({"number", "percent", "pair"})  # kinds whose note is an average
MEAN = "Mean"  # the column of a measure that is shown
NOTES = (
    "Sums of each side. No answer of one side is joined with any answer of the other.",
    "“Withheld” stands for 1 to 4 people, or for a number from which those could be worked out. "
    "Averages are given from 8 people on. Of a side with fewer than 5 answers nothing is said.",
)


@dataclass(frozen=True, slots=True)
class SidedQuestion:
    """One question as each side was asked it, and each answer with what each side said.

    A text is empty where that side is not asked. `bases` are how many answered, in words.
    """

    texts: tuple[str, str]
    bases: tuple[str, str]
    rows: tuple[tuple[str, str, str], ...]

    @property
    def asked_of_second(self) -> str:
        """How the second side was asked it, where that is not as the first was; else nothing."""
        first, second = self.texts
        return second if first and first != second else ""

    @property
    def heading(self) -> str:
        """Both wordings; one, where they are the same or only one side is asked."""
        return " / ".join(dict.fromkeys(text for text in self.texts if text))


@dataclass(frozen=True, slots=True)
class TwoSides:
    """A report on two sides. `names` are theirs; `answered` says how many, in words."""

    title: str
    council: str
    made_on: str
    demonstration: str
    names: tuple[str, str]
    answered: tuple[str, str]
    basis: str  # of whom it speaks
    rates: tuple[str, str]  # the response rate of each, under its name
    questions: tuple[SidedQuestion, ...]
    notes: tuple[str, ...] = NOTES


def in_words(number: int) -> str:
    """Return how many there are; "fewer than 5" where that could point at somebody."""
    return FEW if 0 < number < OFFICERS_SMALLEST_COUNT else str(number)


def side_by_side(
    one: QuestionFigures | None, other: QuestionFigures | None, codes: Sequence[Sequence[str]]
) -> SidedQuestion:
    """Return what both sides said to like questions; None where a side is not asked.

    `codes` are the codes of the options of each, so that answers meet by code and not by wording.
    """
    first, second = _cells(one, codes[0]), _cells(other, codes[1])
    rows = tuple(
        (_label(first, second, key), _cell(one, first, key), _cell(other, second, key))
        for key in dict.fromkeys([*first, *second])
    )
    return SidedQuestion(
        texts=(one.text if one else "", other.text if other else ""),
        bases=(_base(one), _base(other)),
        rows=rows,
    )


_Cells = dict[str, tuple[str, str]]  # the label and the words, by a code


def _cells(asked: QuestionFigures | None, codes: Sequence[str]) -> _Cells:
    """Return each answer with its number in words, or that it is withheld."""
    if asked is None:
        return {}
    hidden = withheld_rows(asked.rows, adds_up=asked.kind not in SEVERAL)
    cells = {
        code: (row.label, WITHHELD if place in hidden else row.words)
        for place, (code, row) in enumerate(zip(codes, asked.rows, strict=False))
    }
    if asked.together is not None:
        is_known = not hidden & {0, 1} and not asked.together.is_withheld
        words = asked.together.words if is_known else WITHHELD
        cells["together."] = (asked.together.label, words)
    cells |= _means(asked)
    if asked.base < OFFICERS_SMALLEST_COUNT:
        return {key: (label, WITHHELD) for key, (label, _) in cells.items()}
    return cells


def _means(asked: QuestionFigures) -> _Cells:
    """Return the average, or the mean of each row of a grid, as each withholds itself."""
    if asked.kind in AVERAGED:
        return {"average.": ("Average", asked.note or WITHHELD)}
    if asked.table is None or MEAN not in asked.table.head:
        return {}
    place = asked.table.head.index(MEAN)
    return {f"mean.{row[0]}": (f"{row[0]} (mean)", row[place]) for row in asked.table.rows}


def withheld_rows(rows: Sequence[Figure], *, adds_up: bool) -> set[int]:
    """Return the places of the rows whose numbers are kept back.

    Where the rows add up to the base, what is withheld together is known: so is withheld whatever
    would give a small one away.
    """
    if not adds_up:
        return {place for place, row in enumerate(rows) if row.is_withheld}
    counts = {str(place): row.count for place, row in enumerate(rows)}
    return {int(each) for each in kept_back(counts, smallest=OFFICERS_SMALLEST_COUNT)}


def _label(first: _Cells, second: _Cells, key: str) -> str:
    labels = (cells[key][0] for cells in (first, second) if key in cells)
    return " / ".join(dict.fromkeys(labels))


def _cell(asked: QuestionFigures | None, cells: _Cells, key: str) -> str:
    if asked is None:
        return NOT_ASKED
    return cells[key][1] if key in cells else NOT_OFFERED


def _base(asked: QuestionFigures | None) -> str:
    return NOT_ASKED if asked is None else in_words(asked.base)


def two_sides_table(report: TwoSides) -> bytes:
    """Return the report as a CSV file: a line an answer, and first how many answered."""
    return csv_file(("question", "answer", *report.names), _lines(report))


def _lines(report: TwoSides) -> Iterator[tuple[str, str, str, str]]:
    yield ("", "Answers", *report.answered)
    yield ("", "Response rate", *report.rates)
    for question in report.questions:
        yield (question.heading, "Answered", *question.bases)
        for row in question.rows:
            yield (question.heading, *row)
