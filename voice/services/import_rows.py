"""The rows of a file as answers, read as every channel reads them, and what is wrong in each."""

from dataclasses import dataclass, field
from datetime import date

from surveys.answers import Answer, storable
from surveys.cells import is_chosen, read_cell
from surveys.dates import Precision, read_date
from surveys.engine import Survey
from surveys.numbering import numbers_on_paper
from surveys.refusals import Refusal
from surveys.sheet import Written, read_sheet
from voice.services.import_mapping import OPTION, OTHER, RECEIVED, WAVE, Mapping, question_of
from voice.spreadsheets import Row, Table

MAX_WAVE_CHARS = 60
_CURES = {
    Refusal.MISSING: ("is empty, and must be answered", "fill the cell in"),
    Refusal.NOT_AN_OPTION: ("is none of the options", "say which option it means"),
    Refusal.ONLY_ONE: ("names several options where one may be chosen", "leave one in the cell"),
    Refusal.EXCLUSIVE: ("goes with no other option", "leave it alone in the cell, or take it out"),
    Refusal.TOO_LONG: ("is longer than an answer may be", "shorten it"),
    Refusal.TOO_FEW: ("names too few options", "add what is missing"),
    Refusal.TOO_MANY: ("names too many options", "take some out"),
    Refusal.NOT_A_NUMBER: ("is no whole number", "write digits alone, such as 12"),
    Refusal.OUT_OF_RANGE: ("is too low or too high", "check it against the form"),
    Refusal.NOT_A_POSTCODE: ("is no postcode", "write it like HP20 1UA or HP20"),
    Refusal.NOT_A_DATE: ("is no date", "write it like 27/3/2016"),
    Refusal.NOT_A_TIME: ("is no time of day", "write it like 14:30"),
}
_OTHERWISE = ("cannot be taken as an answer", "check it against the form")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to mend: in which row (as the spreadsheet counts), which column, and how."""

    row: int
    column: str
    what: str
    cure: str

    @property
    def words(self) -> str:
        """The fault on one line."""
        return f"Row {self.row}, column “{self.column}”: {self.what}; {self.cure}."


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row as a response would hold it. `received_on` is None where the row has no day."""

    number: int
    answers: dict[str, Answer]
    received_on: date | None
    wave: str


@dataclass(slots=True)
class Reading:
    """All rows of a file, read and not yet kept."""

    rows: list[ReadRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    empty: int = 0  # rows in which nothing was answered: left out


def read_rows(survey: Survey, table: Table, mapping: Mapping) -> Reading:
    """Return every row as answers; nothing is guessed and no fault passes.

    A question that no column answers was not asked. One on the path whose cell is empty was
    skipped.
    """
    reading = Reading()
    for row in table.rows:
        read, faults = _read_row(survey, table, mapping, row)
        reading.faults += faults
        if read is None:
            reading.empty += not faults
        elif not faults:
            reading.rows.append(read)
    return reading


def _read_row(
    survey: Survey, table: Table, mapping: Mapping, row: Row
) -> tuple[ReadRow | None, list[Fault]]:
    cells = dict(zip(mapping.targets, row.cells, strict=True))
    written = _written(survey, mapping, cells)
    if all(each.is_blank for code, each in written.items() if code not in mapping.fixed):
        return None, []
    sheet = read_sheet(survey, written)
    faults = [
        Fault(row.number, _column(survey, table, mapping, code), *_CURES.get(why, _OTHERWISE))
        for code, why in sheet.refusals.items()
    ]
    received_on, fault = _read_day(table, mapping, cells, row)
    faults += fault
    answers = {code: answer for code, answer in sheet.answers.items() if code in mapping.questions}
    wave = " ".join(storable(cells.get(WAVE, "")).split())[:MAX_WAVE_CHARS]
    return ReadRow(row.number, answers, received_on, wave), faults


def _written(survey: Survey, mapping: Mapping, cells: dict[str, str]) -> dict[str, Written]:
    """Return what each mapped question's cells say, put together."""
    fixed = {code: one for code, one in mapping.fixed.items() if survey.question(code) is not None}
    written = {code: Written((option,)) for code, option in fixed.items()}
    for question in survey.questions:
        code = question.code
        chosen = tuple(
            target.partition(OPTION)[2]
            for target, text in cells.items()
            if target.startswith(f"{code}{OPTION}") and is_chosen(text)
        )
        other = storable(cells.get(f"{code}{OTHER}", ""))
        if code in cells:
            aliases = mapping.aliases.get(code, {})
            read = read_cell(question, storable(cells[code]), aliases)
            written[code] = Written(read.values, other)
        elif chosen or any(question_of(target) == code for target in cells):
            written[code] = Written(chosen, other)
    return written


def _read_day(
    table: Table, mapping: Mapping, cells: dict[str, str], row: Row
) -> tuple[date | None, list[Fault]]:
    text = cells.get(RECEIVED, "").strip()
    if not text:
        return None, []
    first = text.replace("T", " ").split(" ")[0]
    found = read_date(text, Precision.DAY) or read_date(first, Precision.DAY)
    if found is None:
        column = table.columns[mapping.targets.index(RECEIVED)]
        return None, [Fault(row.number, column, *_CURES[Refusal.NOT_A_DATE])]
    return date.fromisoformat(found), []


def _column(survey: Survey, table: Table, mapping: Mapping, code: str) -> str:
    """Return the header over a question's cells, or the question where it has no column."""
    places = [place for place, one in enumerate(mapping.targets) if question_of(one) == code]
    if places:
        return table.columns[places[0]].strip()
    return f"none, for question {numbers_on_paper(survey)[code]}"
