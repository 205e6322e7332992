"""When a question is asked, as data: no code and no eval.

A question that nobody answered matches only `answered: false` and `not`.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

if TYPE_CHECKING:
    from surveys.answers import Answer


class _Condition(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Is(_Condition):
    """True when exactly this option was chosen, alone."""

    question: str
    is_: str = Field(alias="is")


class Includes(_Condition):
    """True when this option is among those chosen."""

    question: str
    includes: str


class Answered(_Condition):
    """True when the question was answered (`answered: true`), or was skipped or never asked."""

    question: str
    answered: bool


class AllOf(_Condition):
    """True when every condition in the list is."""

    all: tuple["Condition", ...] = Field(min_length=1)


class AnyOf(_Condition):
    """True when at least one condition in the list is."""

    any: tuple["Condition", ...] = Field(min_length=1)


class NotThis(_Condition):
    """True when the condition is not."""

    not_: "Condition" = Field(alias="not")


_KEY_OF: Mapping[type, str] = {
    AllOf: "all",
    AnyOf: "any",
    NotThis: "not",
    Is: "is",
    Includes: "includes",
    Answered: "answered",
}
_KEYS = tuple(_KEY_OF.values())


def _kind_of(raw: Any) -> str | None:
    if isinstance(raw, Mapping):
        return next((key for key in _KEYS if key in raw), None)
    return _KEY_OF.get(type(raw))


Condition = Annotated[
    Annotated[Is, Tag("is")]
    | Annotated[Includes, Tag("includes")]
    | Annotated[Answered, Tag("answered")]
    | Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[NotThis, Tag("not")],
    Discriminator(
        _kind_of,
        custom_error_type="condition",
        custom_error_message=f"a condition needs one of the keys {', '.join(_KEYS)}",
    ),
]

for _model in (AllOf, AnyOf, NotThis):
    _model.model_rebuild()


def is_met(condition: Condition, answers: Mapping[str, "Answer"]) -> bool:
    """Return whether `condition` holds for what has been answered so far."""
    match condition:
        case Is(question=code, is_=value):
            return code in answers and answers[code].values == (value,)
        case Includes(question=code, includes=value):
            return code in answers and value in answers[code].values
        case Answered(question=code, answered=wanted):
            return (code in answers and not answers[code].is_skipped) is wanted
        case AllOf(all=conditions):
            return all(is_met(each, answers) for each in conditions)
        case AnyOf(any=conditions):
            return any(is_met(each, answers) for each in conditions)
        case NotThis(not_=inner):
            return not is_met(inner, answers)


def mentioned(condition: Condition | None) -> Iterator[tuple[str, str | None]]:
    """Give each (question code, option code or None) that `condition` looks at."""
    match condition:
        case None:
            return
        case Is(question=code, is_=value) | Includes(question=code, includes=value):
            yield code, value
        case Answered(question=code):
            yield code, None
        case AllOf(all=conditions) | AnyOf(any=conditions):
            for each in conditions:
                yield from mentioned(each)
        case NotThis(not_=inner):
            yield from mentioned(inner)
