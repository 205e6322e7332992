"""The forms by which a file comes in: what its columns stand for, and how many it must hold."""

from collections.abc import Mapping as Fields
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from surveys.cells import LEAVE_OUT
from surveys.parted import choices_of
from surveys.questions import AnyQuestion
from surveys.typed import plain
from voice.models import Import, ImportStatus
from voice.services import import_mapping, imports
from voice.services.import_mapping import Mapping
from voice.services.imports import Agreement

DAY_PARTS = ("day", "month", "year")
COLUMN, NAMED, FIXED = "column", "named", "fixed"  # before a number or a code, parted by a hyphen
MAX_DIGITS = 7
EXPIRED_FILE = (
    "This page was open for a long time, so the file was not taken. Choose it again and press the "
    "button again."
)
KNOWN = (
    "This very file was brought in before, and nothing is brought in twice by mistake. If it is "
    "meant to come in again, tick the box, choose the file again and press the button"
)
TOTAL = (
    "The file holds {there} answers and you said {expected}. Nothing was brought in: find out "
    "which is right first"
)
DAYS = {
    "future": "The day it was received must be today or in the past, in every row",
    "early": "The day it was received must be on or after the day this opened, in every row",
    "missing": "Enter the day it was received, like 27 3 2026",
}
REFUSALS = {
    "faults": {"": "Mend what is wrong first: nothing comes in by halves"},
    "days": {"received": DAYS["missing"]},
    "status": {"": "This file is already brought in or given up"},
}
STATES = {
    ImportStatus.UPLOADED: ("Not in yet", "yellow"),
    ImportStatus.WAITING: ("Being brought in", "blue"),
    ImportStatus.IMPORTED: ("Brought in", "green"),
    ImportStatus.REFUSED: ("Refused", "red"),
    ImportStatus.UNDONE: ("Undone", "grey"),
}


def as_sentence(words: str) -> str:
    """Return words as the error summary says them; the name of a file stays as it is."""
    first = words.partition(" ")[0]
    return words if "." in first else words[0].upper() + words[1:]


def read_mapping(found: Import, form: MultiDict[str, str]) -> Mapping:
    """Return what the officer decided, laid over what was decided before."""
    before = imports.mapping_of(found)
    targets = tuple(
        form.get(f"{COLUMN}-{place}", target) for place, target in enumerate(before.targets)
    )
    aliases = {code: dict(names) for code, names in before.aliases.items()}
    for name, option in form.items():
        kind, _, place = name.partition("-")
        named = form.get(f"name-{place}", "")
        if kind == NAMED and option and named:
            code = form.get(f"question-{place}", "")
            aliases.setdefault(code, {})[plain(named)] = option
    fixed = {
        name.partition("-")[2]: option
        for name, option in form.items()
        if name.startswith(f"{FIXED}-") and option
    }
    answered = {import_mapping.question_of(target) for target in targets}
    kept = {code: option for code, option in fixed.items() if code not in answered}
    return Mapping(targets, _only_options(found, aliases), kept)


def _only_options(found: Import, aliases: Fields[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Leave out agreed names of questions and options that the survey does not have."""
    survey = imports.survey_of(found)
    kept: dict[str, dict[str, str]] = {}
    for code, names in aliases.items():
        choices = choices_of(survey.question(code))
        if choices:
            kept[code] = {
                name: option
                for name, option in names.items()
                if option == LEAVE_OUT or option in choices
            }
    return kept


def draw_mapping(found: Import, mapping: Mapping) -> dict[str, Any]:
    """Return the columns, the names to be decided and the answers to be fixed, as drawn."""
    survey = imports.survey_of(found)
    table = imports.table_of(found)
    unknown = import_mapping.find_unknown(survey, table, mapping)
    return {
        "columns": [
            (place, column.strip() or f"Column {place + 1} (no name)", mapping.targets[place],
             _example(table.rows, place))
            for place, column in enumerate(table.columns)
        ],
        "targets": import_mapping.targets_of(survey),
        "notes": imports.notes_of(found),
        "unknown": [
            (place, one, survey.question(one.question), _options(survey.question(one.question)))
            for place, one in enumerate(unknown)
        ],
        "fixed": [
            (question, [("", "Choose")] + [(o.code, o.label) for o in question.options],
             mapping.fixed.get(question.code, ""))
            for question in import_mapping.required_without_column(survey, mapping)
        ],
    }  # fmt: skip


def left_out(found: Import) -> list[str]:
    """Return the columns that stand for nothing, so that everybody sees what does not come in."""
    targets = imports.mapping_of(found).targets
    return [
        column.strip() or f"Column {place + 1} (no name)"
        for place, column in enumerate(found.columns)
        if place >= len(targets) or not targets[place]
    ]


def read_agreement(form: MultiDict[str, str]) -> tuple[Agreement | None, dict[str, str]]:
    """Return how many answers there must be and when they came, or what is wrong with it."""
    errors: dict[str, str] = {}
    digits = form.get("expected", "").strip().replace(",", "")
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= MAX_DIGITS
    if not is_number:
        errors["expected"] = "Enter how many answers there must be, as a number"
    day = [form.get(f"received-{part}", "").strip() for part in reversed(DAY_PARTS)]
    received_on = None
    if any(day):
        try:
            received_on = date(*(int(part) for part in day))
        except (ValueError, OverflowError):
            errors["received"] = DAYS["missing"]
    return (None if errors else Agreement(int(digits), received_on)), errors


def _example(rows: Any, place: int) -> str:
    """Return what stands first in a column, cut short."""
    first = next((row.cells[place] for row in rows if row.cells[place].strip()), "")
    return first if len(first) <= 60 else f"{first[:60]}…"


def _options(question: AnyQuestion | None) -> list[tuple[str, str]]:
    return [("", "Choose"), (LEAVE_OUT, "No answer: leave it out"), *choices_of(question).items()]
