"""What each column of a file stands for: guessed from its header, then decided by an officer."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from surveys.cells import option_named, part_named, unknown_choices, unknown_names
from surveys.engine import Survey
from surveys.measures import Pair, Ranking
from surveys.numbering import numbers_on_paper
from surveys.parted import parts_of
from surveys.questions import AnyQuestion, OneOf, Several
from surveys.typed import plain
from voice.errors import VoiceError
from voice.services.import_codes import CODE, SIDE, code_targets, guess_code
from voice.spreadsheets import Table

# What a column may stand for beside a question: no code begins with a dash.
RECEIVED, WAVE = "-received", "-wave"
OTHER = "-other"  # after a question's code: the words that go with "please specify"
OPTION = "="  # between a question's code and that of the option for which the column stands
PART = "#"  # between a question's code and the row, card, place, start or end it stands for
MOST_ALIKE = 0.86  # headers at least this alike to a question's text are taken for it
MOST_NAMES = 40  # names in a column that an officer is asked about at once
_RECEIVED_HEADERS = frozenset(
    {"received", "received on", "date received", "date", "submitted", "submitted at", "timestamp"}
    | {"completion time", "submission date", "date submitted", "submitdate"}
)
_NUMBERED = re.compile(r"^(?:q|question|no)?\s*\.?([0-9]{1,3}|[a-z])\s*[.):\-]?\s*(.*)$")
_BRACKETED = re.compile(r"^(.*?)\s*\[(.+)\]\s*$")
_PARTED = re.compile(r"^(.+?)(?:\s+[-–—:/]|:)\s+(.+)$")  # "How sure are you? - Before"


class ColumnsRefusedError(VoiceError):
    """The columns cannot be used like this; the message says what to mend."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """What each column stands for, in their order, and what is agreed of names and fixed answers.

    A target is a question's code, alone or with `OTHER`, `OPTION` or `PART`; `RECEIVED`; `WAVE`;
    `CODE`; `SIDE`; or "" for a column that is left out. `aliases` are by question: a name -> an
    option or `LEAVE_OUT`. `fixed` are answers that are the same in every row.
    """

    targets: tuple[str, ...]
    aliases: dict[str, dict[str, str]] = field(default_factory=dict)
    fixed: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {"targets": list(self.targets), "aliases": self.aliases, "fixed": self.fixed}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Mapping":
        """Return it as it was kept."""
        return cls(tuple(kept["targets"]), kept["aliases"], kept["fixed"])

    @property
    def questions(self) -> frozenset[str]:
        """The questions that the file answers."""
        named = {question_of(target) for target in self.targets}
        return frozenset(named | set(self.fixed)) - {""}


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name in a column that is none of its question's options."""

    question: str
    name: str
    rows: int


def question_of(target: str) -> str:
    """Return the code of the question to which a target belongs; "" for what is no answer."""
    if target in {"", RECEIVED, WAVE, CODE, SIDE}:
        return ""
    return target.removesuffix(OTHER).partition(OPTION)[0].partition(PART)[0]


def targets_of(survey: Survey) -> list[tuple[str, str]]:
    """Return everything that a column may stand for, with its words, in the survey's order."""
    numbers = numbers_on_paper(survey)
    found = [("", "Leave this column out"), (RECEIVED, "The day it was received")]
    found.append((WAVE, "The wave, such as a term or a group reported alone"))
    found += code_targets(survey)
    for question in survey.questions:
        if not question.takes_answer:
            continue
        name = f"{numbers[question.code]}. {question.text}"
        found.append((question.code, name))
        if isinstance(question, OneOf) and any(option.specify for option in question.options):
            found.append((f"{question.code}{OTHER}", f"{name} (the words for “please specify”)"))
        found += _targets_within(question, name)
    return found


def _targets_within(question: AnyQuestion, name: str) -> list[tuple[str, str]]:
    """Return what a column may stand for within a question: one option or one part of it."""
    parts = [
        (f"{question.code}{PART}{part}", f"{name} → only “{label}”")
        for part, label in parts_of(question).items()
    ]
    if not isinstance(question, Several | Ranking):
        return parts
    what = "the place of" if isinstance(question, Ranking) else "only"
    return parts + [
        (f"{question.code}{OPTION}{option.code}", f"{name} → {what} “{option.label}”")
        for option in question.options
    ]


def guess(survey: Survey, columns: Sequence[str]) -> Mapping:
    """Return what the headers seem to stand for; each question is guessed once."""
    taken: set[str] = set()
    targets = []
    for column in columns:
        target = _guess_one(survey, column)
        targets.append("" if target in taken else target)
        taken.add(target)
    return Mapping(tuple(targets))


def check(survey: Survey, columns: Sequence[str], mapping: Mapping) -> None:
    """Make sure that a mapping can be used on these columns.

    Raises:
        ColumnsRefusedError: if it stands for other columns, for something that is not there or for
            the same thing twice, or answers no question.
    """
    known = {target for target, _ in targets_of(survey)}
    if len(mapping.targets) != len(columns) or not set(mapping.targets) <= known:
        raise ColumnsRefusedError("Choose again what each column stands for")
    used = Counter(target for target in mapping.targets if target)
    for target, times in used.items():
        if times > 1:
            twice = [
                each for each, one in zip(columns, mapping.targets, strict=True) if one == target
            ]
            names = " and ".join(f"“{name}”" for name in twice[:2])
            raise ColumnsRefusedError(
                f"{names} cannot both stand for the same thing: leave one of them out"
            )
        code = question_of(target)
        if len({_way(each) for each in used if question_of(each) == code} - {OTHER}) > 1:
            raise ColumnsRefusedError(
                f"Question {code} has columns that say the same in two ways, such as one for the "
                "whole answer and others for parts of it: keep one way"
            )
    if not any(question_of(target) for target in used):
        raise ColumnsRefusedError("No column answers a question: choose at least one")


def _way(target: str) -> str:
    """Return in which way a column answers its question: whole, by options, by parts, in words."""
    if target.endswith(OTHER):
        return OTHER
    return next((mark for mark in (OPTION, PART) if mark in target), "")


def repeated_header(columns: Sequence[str]) -> str | None:
    """Return a header that stands over two columns, or None."""
    counts = Counter(column.strip().casefold() for column in columns if column.strip())
    return next((one for one in columns if counts[one.strip().casefold()] > 1), None)


def required_without_column(survey: Survey, mapping: Mapping) -> list[OneOf]:
    """Return the required questions with options that no column answers."""
    columns = {question_of(target) for target in mapping.targets}
    return [
        question
        for question in survey.questions
        if question.required
        and question.code not in columns
        and isinstance(question, OneOf)
        and not isinstance(question, Ranking)
    ]


def find_unknown(survey: Survey, table: Table, mapping: Mapping) -> list[Unknown]:
    """Return the names that are no option of their question, the most used first."""
    counts: Counter[tuple[str, str]] = Counter()
    for place, target in enumerate(mapping.targets):
        question = survey.question(question_of(target))
        if question is None or _way(target) not in {"", PART} or isinstance(question, Pair):
            continue
        aliases = mapping.aliases.get(question.code, {})
        for row in table.rows:
            cell = row.cells[place]
            is_part = _way(target) == PART
            found = (
                unknown_choices(question, [cell], aliases)
                if is_part
                else unknown_names(question, cell, aliases)
            )
            for name in found:
                counts[question.code, name] += 1
    return [Unknown(code, name, rows) for (code, name), rows in counts.most_common(MOST_NAMES)]


def _guess_one(survey: Survey, column: str) -> str:
    header = plain(column)
    if header in _RECEIVED_HEADERS and survey.question(header) is None:
        return RECEIVED
    if header == "wave":
        return WAVE
    if code := guess_code(survey, column):
        return code
    within = _guess_within(survey, column)
    if within:
        return within
    question = _find_question(survey, column)
    return question.code if question is not None else ""


def _guess_within(survey: Survey, column: str) -> str:
    """Return the part or the option that a header names after its question; "" if it names none."""
    found = _BRACKETED.match(column) or _PARTED.match(column)
    question = _find_question(survey, found[1]) if found is not None else None
    if found is None or question is None:
        return ""
    part, option = part_named(question, found[2]), option_named(question, found[2])
    if part is not None:
        return f"{question.code}{PART}{part}"
    if isinstance(question, Several | Ranking) and option is not None:
        return f"{question.code}{OPTION}{option.code}"
    if isinstance(question, OneOf) and plain(found[2]) == "other":
        return f"{question.code}{OTHER}"
    return ""


def _find_question(survey: Survey, column: str) -> AnyQuestion | None:
    """Return the question that a header names: by code, by text, by number, or almost by text."""
    header = plain(column)
    texts = {plain(question.text): question for question in survey.questions}
    by_code = {question.code: question for question in survey.questions}
    exact = by_code.get(header.replace(" ", "_")) or texts.get(header)
    if exact is not None or not header:
        return exact
    numbered = _NUMBERED.match(header)
    if numbered is not None:
        numbers = {number.casefold(): code for code, number in numbers_on_paper(survey).items()}
        rest = numbered[2]
        if rest in texts:
            return texts[rest]
        if not rest and numbered[1] in numbers:
            return by_code[numbers[numbered[1]]]
    alike = max(texts, default="", key=lambda text: SequenceMatcher(None, header, text).ratio())
    is_alike = SequenceMatcher(None, header, alike).ratio() >= MOST_ALIKE
    return texts[alike] if is_alike else None
