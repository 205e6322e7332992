"""When a question is asked, as data: no code and no eval.

A question that nobody answered matches only `answered: false`, `skipped: false` and `not`.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    field_validator,
    model_validator,
)

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


class Skipped(_Condition):
    """True when the question was asked and left out (`skipped: true`), or when it was not."""

    question: str
    skipped: bool


class Compares(_Condition):
    """True when a number, a date or a time lies within every bound that is given.

    A date is compared as it is kept, such as "2009-04-03", and a time such as "15:30".
    """

    question: str
    at_least: int | str | None = None
    at_most: int | str | None = None
    more_than: int | str | None = None
    less_than: int | str | None = None
    equals: int | str | None = None

    @property
    def bounds(self) -> dict[str, int | str]:
        """Return each bound that is given, by its key."""
        given = {key: getattr(self, key) for key in COMPARISONS}
        return {key: bound for key, bound in given.items() if bound is not None}

    @property
    def worth_trying(self) -> set[str]:
        """Return answers on either side of every bound, for whoever tries the ways through."""
        bounds = self.bounds.values()
        numbers = {
            str(bound + step) for bound in bounds if isinstance(bound, int) for step in _BESIDE
        }
        return numbers | {
            end for bound in bounds if isinstance(bound, str) for end in (bound, "0", "~")
        }

    @field_validator("at_least", "at_most", "more_than", "less_than", "equals", mode="before")
    @classmethod
    def _is_number_or_text(cls, bound: Any) -> Any:
        """Take what YAML reads as a date; yes and no are neither numbers nor words."""
        if isinstance(bound, bool):
            raise ValueError("compares with a number, a date or a time, never with true or false")
        return str(bound) if isinstance(bound, date) else bound

    @model_validator(mode="after")
    def _has_a_bound(self) -> Self:
        if not self.bounds:
            raise ValueError(f"compares with nothing; give one of {', '.join(COMPARISONS)}")
        return self


_BESIDE = (-1, 0, 1)
COMPARISONS = ("at_least", "at_most", "more_than", "less_than", "equals")
SETTINGS = ("variant", "capacity", "channel")


class OnSetting(_Condition):
    """True for whom answers in this variant, in this capacity or through this channel.

    A list means any of these; of several keys all must hold. It looks at no answer, so it is
    settled once for each respondent (`surveys.settling`), and holds for everybody until then.
    """

    variant: tuple[str, ...] = ()
    capacity: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()

    @property
    def wanted(self) -> dict[str, tuple[str, ...]]:
        """Return the values that will do, by each key that is given."""
        given = {key: getattr(self, key) for key in SETTINGS}
        return {key: values for key, values in given.items() if values}

    @field_validator("variant", "capacity", "channel", mode="before")
    @classmethod
    def _one_or_several(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) and value else value

    @model_validator(mode="after")
    def _wants_something(self) -> Self:
        if not self.wanted:
            raise ValueError(f"names nothing; give one of {', '.join(SETTINGS)} a value")
        return self


class AllOf(_Condition):
    """True when every condition in the list is."""

    all: tuple["Condition", ...] = Field(min_length=1)


class AnyOf(_Condition):
    """True when at least one condition in the list is."""

    any: tuple["Condition", ...] = Field(min_length=1)


class NotThis(_Condition):
    """True when the condition is not."""

    not_: "Condition" = Field(alias="not")


_KEYS_OF: Mapping[type, tuple[str, ...]] = {
    AllOf: ("all",),
    AnyOf: ("any",),
    NotThis: ("not",),
    Is: ("is",),
    Includes: ("includes",),
    Answered: ("answered",),
    Skipped: ("skipped",),
    Compares: COMPARISONS,
    OnSetting: SETTINGS,
}
_KEYS = tuple(key for keys in _KEYS_OF.values() for key in keys)


def _kind_of(raw: Any) -> str | None:
    if not isinstance(raw, Mapping):
        return _KEYS_OF.get(type(raw), (None,))[0]
    return next((keys[0] for keys in _KEYS_OF.values() if any(key in raw for key in keys)), None)


Condition = Annotated[
    Annotated[Is, Tag("is")]
    | Annotated[Includes, Tag("includes")]
    | Annotated[Answered, Tag("answered")]
    | Annotated[Skipped, Tag("skipped")]
    | Annotated[Compares, Tag("at_least")]
    | Annotated[OnSetting, Tag("variant")]
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
        case OnSetting():
            return True
        case AllOf(all=conditions):
            return all(is_met(each, answers) for each in conditions)
        case AnyOf(any=conditions):
            return any(is_met(each, answers) for each in conditions)
        case NotThis(not_=inner):
            return not is_met(inner, answers)
        case _:
            return _is_said(condition, answers.get(condition.question))


def _is_said(
    condition: Is | Includes | Answered | Skipped | Compares, answer: "Answer | None"
) -> bool:
    match condition:
        case Is(is_=value):
            return answer is not None and answer.values == (value,)
        case Includes(includes=value):
            return answer is not None and value in answer.values
        case Answered(answered=wanted):
            return (answer is not None and not answer.is_skipped) is wanted
        case Skipped(skipped=wanted):
            return (answer is not None and answer.is_skipped) is wanted
        case Compares(bounds=bounds):
            said = answer.text if answer is not None else ""
            return bool(said) and all(_fits(said, key, bound) for key, bound in bounds.items())


def _fits(said: str, key: str, bound: int | str) -> bool:
    """Return whether an answer lies on the right side of a bound; words lie on neither."""
    if isinstance(bound, str):
        order = (said > bound) - (said < bound)
    elif said.removeprefix("-").isascii() and said.removeprefix("-").isdigit():
        order = (int(said) > bound) - (int(said) < bound)
    else:
        return False
    return order in _ORDERS_THAT_FIT[key]


_ORDERS_THAT_FIT = {
    "at_least": (0, 1),
    "at_most": (-1, 0),
    "more_than": (1,),
    "less_than": (-1,),
    "equals": (0,),
}


def mentioned(condition: Condition | None) -> Iterator[tuple[str, str | None]]:
    """Give each (question code, option code or None) that `condition` looks at."""
    match condition:
        case Is(question=code, is_=value) | Includes(question=code, includes=value):
            yield code, value
        case Answered(question=code) | Skipped(question=code) | Compares(question=code):
            yield code, None
        case _:
            for each in parts_of(condition):
                yield from mentioned(each)


def parts_of(condition: Condition | None) -> tuple[Condition, ...]:
    """Return the conditions that `condition` joins or turns round; none for a simple one."""
    match condition:
        case AllOf(all=conditions) | AnyOf(any=conditions):
            return conditions
        case NotThis(not_=inner):
            return (inner,)
        case _:
            return ()


def simple_parts(condition: Condition | None) -> Iterator[Condition]:
    """Give every condition in `condition` that joins no others."""
    if condition is not None and not parts_of(condition):
        yield condition
    for each in parts_of(condition):
        yield from simple_parts(each)
