"""What changed between two wordings of a survey, and which figures may be set side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from surveys.engine import Survey
from surveys.questions import AnyQuestion, OneOf, Option

# What changes neither what people are asked nor what they may answer.
_PASSING = frozenset({"code", "section", "printed_number", "printed_note", "options"})
_IN_WORDS = {
    "ask_if": "is asked of other people",
    "hint": "has another hint",
    "intro": "has another lead-in",
    "kind": "is answered in another way",
    "on_screen": "has other words on a screen",
    "text": "is worded differently",
}


class Standing(StrEnum):
    """How the answers to a question before and after may be read together."""

    COMPARABLE = "comparable"  # asked alike: the figures may be joined
    CHANGED = "changed"  # joined only with a flag
    ADDED = "added"  # only after
    REMOVED = "removed"  # only before


@dataclass(frozen=True, slots=True)
class Difference:
    """One question before and after; None where it is not asked. `changes` are plain words."""

    standing: Standing
    before: AnyQuestion | None
    after: AnyQuestion | None
    changes: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The code by which the question goes now, or went when it is gone."""
        asked = self.after or self.before
        return asked.code if asked is not None else ""

    @property
    def text(self) -> str:
        """The question as it is worded now, or was worded when it is gone."""
        asked = self.after or self.before
        return asked.text if asked is not None else ""


def compare_surveys(before: Survey, after: Survey) -> tuple[Difference, ...]:
    """Return every question of both, in the order of `after`, then those that are gone.

    Questions are the same when their codes are, or when code by code nothing fits and the same
    words ask in the same way.
    """
    twins = _twins(before, after)
    found = [_difference(twins.get(each.code), each) for each in after.questions]
    met = {each.code for each in twins.values()}
    gone = (each for each in before.questions if each.code not in met)
    return (*found, *(Difference(Standing.REMOVED, each, None) for each in gone))


def has_changes(differences: tuple[Difference, ...]) -> bool:
    """Return whether anything at all that people meet is different."""
    return any(each.standing is not Standing.COMPARABLE for each in differences)


def _twins(before: Survey, after: Survey) -> dict[str, AnyQuestion]:
    """Return the question of `before` by the code of its like in `after`."""
    twins = {
        each.code: same
        for each in after.questions
        if (same := before.question(each.code)) is not None
    }
    left = {_plain(each): each for each in before.questions if after.question(each.code) is None}
    for each in after.questions:
        if each.code not in twins and (same := left.pop(_plain(each), None)) is not None:
            twins[each.code] = same
    return twins


def _plain(question: AnyQuestion) -> tuple[str, str]:
    return question.kind, " ".join(question.text.casefold().split())


def _difference(before: AnyQuestion | None, after: AnyQuestion) -> Difference:
    if before is None:
        return Difference(Standing.ADDED, None, after)
    changes = (*_changed_fields(before, after), *_changed_options(before, after))
    standing = Standing.CHANGED if changes else Standing.COMPARABLE
    return Difference(standing, before, after, changes)


def _changed_fields(before: AnyQuestion, after: AnyQuestion) -> Iterator[str]:
    old, new = before.model_dump(by_alias=True), after.model_dump(by_alias=True)
    for name in sorted(old.keys() | new.keys()):
        if name in _PASSING or _alike(old.get(name), new.get(name)):
            continue
        if name == "required":
            yield "must be answered now" if after.required else "may be skipped now"
        elif name in _IN_WORDS:
            yield _IN_WORDS[name]
        elif before.kind == after.kind:
            yield f"{name.replace('_', ' ')} was {_said(old.get(name))}, is {_said(new.get(name))}"


def _alike(old: object, new: object) -> bool:
    """Return whether two values say the same; spaces between words say nothing."""
    if isinstance(old, str) and isinstance(new, str):
        return old.split() == new.split()
    return old == new


def _said(value: object) -> str:
    return "not set" if value is None or value == "" else f"“{value}”"


def _changed_options(before: AnyQuestion, after: AnyQuestion) -> Iterator[str]:
    if not (isinstance(before, OneOf) and isinstance(after, OneOf)):
        return
    for option in after.options:
        was = before.option(option.code)
        if was is None:
            yield f"offers “{option.label}” too"
        elif not _alike(was.label, option.label):
            yield f"“{was.label}” is now “{option.label}”"
        elif _goes(was) != _goes(option):
            yield f"“{option.label}” is chosen in another way"
    gone = (each for each in before.options if after.option(each.code) is None)
    yield from (f"no longer offers “{option.label}”" for option in gone)
    kept = [each.code for each in before.options if after.option(each.code)]
    if kept != [each.code for each in after.options if before.option(each.code)]:
        yield "has its options in another order"


def _goes(option: Option) -> tuple[bool, bool]:
    return option.exclusive, option.specify
