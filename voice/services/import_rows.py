"""The rows of a file as answers, read as every channel reads them, and what is wrong in each."""

from dataclasses import dataclass, field
from datetime import date

from surveys.answers import Answer, Refusal, storable
from surveys.cells import is_chosen, read_cell
from surveys.dates import Precision, read_date
from surveys.engine import Survey
from surveys.measures import Ranking
from surveys.numbering import numbers_on_paper
from surveys.parted import PARTED, Aliases, Parted, part_at_fault, read_parts
from surveys.questions import AnyQuestion
from surveys.sheet import Written, read_sheet
from voice.services.import_codes import CODE, NO_CODE, WRONG, RowCode, read_code
from voice.services.import_mapping import (
    OPTION,
    OTHER,
    PART,
    RECEIVED,
    WAVE,
    Mapping,
    question_of,
)
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
    Refusal.NOT_A_PERCENT: ("is no whole per cent from 0 to 100", "write it like 40"),
    Refusal.ONE_OF_TWO: ("is one of two, and the other is empty", "fill both in, or empty both"),
    Refusal.SAME_PLACE: ("gives one place to two options", "give each a place of its own"),
    Refusal.EMPTY_PLACE: ("leaves a place empty before another", "number them from 1 with no gap"),
    Refusal.ROWS_LEFT: ("is empty, and every row must be rated", "fill the cell in"),
    Refusal.UNSORTED: ("is empty, and every card must be in a pile", "fill the cell in"),
}
_TWICE = ("is none of the options, or stands there twice", "say once which option it means")
_NO_PLACE = ("is no place", "write 1 for the first, 2 for the second and so on")
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
    code: RowCode = NO_CODE


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
        Fault(
            row.number,
            _column(survey, table, mapping, code, cells),
            *_cure(survey, mapping, code, why),
        )
        for code, why in sheet.refusals.items()
    ]
    received_on, fault = _read_day(table, mapping, cells, row)
    faults += fault
    answers = {code: answer for code, answer in sheet.answers.items() if code in mapping.questions}
    wave = " ".join(storable(cells.get(WAVE, "")).split())[:MAX_WAVE_CHARS]
    code, wrong = read_code(survey, cells)
    if wrong:
        column = wrong if wrong in mapping.targets else CODE  # the side may have none of its own
        header = table.columns[mapping.targets.index(column)].strip()
        faults.append(Fault(row.number, header, *WRONG[wrong]))
    return ReadRow(row.number, answers, received_on, wave, code), faults


def _cure(survey: Survey, mapping: Mapping, code: str, why: Refusal) -> tuple[str, str]:
    """Return what is wrong with a cell, and what to write there."""
    is_ranking = isinstance(survey.question(code), Ranking)
    if is_ranking and why is Refusal.NOT_AN_OPTION:
        by_option = any(target.startswith(f"{code}{OPTION}") for target in mapping.targets)
        return _NO_PLACE if by_option else _TWICE
    return _CURES.get(why, _OTHERWISE)


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
        aliases = mapping.aliases.get(code, {})
        if code in cells:
            read = read_cell(question, storable(cells[code]), aliases)
            written[code] = Written(read.values, other)
        elif isinstance(question, PARTED) and _is_parted(code, cells):
            written[code] = Written(_read_columns(question, cells, aliases))
        elif chosen or any(question_of(target) == code for target in cells):
            written[code] = Written(chosen, other)
    return written


def _is_parted(code: str, cells: dict[str, str]) -> bool:
    return any(question_of(target) == code for target in cells)


def _read_columns(question: Parted, cells: dict[str, str], aliases: Aliases) -> tuple[str, ...]:
    """Return what the columns of a question's parts, or of its options' places, say."""
    placed = _within(question, OPTION, cells)
    if placed:
        return tuple(
            f"{place.strip()}.{option}" for option, place in placed.items() if place.strip()
        )
    return read_parts(question, _within(question, PART, cells), aliases)


def _within(question: AnyQuestion, mark: str, cells: dict[str, str]) -> dict[str, str]:
    start = f"{question.code}{mark}"
    return {
        target.removeprefix(start): storable(text)
        for target, text in cells.items()
        if target.startswith(start)
    }


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


def _column(
    survey: Survey, table: Table, mapping: Mapping, code: str, cells: dict[str, str]
) -> str:
    """Return the header over the cell at fault, or the question where it has no column."""
    question = survey.question(code)
    if isinstance(question, PARTED):
        parts = _within(question, PART, cells)
        part = part_at_fault(question, parts, mapping.aliases.get(code, {})) if parts else ""
        if f"{code}{PART}{part}" in mapping.targets:
            return table.columns[mapping.targets.index(f"{code}{PART}{part}")].strip()
    places = [place for place, one in enumerate(mapping.targets) if question_of(one) == code]
    if places:
        return table.columns[places[0]].strip()
    return f"none, for question {numbers_on_paper(survey)[code]}"
