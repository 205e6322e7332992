"""The form into which somebody writes down what was said: in a group, on a visit, in a letter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from werkzeug.datastructures import MultiDict
from wtforms import IntegerField

from surveys.answers import storable
from surveys.questions import AnyQuestion
from voice.clock import in_london
from voice.models import Gathering, Officer
from voice.services.gathered_themes import KINDS
from voice.services.gatherings import (
    LINES,
    MAX_HEADCOUNT,
    MAX_LINE_CHARS,
    MAX_WORDS_CHARS,
    NOTES,
    RECORDED,
    Point,
    Record,
)
from voice.web.forms import PressForm

DAY_PARTS = ("day", "month", "year")
NOTED, QUOTED = "noted", "quoted"  # before a question's code: noted-important, quoted-important
KIND_OPTIONS = tuple((kind.value, KINDS[kind]) for kind in RECORDED)
Errors = dict[str, str]

_REFUSALS = {
    ("kind", "missing"): "Choose what it was",
    ("held_on", "missing"): "Enter a real date, like 27 3 2026",
    ("held_on", "future"): "The day must be today or in the past",
    ("headcount", "out_of_range"): (
        f"Enter how many people were there as a number, 1 to {MAX_HEADCOUNT:,}, or leave it empty"
    ),
    ("points", "missing"): "Write down at least one thing that was said",
}


class GatheringForm(PressForm):
    """A gathering, with the edition that the officer saw."""

    edition = IntegerField()


@dataclass(frozen=True, slots=True)
class Typed:
    """The page as it was typed in, every word exactly; `errors` are by the field to mend."""

    fields: Mapping[str, str]
    errors: Errors = field(default_factory=dict)

    def get(self, name: str) -> str:
        """Return what stands in a field."""
        return self.fields.get(name, "")

    @property
    def day(self) -> dict[str, str]:
        """The day it was held, as the three fields hold it."""
        return {part: self.get(f"held_on-{part}") for part in DAY_PARTS}


def empty_page(officer: Officer, *, now: datetime) -> Typed:
    """Return a page with today's date and the officer's own name on it."""
    return Typed(_day_fields(in_london(now).date()) | {"recorder": officer.name})


def page_of(gathering: Gathering) -> Typed:
    """Return the page as it was last saved."""
    fields = {name: getattr(gathering, name) for name in (*LINES, NOTES)}
    fields |= {"kind": gathering.kind.value, "headcount": str(gathering.headcount or "")}
    lines: dict[str, list[str]] = {}
    for point in gathering.points:
        name = f"{QUOTED if point.is_verbatim else NOTED}-{point.question}"
        lines.setdefault(name, []).append(point.words)
    fields |= {name: "\n".join(words) for name, words in lines.items()}
    return Typed(fields | _day_fields(gathering.held_on))


def read_page(
    questions: Iterable[AnyQuestion], form: MultiDict[str, str]
) -> tuple[Typed, Record | None]:
    """Return what was typed, and the record that it makes; None where something is wrong."""
    fields = {name: storable(value) for name, value in form.items()}
    typed = Typed(fields)
    kind = next((one for one in RECORDED if one.value == typed.get("kind")), None)
    held_on = _read_day(typed.day)
    headcount = _read_headcount(typed.get("headcount"))
    wrong = [("kind", "missing")] * (kind is None) + [("held_on", "missing")] * (held_on is None)
    wrong += [("headcount", "out_of_range")] * (headcount == 0)
    if kind is None or held_on is None or wrong:
        return Typed(fields, errors_for(dict(wrong))), None
    return typed, Record(
        kind=kind,
        held_on=held_on,
        headcount=headcount,
        notes=typed.get(NOTES),
        points=tuple(_points(questions, typed)),
        **{name: typed.get(name) for name in LINES},
    )


def errors_for(faults: Mapping[str, str]) -> Errors:
    """Return the words for each field that must be mended, by its name on the page."""
    return {
        _field_of(name): _REFUSALS.get((name, why)) or _too_long(name)
        for name, why in faults.items()
    }


def _too_long(name: str) -> str:
    most = MAX_LINE_CHARS if name in LINES else MAX_WORDS_CHARS
    return f"Write up to {most:,} characters{'' if name in (*LINES, NOTES) else ' in each line'}"


def _field_of(name: str) -> str:
    """Return the name of the field on the page; a question's refusal belongs to its notes."""
    own = {"kind", "held_on", "headcount", "points", NOTES, *LINES}
    return name if name in own else f"{NOTED}-{name}"


def _points(questions: Iterable[AnyQuestion], typed: Typed) -> Iterable[Point]:
    for question in questions:
        for name, is_verbatim in ((NOTED, False), (QUOTED, True)):
            for line in typed.get(f"{name}-{question.code}").splitlines():
                if line.strip():
                    yield Point(question.code, line.strip(), is_verbatim)


def _day_fields(day: date) -> dict[str, str]:
    numbers = (day.day, day.month, day.year)
    return {f"held_on-{part}": str(number) for part, number in zip(DAY_PARTS, numbers, strict=True)}


def _read_day(day: Mapping[str, str]) -> date | None:
    try:
        return date(*(int(day[part]) for part in reversed(DAY_PARTS)))
    except (ValueError, OverflowError):
        return None


def _read_headcount(text: str) -> int | None:
    """Return how many there were; None where the field is empty, 0 where it is no number."""
    digits = text.strip()
    if not digits:
        return None
    return int(digits[:9]) if digits.isascii() and digits.isdigit() else 0
