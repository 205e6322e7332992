"""What an author fills in for each kind of question, read off the models themselves.

A kind that is added to `surveys/questions.py` shows up here by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from surveys.drafting.words import HINTS, KIND_HINTS, KIND_NAMES, LONG, VALUES, label_of
from surveys.engine import Survey
from surveys.question import Question
from surveys.questions import AnyQuestion


class Widget(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    TEXT = "text"
    TICK = "tick"
    NUMBER = "number"
    SELECT = "select"
    LINES = "lines"  # several short texts, one on each line
    ROWS = "rows"  # several parts of the same make, such as options
    GROUP = "group"  # one part with fields of its own
    ROUTE = "route"  # when a question is asked
    BY_HAND = "by_hand"  # anything else, as YAML


@dataclass(frozen=True, slots=True)
class FormField:
    """One thing to fill in. `parts` are the fields of a row or of a group."""

    name: str
    label: str
    hint: str
    widget: Widget
    is_needed: bool
    default: Any = None
    choices: tuple[tuple[str, str], ...] = ()
    parts: tuple["FormField", ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question as an author chooses it."""

    name: str
    label: str
    hint: str
    model: type[Question]

    @property
    def own_fields(self) -> tuple[FormField, ...]:
        """What this kind has and others have not, such as its options."""
        return tuple(each for each in self.fields if each.name not in Question.model_fields)

    @property
    def fields(self) -> tuple[FormField, ...]:
        """Everything that may be filled in for it."""
        return tuple(each for each in fields_of(self.model) if each.name != "kind")


@cache
def kinds() -> Mapping[str, Kind]:
    """Return every kind of question by its name, in the order in which they are offered."""
    found = {}
    for model in get_args(get_args(AnyQuestion)[0]):
        for name in get_args(model.model_fields["kind"].annotation):
            promise = (model.__doc__ or "").split("\n\n")[0]
            label = KIND_NAMES.get(name, _in_words(name))
            hint = KIND_HINTS.get(name, " ".join(promise.split()))
            found[name] = Kind(name, label, hint, model)
    order = {name: place for place, name in enumerate(KIND_NAMES)}
    return dict(sorted(found.items(), key=lambda pair: order.get(pair[0], len(order))))


def heading_fields() -> tuple[FormField, ...]:
    """Return what may be filled in about a survey as a whole."""
    return tuple(each for each in fields_of(Survey) if each.name != "questions")


@cache
def fields_of(model: type[BaseModel]) -> tuple[FormField, ...]:
    """Return the fields of a part of a survey file, in the order of its model."""
    return tuple(_field(field.alias or name, field) for name, field in model.model_fields.items())


def _field(name: str, field: FieldInfo) -> FormField:
    kind = _without_none(field.annotation)
    widget, choices, parts = _shape(name, kind)
    return FormField(
        name=name,
        label=label_of(name),
        hint=HINTS.get(name, ""),
        widget=widget,
        is_needed=field.is_required(),
        default=None if field.is_required() else field.get_default(call_default_factory=True),
        choices=choices,
        parts=parts,
    )


_Shape = tuple[Widget, tuple[tuple[str, str], ...], tuple[FormField, ...]]
_PLAIN = {bool: Widget.TICK, int: Widget.NUMBER}


def _shape(name: str, kind: Any) -> _Shape:
    """Return how a value of this type is filled in, its choices and its parts."""
    if name == "ask_if":
        return Widget.ROUTE, (), ()
    if kind is str:
        return (Widget.TEXT if name in LONG else Widget.LINE), (), ()
    if kind in _PLAIN:
        return _PLAIN[kind], (), ()
    if offered := _values_of(kind):
        return Widget.SELECT, offered, ()
    if _is_part(kind):
        return Widget.GROUP, (), fields_of(kind)
    return _shape_of_many(kind)


def _shape_of_many(kind: Any) -> _Shape:
    inner = get_args(kind)[0] if get_origin(kind) in {tuple, list} and get_args(kind) else None
    if inner is str:
        return Widget.LINES, (), ()
    if _is_part(inner):
        return Widget.ROWS, (), fields_of(inner)
    return Widget.BY_HAND, (), ()


def _is_part(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _values_of(kind: Any) -> tuple[tuple[str, str], ...]:
    """Return (value, words) for a type with a fixed list of values; empty for any other."""
    values: tuple[Any, ...] = ()
    if get_origin(kind) is Literal:
        values = get_args(kind)
    elif isinstance(kind, type) and issubclass(kind, StrEnum):
        values = tuple(each.value for each in kind)
    if not all(isinstance(each, str) for each in values):
        return ()
    return tuple((value, VALUES.get(value, _in_words(value))) for value in values)


def _without_none(kind: Any) -> Any:
    """Return the type of what is filled in, where nothing may stand as well."""
    if get_origin(kind) not in {Union, UnionType}:
        return kind
    left = [each for each in get_args(kind) if each is not NoneType]
    return left[0] if len(left) == 1 else kind


def _in_words(name: str) -> str:
    return name.replace("_", " ").strip().capitalize()
